"""What the mission is about, retold in Korean: every fact is found, and nothing else."""

from datetime import UTC, datetime
from functools import cache

import pytest

from monitor.model import Hit
from monitor.resources import shipped
from monitor.rules.compile import RuleSet, compile_pack
from monitor.rules.load import load
from monitor.rules.match import match
from monitor.text.tokens import read
from tests.builders import an_article

FACTS = {
    "북한과 러시아가 평양 회담 뒤 경제협력 협정에 서명했다.": {
        "economic-agreement PRK RUS asserted",
        "diplomatic-visit RUS PRK asserted",
    },
    "알렉산드르 코즐로프 러시아 천연자원부 장관이 이끄는 대표단이 평양에 도착했다.": {
        "diplomatic-visit RUS PRK asserted"
    },
    "북한과 러시아는 전세기 운항을 늘리기로 합의했다.": {"transport-link PRK RUS asserted"},
    "푸틴, 평양 중앙동물원에 사자·곰 등 동물 70여 마리 선물": {"gift RUS PRK asserted"},
    "국정원은 북한군 약 1만1천명이 러시아 쿠르스크로 이동했다고 국회에 보고했다.": {"troop-transfer PRK RUS alleged"},
    "북한이 러시아에 포탄과 미사일을 공급했다.": {"arms-supply PRK RUS asserted"},
    "러시아가 파병 대가로 북한에 연간 3억2천만 달러에서 13억 달러를 지급하는 것으로 추정된다.": {
        "payment RUS PRK alleged"
    },
    "북한은 러시아에 석탄을 수출하고 있다.": {"illicit-trade PRK RUS asserted"},
    "북한은 러시아에 핵기술 이전을 요구하고 있다.": {
        "technology-transfer RUS PRK hypothetical",
        "military-cooperation PRK RUS hypothetical",
    },
    "북한은 한국을 핵무기로 위협했다.": {"threat PRK KOR asserted"},
    "김정은은 러시아 파병을 인정하지 않았다.": {"acknowledgement PRK RUS denied", "troop-transfer PRK RUS alleged"},
}


@cache
def ruleset() -> RuleSet:
    """The shipped pack."""
    folder = shipped("rules")
    files = [path for path in folder.rglob("*.toml") if path.is_file()]
    pack, problems = load({str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in files})
    assert [problem.in_full() for problem in problems] == []
    return compile_pack(pack)


def hits(*, title: str = "", text: str = "") -> list[Hit]:
    published = datetime(2024, 11, 21, 3, tzinfo=UTC)
    return match(
        ruleset(), read(an_article(title=title, text=text, lang="ko", published=published), ruleset().languages)
    )


def told(found: list[Hit]) -> set[str]:
    return {f"{hit.event} {hit.source} {hit.target} {hit.status}" for hit in found}


@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_is_found_by_itself(fact: str) -> None:
    assert told(hits(text=fact)) == FACTS[fact]


@pytest.mark.parametrize("fact", FACTS)
def test_a_title_alone_is_enough(fact: str) -> None:
    assert told(hits(title=fact.removesuffix("."))) == FACTS[fact]


def test_all_of_them_are_found_in_one_article_and_nothing_else() -> None:
    found = told(
        hits(title="북러 밀착, 어디까지 왔나", text=" ".join(one if one.endswith(".") else f"{one}." for one in FACTS))
    )

    assert found == set().union(*FACTS.values())
