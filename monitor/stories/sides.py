"""Who stands behind a story: how many voices are independent of the parties and each other, and which sides speak."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.model import ActorCode, Corroboration, Outlet, Outlets, Report, Said, Story
from monitor.text.fingerprint import are_copies

_FIRST, _NEWEST = 20, 40
"""Beyond this many reports nobody asks whether a story has enough voices."""


def corroboration(story: Story, outlets: Outlets) -> Corroboration:
    """Count the voices of a story and name its sides.

    Reports of one outlet, copies of one text, and reports that all refer to one agency are one voice. A voice is
    independent where none of its outlets speaks for a party: state media of a party repeat what their state says.
    O(reports²) in the worst case, a comparison of two small sets each, so of many the first and the newest count.
    """
    reports = (
        story.reports
        if len(story.reports) <= _FIRST + _NEWEST
        else (*story.reports[:_FIRST], *story.reports[-_NEWEST:])
    )
    voices = _voices(reports, outlets)
    saying = sorted({one.side for one in story.said if _says_so(one)})
    denying = sorted({one.side for one in story.said if one.status == "denied" and one.side})
    return Corroboration(
        voices=len(voices),
        independent=sum(1 for voice in voices if not any(_is_of_party(report, story, outlets) for report in voice)),
        saying=tuple(map(ActorCode, saying)),
        denying=tuple(map(ActorCode, denying)),
        silent=tuple(sorted(story.parties - {*saying, *denying})),
    )


def outlet_of(report: Report, outlets: Outlets) -> Outlet | None:
    """Who published it: by the outlet's name, else by the domain of the article's address."""
    known = outlets.by_name.get(" ".join(report.outlet.split()).casefold())
    if known is not None or not outlets.by_domain:
        return known
    try:
        host = urlsplit(report.url).hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((outlets.by_domain[domain] for domain in domains if domain in outlets.by_domain), None)


def _says_so(said: Said) -> bool:
    return bool(said.side) and said.status not in ("denied", "historical")


def _is_of_party(report: Report, story: Story, outlets: Outlets) -> bool:
    known = outlet_of(report, outlets)
    return known is not None and known.state is not None and known.state in story.parties


def _voices(reports: Sequence[Report], outlets: Outlets) -> list[list[Report]]:
    """The reports in groups of one voice each."""
    groups: list[list[Report]] = []
    for report in reports:
        mine = [group for group in groups if any(_is_one_voice(report, other, outlets) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([report, *(other for group in mine for other in group)])
    return groups


def _is_one_voice(one: Report, other: Report, outlets: Outlets) -> bool:
    if _name(one, outlets) == _name(other, outlets):
        return True
    return bool({*one.hit.agencies} & {*other.hit.agencies}) or are_copies(one.fingerprint, other.fingerprint)


def _name(report: Report, outlets: Outlets) -> str:
    known = outlet_of(report, outlets)
    return known.code if known is not None else " ".join(report.outlet.split()).casefold()
