"""Which language a text is in."""

import tomllib
from pathlib import Path

import pytest

from monitor.text.language import language_of, tag_of


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("North Korea sends troops", "", "en"),
        ("North Korea sends troops", "ko", "en"),
        ("Corée du Nord", "fr-FR", "fr"),
        ("북한이 파병했다", "en", "ko"),
        ("Россия и КНДР", "", "ru"),
        ("Росія і КНДР", "", "uk"),
        ("Росія та КНДР", "uk", "uk"),
        ("Россия отправила эшелон", "uk", "ru"),
        ("Росія відправила ешелон", "ru", "uk"),
        ("Лавров прибув до Пекіна", "ru", "uk"),
        ("Путин прибыл в Пекин", "", "ru"),
        ("Лавров отправился в Пекин", "", "ru"),
        ("Путин от Москва", "bg", "bg"),
        ("Русия и Китай подписаха споразумение за търговия със зърно", "", "bg"),
        ("Беларусь і Расія падпісалі пагадненне аб супрацоўніцтве", "", "be"),
        ("Русија и Кина потписале су споразум", "", "sr"),
        ("Қазақстан мен Ресей келісімге қол қойды", "ru", "kk"),
        ("北朝鮮がロシアに派兵", "", "ja"),
        ("朝鲜向俄罗斯派兵", "", "zh"),
        ("日米首脳会談", "ja", "ja"),
        ("Kim meets 김정은 of KCNA news agency in a long English title of several words", "en", "en"),
        ("", "", "en"),
    ],
)
def test_script_decides_and_the_feed_says_the_rest(text: str, said: str, expected: str) -> None:
    assert language_of(text, said) == expected


TABLE = Path(__file__).parents[2] / "tables" / "languages.toml"
ROWS = [row for part in tomllib.loads(TABLE.read_text(encoding="utf-8")).values() for row in part]


@pytest.mark.parametrize(("text", "said", "expected"), ROWS)
def test_small_words_tell_languages_apart_and_a_stranger_is_taken_for_none_that_rules_read(
    text: str, said: str, expected: str
) -> None:
    assert language_of(text, said) == expected


@pytest.mark.parametrize(
    ("said", "code"),
    [("en-US", "en"), ("KO_kr", "ko"), ("jpn", "ja"), ("kr", "ko"), ("english", ""), ("", ""), ("-", "")],
)
def test_tags_of_feeds_are_read(said: str, code: str) -> None:
    assert tag_of(said) == code
