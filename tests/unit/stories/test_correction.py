"""What merging and splitting make of stories."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import ActorCode, ArticleId, Occurrence, Severity, Status, Story
from monitor.stories.correction import Part, merged, rebuilt, split_name
from monitor.stories.place import place
from tests.builders import a_hit, an_article, an_occurrence, codes, minutes, parties

PAIRS = st.sampled_from([("PRK", "RUS"), ("PRK", None), (None, "RUS")])


@st.composite
def reports(draw: st.DrawFn) -> list[Occurrence]:
    """Reports of one event, of which the first may open a story of both parties."""
    found = []
    for number in range(draw(st.integers(2, 6))):
        source, target = draw(PAIRS) if number else ("PRK", "RUS")
        article = an_article(f"a{number}", published=an_article().published + minutes(number))
        statuses: st.SearchStrategy[Status] = st.sampled_from(["asserted", "alleged", "denied"])
        severities: st.SearchStrategy[Severity] = st.sampled_from(["low", "high", "critical"])
        hit = a_hit(
            article=article.id,
            source=ActorCode(source) if source else None,
            target=ActorCode(target) if target else None,
            status=draw(statuses) if number else "asserted",
            severity=draw(severities),
            attribution=draw(st.sampled_from([(), codes("RUS"), codes("KOR")])),
        )
        found.append(an_occurrence(article, [hit]))
    return found


def parts_of(story: Story, found: Sequence[Occurrence]) -> list[Part]:
    by_article = {one.article.id: one for one in found}
    return [Part(report=report, occurrences=(by_article[report.article],)) for report in story.reports]


@given(found=reports(), chosen=st.integers(1, 62))
def test_merging_what_was_split_gives_it_back(found: list[Occurrence], chosen: int) -> None:
    changes, _ = place(found, [], events={}, fates={})
    whole = changes[0].after
    for change in changes:
        whole = change.after if change.after.id == whole.id else whole
    parts = parts_of(whole, found)
    gone = [part for number, part in enumerate(parts) if chosen >> number & 1]
    stay = [part for part in parts if part not in gone]
    if not gone or not stay:
        return
    left = rebuilt(whole.id, stay)
    away = rebuilt(split_name(whole, [part.report.article for part in gone]), gone)

    assert left.id != away.id
    assert {report.article for story in (left, away) for report in story.reports} == {
        report.article for report in whole.reports
    }
    assert merged(left, away, parts) == whole


def test_a_story_made_anew_is_the_story() -> None:
    found = [an_occurrence(an_article("a1")), an_occurrence(an_article("a2"), [a_hit(article=ArticleId("a2"))])]
    changes, _ = place(found, [], events={}, fates={})

    story = changes[-1].after

    assert rebuilt(story.id, parts_of(story, found)) == story


def test_parties_that_a_person_alone_brought_together_are_parties_of_both() -> None:
    one = an_occurrence(an_article("a1"), [a_hit(article=ArticleId("a1"), source=ActorCode("PRK"))])
    two = an_occurrence(an_article("a2"), [a_hit(article=ArticleId("a2"), source=ActorCode("CHN"))])
    mine, theirs = (place([each], [], events={}, fates={})[0][0].after for each in (one, two))

    story = merged(mine, theirs, [*parts_of(mine, [one]), *parts_of(theirs, [two])])

    assert story.parties == parties("PRK CHN RUS")
    assert story.id == mine.id
