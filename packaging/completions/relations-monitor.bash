# bash completion for relations-monitor; made by `relations-monitor completion bash`
_relations_monitor_words() {
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$current")
}
_relations_monitor_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
}
_relations_monitor_value() {
  case "$place $1" in
    ' --config') _relations_monitor_files ;;
    ' --color') _relations_monitor_words 'auto always never' ;;
    '/run --config') _relations_monitor_files ;;
    '/run --color') _relations_monitor_words 'auto always never' ;;
    '/once --config') _relations_monitor_files ;;
    '/once --color') _relations_monitor_words 'auto always never' ;;
    '/demo --keep') _relations_monitor_files ;;
    '/demo --config') _relations_monitor_files ;;
    '/demo --color') _relations_monitor_words 'auto always never' ;;
    '/status --config') _relations_monitor_files ;;
    '/status --color') _relations_monitor_words 'auto always never' ;;
    '/alerts --config') _relations_monitor_files ;;
    '/alerts --color') _relations_monitor_words 'auto always never' ;;
    '/alerts/list --since') _relations_monitor_words '' ;;
    '/alerts/list --until') _relations_monitor_words '' ;;
    '/alerts/list --severity') _relations_monitor_words 'info low medium high critical' ;;
    '/alerts/list --rule') _relations_monitor_words '' ;;
    '/alerts/list --event') _relations_monitor_words '' ;;
    '/alerts/list --actor') _relations_monitor_words '' ;;
    '/alerts/list --status') _relations_monitor_words 'asserted alleged denied hypothetical historical' ;;
    '/alerts/list --story') _relations_monitor_words '' ;;
    '/alerts/list --channel') _relations_monitor_words '' ;;
    '/alerts/list --state') _relations_monitor_words 'waiting leased accepted dead' ;;
    '/alerts/list --limit') _relations_monitor_words '' ;;
    '/alerts/list --config') _relations_monitor_files ;;
    '/alerts/list --color') _relations_monitor_words 'auto always never' ;;
    '/alerts/show --config') _relations_monitor_files ;;
    '/alerts/show --color') _relations_monitor_words 'auto always never' ;;
    '/alerts/publish --into') _relations_monitor_files ;;
    '/alerts/publish --config') _relations_monitor_files ;;
    '/alerts/publish --color') _relations_monitor_words 'auto always never' ;;
    '/alerts/resend --channel') _relations_monitor_words '' ;;
    '/alerts/resend --config') _relations_monitor_files ;;
    '/alerts/resend --color') _relations_monitor_words 'auto always never' ;;
    '/hits --config') _relations_monitor_files ;;
    '/hits --color') _relations_monitor_words 'auto always never' ;;
    '/hits/list --since') _relations_monitor_words '' ;;
    '/hits/list --until') _relations_monitor_words '' ;;
    '/hits/list --severity') _relations_monitor_words 'info low medium high critical' ;;
    '/hits/list --rule') _relations_monitor_words '' ;;
    '/hits/list --event') _relations_monitor_words '' ;;
    '/hits/list --actor') _relations_monitor_words '' ;;
    '/hits/list --status') _relations_monitor_words 'asserted alleged denied hypothetical historical' ;;
    '/hits/list --story') _relations_monitor_words '' ;;
    '/hits/list --channel') _relations_monitor_words '' ;;
    '/hits/list --limit') _relations_monitor_words '' ;;
    '/hits/list --config') _relations_monitor_files ;;
    '/hits/list --color') _relations_monitor_words 'auto always never' ;;
    '/hits/show --rule') _relations_monitor_words '' ;;
    '/hits/show --config') _relations_monitor_files ;;
    '/hits/show --color') _relations_monitor_words 'auto always never' ;;
    '/hits/export --since') _relations_monitor_words '' ;;
    '/hits/export --until') _relations_monitor_words '' ;;
    '/hits/export --severity') _relations_monitor_words 'info low medium high critical' ;;
    '/hits/export --rule') _relations_monitor_words '' ;;
    '/hits/export --event') _relations_monitor_words '' ;;
    '/hits/export --actor') _relations_monitor_words '' ;;
    '/hits/export --status') _relations_monitor_words 'asserted alleged denied hypothetical historical' ;;
    '/hits/export --story') _relations_monitor_words '' ;;
    '/hits/export --channel') _relations_monitor_words '' ;;
    '/hits/export --format') _relations_monitor_words 'csv jsonl' ;;
    '/hits/export --output') _relations_monitor_files ;;
    '/hits/export --limit') _relations_monitor_words '' ;;
    '/hits/export --config') _relations_monitor_files ;;
    '/hits/export --color') _relations_monitor_words 'auto always never' ;;
    '/scan --rules') _relations_monitor_files ;;
    '/scan --in') _relations_monitor_words 'jsonl text feed html' ;;
    '/scan --format') _relations_monitor_words 'jsonl text' ;;
    '/scan --config') _relations_monitor_files ;;
    '/scan --color') _relations_monitor_words 'auto always never' ;;
    '/rules --config') _relations_monitor_files ;;
    '/rules --color') _relations_monitor_words 'auto always never' ;;
    '/rules/explain --text') _relations_monitor_words '' ;;
    '/rules/explain --title') _relations_monitor_words '' ;;
    '/rules/explain --lang') _relations_monitor_words '' ;;
    '/rules/explain --published') _relations_monitor_words '' ;;
    '/rules/explain --rules') _relations_monitor_files ;;
    '/rules/explain --in') _relations_monitor_words 'jsonl text feed html' ;;
    '/rules/explain --config') _relations_monitor_files ;;
    '/rules/explain --color') _relations_monitor_words 'auto always never' ;;
    '/rules/new --event') _relations_monitor_words '' ;;
    '/rules/new --source') _relations_monitor_words '' ;;
    '/rules/new --target') _relations_monitor_words '' ;;
    '/rules/new --act') _relations_monitor_words '' ;;
    '/rules/new --object') _relations_monitor_words '' ;;
    '/rules/new --id') _relations_monitor_words '' ;;
    '/rules/new --title') _relations_monitor_words '' ;;
    '/rules/new --severity') _relations_monitor_words 'info low medium high critical' ;;
    '/rules/new --file') _relations_monitor_files ;;
    '/rules/new --rules') _relations_monitor_files ;;
    '/rules/new --config') _relations_monitor_files ;;
    '/rules/new --color') _relations_monitor_words 'auto always never' ;;
    '/rules/docs --config') _relations_monitor_files ;;
    '/rules/docs --color') _relations_monitor_words 'auto always never' ;;
    '/rules/schema --into') _relations_monitor_files ;;
    '/rules/schema --config') _relations_monitor_files ;;
    '/rules/schema --color') _relations_monitor_words 'auto always never' ;;
    '/rules/check --config') _relations_monitor_files ;;
    '/rules/check --color') _relations_monitor_words 'auto always never' ;;
    '/rules/list --config') _relations_monitor_files ;;
    '/rules/list --color') _relations_monitor_words 'auto always never' ;;
    '/rules/forms --lang') _relations_monitor_words '' ;;
    '/rules/forms --config') _relations_monitor_files ;;
    '/rules/forms --color') _relations_monitor_words 'auto always never' ;;
    '/completion --into') _relations_monitor_files ;;
    '/completion --config') _relations_monitor_files ;;
    '/completion --color') _relations_monitor_words 'auto always never' ;;
    '/feeds --config') _relations_monitor_files ;;
    '/feeds --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/test --zone') _relations_monitor_words '' ;;
    '/feeds/test --country') _relations_monitor_words '' ;;
    '/feeds/test --lang') _relations_monitor_words '' ;;
    '/feeds/test --limit') _relations_monitor_words '' ;;
    '/feeds/test --config') _relations_monitor_files ;;
    '/feeds/test --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/list --config') _relations_monitor_files ;;
    '/feeds/list --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/add --id') _relations_monitor_words '' ;;
    '/feeds/add --title') _relations_monitor_words '' ;;
    '/feeds/add --outlet') _relations_monitor_words '' ;;
    '/feeds/add --lang') _relations_monitor_words '' ;;
    '/feeds/add --zone') _relations_monitor_words '' ;;
    '/feeds/add --country') _relations_monitor_words '' ;;
    '/feeds/add --every') _relations_monitor_words '' ;;
    '/feeds/add --tag') _relations_monitor_words '' ;;
    '/feeds/add --config') _relations_monitor_files ;;
    '/feeds/add --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/pause --until') _relations_monitor_words '' ;;
    '/feeds/pause --config') _relations_monitor_files ;;
    '/feeds/pause --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/resume --config') _relations_monitor_files ;;
    '/feeds/resume --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/import --config') _relations_monitor_files ;;
    '/feeds/import --color') _relations_monitor_words 'auto always never' ;;
    '/feeds/export --config') _relations_monitor_files ;;
    '/feeds/export --color') _relations_monitor_words 'auto always never' ;;
    '/db --config') _relations_monitor_files ;;
    '/db --color') _relations_monitor_words 'auto always never' ;;
    '/db/current --config') _relations_monitor_files ;;
    '/db/current --color') _relations_monitor_words 'auto always never' ;;
    '/db/upgrade --config') _relations_monitor_files ;;
    '/db/upgrade --color') _relations_monitor_words 'auto always never' ;;
    '/db/backup --config') _relations_monitor_files ;;
    '/db/backup --color') _relations_monitor_words 'auto always never' ;;
    '/notify --config') _relations_monitor_files ;;
    '/notify --color') _relations_monitor_words 'auto always never' ;;
    '/notify/down --unit') _relations_monitor_words '' ;;
    '/notify/down --config') _relations_monitor_files ;;
    '/notify/down --color') _relations_monitor_words 'auto always never' ;;
    '/health --poll-within') _relations_monitor_words '' ;;
    '/health --waiting-within') _relations_monitor_words '' ;;
    '/health --config') _relations_monitor_files ;;
    '/health --color') _relations_monitor_words 'auto always never' ;;
    '/config --config') _relations_monitor_files ;;
    '/config --color') _relations_monitor_words 'auto always never' ;;
    '/config/check --config') _relations_monitor_files ;;
    '/config/check --color') _relations_monitor_words 'auto always never' ;;
    '/config/show --config') _relations_monitor_files ;;
    '/config/show --color') _relations_monitor_words 'auto always never' ;;
    '/config/path --config') _relations_monitor_files ;;
    '/config/path --color') _relations_monitor_words 'auto always never' ;;
    '/config/schema --config') _relations_monitor_files ;;
    '/config/schema --color') _relations_monitor_words 'auto always never' ;;
    *) return 1 ;;
  esac
}
_relations_monitor() {
  local current=${COMP_WORDS[COMP_CWORD]} place= word before=
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if COMPREPLY=() && ! _relations_monitor_value "$before"; then
      case "$place $word" in
        ' run') place='/run' ;;
        ' once') place='/once' ;;
        ' demo') place='/demo' ;;
        ' status') place='/status' ;;
        ' alerts') place='/alerts' ;;
        ' hits') place='/hits' ;;
        ' scan') place='/scan' ;;
        ' rules') place='/rules' ;;
        ' completion') place='/completion' ;;
        ' feeds') place='/feeds' ;;
        ' db') place='/db' ;;
        ' notify') place='/notify' ;;
        ' health') place='/health' ;;
        ' config') place='/config' ;;
        '/alerts list') place='/alerts/list' ;;
        '/alerts show') place='/alerts/show' ;;
        '/alerts publish') place='/alerts/publish' ;;
        '/alerts resend') place='/alerts/resend' ;;
        '/hits list') place='/hits/list' ;;
        '/hits show') place='/hits/show' ;;
        '/hits export') place='/hits/export' ;;
        '/rules explain') place='/rules/explain' ;;
        '/rules new') place='/rules/new' ;;
        '/rules docs') place='/rules/docs' ;;
        '/rules schema') place='/rules/schema' ;;
        '/rules check') place='/rules/check' ;;
        '/rules list') place='/rules/list' ;;
        '/rules forms') place='/rules/forms' ;;
        '/feeds test') place='/feeds/test' ;;
        '/feeds list') place='/feeds/list' ;;
        '/feeds add') place='/feeds/add' ;;
        '/feeds pause') place='/feeds/pause' ;;
        '/feeds resume') place='/feeds/resume' ;;
        '/feeds import') place='/feeds/import' ;;
        '/feeds export') place='/feeds/export' ;;
        '/db current') place='/db/current' ;;
        '/db upgrade') place='/db/upgrade' ;;
        '/db backup') place='/db/backup' ;;
        '/notify down') place='/notify/down' ;;
        '/config check') place='/config/check' ;;
        '/config show') place='/config/show' ;;
        '/config path') place='/config/path' ;;
        '/config schema') place='/config/schema' ;;
      esac
    fi
    before=$word
  done
  COMPREPLY=()
  _relations_monitor_value "$before" && return
  case "$place" in
    '') _relations_monitor_words 'run once demo status alerts hits scan rules completion feeds db notify health config --config --color --version -h --help' ;;
    '/run') _relations_monitor_words '--config --color -h --help' ;;
    '/once') _relations_monitor_words '--now --json --config --color -h --help' ;;
    '/demo') _relations_monitor_words '--json --keep --config --color -h --help' ;;
    '/status') _relations_monitor_words '--json --config --color -h --help' ;;
    '/alerts') _relations_monitor_words 'list show publish resend --config --color -h --help' ;;
    '/alerts/list') _relations_monitor_words '--since --until --severity --rule --event --actor --status --story --channel --state --limit --json --config --color -h --help' ;;
    '/alerts/show') _relations_monitor_words '--json --config --color -h --help' ;;
    '/alerts/publish') _relations_monitor_words '--into --config --color -h --help' ;;
    '/alerts/resend') _relations_monitor_words '--channel --dry-run --json --config --color -h --help' ;;
    '/hits') _relations_monitor_words 'list show export --config --color -h --help' ;;
    '/hits/list') _relations_monitor_words '--since --until --severity --rule --event --actor --status --story --channel --withdrawn --limit --json --config --color -h --help' ;;
    '/hits/show') _relations_monitor_words '--rule --json --config --color -h --help' ;;
    '/hits/export') _relations_monitor_words '--since --until --severity --rule --event --actor --status --story --channel --format --output --bom --withdrawn --limit --config --color -h --help' ;;
    '/scan') _relations_monitor_words '--rules --in --format --explain --stories --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/rules') _relations_monitor_words 'explain new docs schema check list forms --config --color -h --help' ;;
    '/rules/explain') _relations_monitor_words '--text --title --lang --published --rules --in --tests --json --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/rules/new') _relations_monitor_words '--event --source --target --act --object --id --title --severity --file --rules --config --color -h --help' ;;
    '/rules/docs') _relations_monitor_words '--config --color -h --help' ;;
    '/rules/schema') _relations_monitor_words '--into --config --color -h --help' ;;
    '/rules/check') _relations_monitor_words '--json --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/rules/list') _relations_monitor_words '--json --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/rules/forms') _relations_monitor_words '--lang --config --color -h --help' ;;
    '/completion') _relations_monitor_words 'bash zsh fish --into --config --color -h --help' ;;
    '/feeds') _relations_monitor_words 'test list add pause resume import export --config --color -h --help' ;;
    '/feeds/test') _relations_monitor_words '--zone --country --lang --limit --json --config --color -h --help' ;;
    '/feeds/list') _relations_monitor_words '--json --config --color -h --help' ;;
    '/feeds/add') _relations_monitor_words '--id --title --outlet --lang --zone --country --every --tag --dry-run --config --color -h --help' ;;
    '/feeds/pause') _relations_monitor_words '--until --config --color -h --help' ;;
    '/feeds/resume') _relations_monitor_words '--config --color -h --help' ;;
    '/feeds/import') _relations_monitor_words '--dry-run --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/feeds/export') _relations_monitor_words '--with-secrets --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/db') _relations_monitor_words 'current upgrade backup --config --color -h --help' ;;
    '/db/current') _relations_monitor_words '--json --config --color -h --help' ;;
    '/db/upgrade') _relations_monitor_words '--json --config --color -h --help' ;;
    '/db/backup') _relations_monitor_words '--json --config --color -h --help'; [[ $current == -* ]] || _relations_monitor_files ;;
    '/notify') _relations_monitor_words 'down --config --color -h --help' ;;
    '/notify/down') _relations_monitor_words '--unit --config --color -h --help' ;;
    '/health') _relations_monitor_words '--poll-within --waiting-within --config --color -h --help' ;;
    '/config') _relations_monitor_words 'check show path schema --config --color -h --help' ;;
    '/config/check') _relations_monitor_words '--json --config --color -h --help' ;;
    '/config/show') _relations_monitor_words '--origin --json --config --color -h --help' ;;
    '/config/path') _relations_monitor_words '--json --config --color -h --help' ;;
    '/config/schema') _relations_monitor_words '--config --color -h --help' ;;
  esac
}
complete -F _relations_monitor relations-monitor
