"""What CLDR calls the states, beside what `rules/actors/*.toml` calls them. Run by hand: `make states`.

Without options: every name that CLDR has in English and the files lack, and every territory that no actor stands for.
`--seed` prints a table for each of these, to be completed by hand (adjectives, people, capitals are not in CLDR).
`--write ru,ko` writes CLDR's names in these languages into the tables that have none in them yet.

Source: Unicode CLDR by way of Babel (the `data` group of pyproject.toml), which is no part of the program.
"""

import argparse
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale
from babel.core import get_global

ACTORS = Path(__file__).parents[1] / "rules" / "actors"
NO_STATES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Codes of CLDR that ISO 3166 reserves or does not have: islands apart, unions, test locales."""
CODES = {"CD": "COD", "DE": "DEU", "FR": "FRA", "MM": "MMR", "TL": "TLS", "XK": "XKX", "YE": "YEM"}
"""Where CLDR's aliases give an old code as well (Zaire), or none that sanctions data use (Kosovo)."""
SCRIPTS = {"zh": ("zh", "zh_Hant")}
"""The locales of a language that news writes in more than one script."""
_LISTED = re.compile(r"^names\.en = \[(?:[^\]\"]|\"[^\"]*\")*\].*$", re.MULTILINE)


def alpha3_of() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by alpha-2, of every territory that CLDR names."""
    found: dict[str, str] = {}
    for alias, territories in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(territories) == 1:
            found.setdefault(territories[0], alias)
    return found | CODES


def names_in(lang: str) -> dict[str, str]:
    """CLDR's name of each territory in a language, by alpha-3 code."""
    codes = alpha3_of()
    return {
        codes[short]: name
        for short, name in Locale.parse(lang).territories.items()
        if len(short) == 2 and short.isalpha() and short not in NO_STATES and short in codes
    }


def spellings(name: str) -> Iterator[str]:
    """The ways in which news writes a CLDR name: without a remark, "and" for "&", "Saint" for "St."."""
    plain = re.sub(r"\s*[((（].*?[))）]|\s+SAR China$", "", name).replace("’", "'").strip()
    yield plain.replace(" & ", " and ").replace("St. ", "Saint ")
    if "St. " in plain:
        yield plain.replace(" & ", " and ")


def known_states() -> dict[str, dict[str, list[str]]]:
    """The names of each state by its code and language, full, weak and excluded ones alike."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(ACTORS.glob("*.toml")):
        tables: Mapping[str, dict[str, object]] = tomllib.loads(path.read_text(encoding="utf-8")).get("actors", {})
        for table in tables.values():
            if table.get("kind") == "state":
                by_language = found.setdefault(str(table["code"]), {})
                for key in ("names", "weak", "not"):
                    given = table.get(key)
                    for lang, names in given.items() if isinstance(given, dict) else ():
                        by_language.setdefault(lang, []).extend(names)
    return found


def comparable(name: str) -> str:
    """A name without marks, case and accents."""
    plain = unicodedata.normalize("NFD", name.strip("=!~").casefold())
    return " ".join(re.findall(r"\w+", "".join(one for one in plain if not unicodedata.combining(one))))


def report(*, is_seed: bool) -> bool:
    """Print what is missing; whether the states that are there have all their names. A territory may do without."""
    known = known_states()
    is_complete = True
    for code, name in sorted(names_in("en").items(), key=lambda pair: pair[1]):
        written = list(spellings(name))
        if code in known:
            own = {comparable(one) for one in known[code].get("en", ())}
            missing = [one for one in written if comparable(one) not in own]
            if missing and not is_seed:
                is_complete = False
                print(f"{code}: CLDR has {', '.join(missing)}")
        else:
            print(table_of(code, written) if is_seed else f"{code}: no actor for {written[0]}")
    for code in sorted(known.keys() - names_in("en").keys()):
        is_complete = False
        print(f"{code}: CLDR has no such code")
    return is_complete


def table_of(code: str, names: list[str]) -> str:
    """A table to begin with."""
    listed = ", ".join(f'"{name}"' for name in names)
    id_ = comparable(names[0]).replace(" ", "-")
    return f'[actors.{id_}]\ncode = "{code}"\nkind = "state"\nnames.en = [{listed}]\n'


def write(langs: list[str]) -> None:
    """Put CLDR's names in these languages behind the English ones of every state that has none in them."""
    names = {lang: [names_in(locale) for locale in SCRIPTS.get(lang, (lang,))] for lang in langs}
    for path in sorted(ACTORS.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        tables = re.split(r"(?m)^(?=\[)", text)
        written = "".join(_with_names(table, names) for table in tables)
        if written != text:
            path.write_text(written, encoding="utf-8")
            print(f"{path.name}: written")


def _with_names(table: str, names: Mapping[str, list[dict[str, str]]]) -> str:
    code = re.search(r'^code = "([A-Z]{3})"\nkind = "state"$', table, re.MULTILINE)
    english = _LISTED.search(table)
    if code is None or english is None:
        return table
    further = ""
    for lang, by_script in names.items():
        written = dict.fromkeys(next(spellings(one[code[1]])) for one in by_script if code[1] in one)
        if written and f"\nnames.{lang} = " not in table:
            listed = ", ".join(f'"{name}"' for name in written)
            further += f"\nnames.{lang} = [{listed}]"
    return table[: english.end()] + further + table[english.end() :]


def main() -> int:
    """0 where every state has the name that CLDR gives it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", action="store_true", help="print a table for each territory without an actor")
    parser.add_argument("--write", metavar="LANGUAGES", default="", help="codes with commas, as in ru,ko")
    given = parser.parse_args()
    if given.write:
        write(given.write.split(","))
        return 0
    return 0 if report(is_seed=given.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
