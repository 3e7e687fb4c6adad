"""config.example.toml works as it stands and explains every key in the schema's own words."""

import re
from pathlib import Path

import pytest

from monitor.config import config_of
from monitor.config.schema import SECTIONS, Key, Section
from monitor.resources import shipped

TEXT = shipped("config.example.toml").read_text()
KEYS = [pytest.param(section, key, id=f"{section.name}.{key.name}") for section in SECTIONS for key in section.keys]


def block(section: Section) -> str:
    """The part of the example that explains a section: from its first header to the next one."""
    begins = TEXT.index(f"\n{section.header}\n") + len(section.header) + 2
    return re.split(r"\n(?:# )?\[", TEXT[begins:])[0]


def comments_above(text: str, line: str) -> str:
    """The comment over a line, joined to one."""
    above = text[: re.search(line, text, re.MULTILINE).start()].rstrip("\n").splitlines()  # type: ignore[union-attr] # found, or the test fails here
    found: list[str] = []
    for comment in reversed(above):
        if not comment.startswith("# "):
            break
        found.insert(0, comment.removeprefix("# "))
    return " ".join(found)


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_key_is_explained_in_the_words_of_the_schema(section: Section, key: Key[object]) -> None:
    assert comments_above(block(section), rf"^(?:# )?{key.name} = ") == key.sentence


@pytest.mark.parametrize("section", [pytest.param(section, id=section.name) for section in SECTIONS])
def test_every_section_is_explained_in_the_words_of_the_schema(section: Section) -> None:
    assert comments_above(TEXT, rf"^{re.escape(section.header)}$") == section.sentence


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_a_setting_of_the_example_is_the_default(section: Section, key: Key[object]) -> None:
    written = re.search(rf"^{key.name} = (.*)$", block(section), re.MULTILINE)

    assert section.is_array or written is None or written[1] == key.default


def test_the_example_works_as_it_stands() -> None:
    config = config_of(TEXT, "config.example.toml", beside=Path("/"), environ={"HOME": "/home/ann"})

    assert len(config.feeds) >= 25
    assert {feed.lang for feed in config.feeds} == {"en", "ru", "ko", "zh", "ja", "uk", "fr"}
    assert [channel.kind for channel in config.channels] == ["console"]


def test_the_example_works_with_every_comment_made_a_setting(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    text = re.sub(r"^# (\[\[|\w+ = )", r"\1", TEXT, flags=re.MULTILINE)

    config = config_of(text, "config.example.toml", beside=tmp_path, environ={})

    assert config.rules.dir == tmp_path / "rules"
    assert [channel.kind for channel in config.channels] == ["console", "mail"]
    assert [route.name for route in config.routes] == ["everything", "urgent"]


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_sentence_is_one(section: Section, key: Key[object]) -> None:
    assert re.fullmatch(r"[A-Z].*[^.]\.", key.sentence)
    assert section.sentence.endswith(".")
