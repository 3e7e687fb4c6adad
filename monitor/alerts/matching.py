"""Whether a story is what a route or a silence means, and why."""

from collections.abc import Iterable, Iterator

from monitor.model import SEVERITIES, Corroboration, Matcher, Story


def reasons(wanted: Matcher, story: Story, found: Corroboration, *, called: str = "") -> list[str] | None:
    """Why the story fits, in words; None where it does not.

    A name in the story's `notify` counts as a tag; `called` is one that stands for all tags (a route's own name).
    """
    told = list(_judged(wanted, story, found, called))
    return [words for _, words in told] if all(fits for fits, _ in told) else None


def misfit(wanted: Matcher, story: Story, found: Corroboration, *, called: str = "") -> str:
    """Why the story does not fit, in words; nothing where it does."""
    return "; ".join(words for fits, words in _judged(wanted, story, found, called) if not fits)


def _judged(wanted: Matcher, story: Story, found: Corroboration, called: str) -> Iterator[tuple[bool, str]]:
    """Each thing that is asked for: whether the story has it, and that in words."""
    is_severe = SEVERITIES.index(story.severity) >= SEVERITIES.index(wanted.severity)
    yield is_severe, f"{story.severity} is {'at least' if is_severe else 'below'} {wanted.severity}"
    for noun, names, theirs in (
        ("event", wanted.events, {story.event}),
        ("party", wanted.parties, story.parties),
        ("language", wanted.languages, {report.lang for report in story.reports}),
        ("rule", wanted.rules, {report.hit.rule for report in story.reports}),
    ):
        if names:
            yield _shared(noun, names, theirs)
    for count, least, what in (
        (found.sides, wanted.sides, "sides say so"),
        (found.independent, wanted.independent, "independent"),
    ):
        if least:
            yield count >= least, f"{count} {what}" if count >= least else f"{count} {what}, {least} are asked for"
    fits, words = _shared("tag", wanted.tags, story.tags | story.notify)
    if called and called in story.notify and (not wanted.tags or not fits):
        yield True, "its rule names the route"
    elif wanted.tags:
        yield fits, words


def _shared(noun: str, names: Iterable[str], theirs: Iterable[str]) -> tuple[bool, str]:
    common = sorted(frozenset(map(str, names)) & frozenset(map(str, theirs)))
    if common:
        return True, f"{noun} {', '.join(common)}"
    mine = ", ".join(sorted(theirs)) or "none"
    return False, f"{noun} {mine} is not {' or '.join(sorted(names))}"
