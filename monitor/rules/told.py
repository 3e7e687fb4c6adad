"""What the hits of an article show of it: the stretches of text that satisfied them, and what is counted there."""

from collections.abc import Iterator

from monitor.model import Evidence, Field, Quantity, Reading
from monitor.rules.collector import Finding
from monitor.rules.quantities import belonging
from monitor.rules.sentence import Span

_About = tuple[int, Span, Span, Span | None, int | None, int | None, int | None]


class Told:
    """Evidence and quantities of the findings of one article; those of one act with the same parties are the same."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._evidence: dict[_About, Evidence] = {}
        self._quantities: dict[tuple[int, Span, Span | None], list[Quantity]] = {}

    def evidence(self, finding: Finding) -> Evidence:
        """The stretch in the article's own field, with its sentence and the matched words for the reader."""
        core, roles = finding.core, finding.assignment
        about = (
            finding.scene.index, finding.span, core.act, core.object, roles.source, roles.target, roles.location,
        )  # fmt: skip
        known = self._evidence.get(about)
        if known is None:
            known = self._evidence[about] = _evidence(self.reading, finding)
        return known

    def quantities(self, finding: Finding) -> list[Quantity]:
        """The numbers, money and dates of its sentence that belong to a finding."""
        scene, span, obj = finding.scene, finding.span, finding.core.object
        about = (scene.index, span, obj)
        known = self._quantities.get(about)
        if known is None:
            known = belonging(scene.counted, scene.sentence, span, obj, scene.article.language.counting)
            self._quantities[about] = known
        return known


def _evidence(reading: Reading, finding: Finding) -> Evidence:
    """The stretch in the article's own field, with its sentence and the matched words for the reader."""
    scene = finding.scene
    offset, name = (0, "title") if scene.is_title else (reading.text_start, "text")
    if not reading.has_title:
        offset = 0
    start, end = scene.characters(*finding.span)
    low, high = reading.sentences[scene.index]
    where: Field = "title" if name == "title" else "text"
    return Evidence(
        field=where,
        start=start - offset,
        end=end - offset,
        text=reading.whole[start:end],
        context=reading.whole[low:high],
        marks=tuple((first - low, last - low) for first, last in _marked(finding)),
    )


def _marked(finding: Finding) -> Iterator[Span]:
    """The characters of the words that decided, ascending and apart."""
    mentions, core = finding.scene.sentence.mentions, finding.core
    spans = [core.act, *([core.object] if core.object else [])]
    spans += [
        (mentions[index].first, mentions[index].last)
        for index in (finding.assignment.source, finding.assignment.target, finding.assignment.location)
        if index is not None
    ]
    position = -1
    for first, last in sorted(set(spans)):
        if max(first, position) < last:
            yield finding.scene.characters(max(first, position), last)
            position = last
