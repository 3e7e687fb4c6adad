"""Sentences and words, as offsets into an article."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from monitor.model import Article, Language, Languages, Reading
from monitor.text.fold import fold

# The end of a sentence: a full stop of the scripts we read with what closes a quotation behind it. The narrow marks
# need white space, the wide ones none. A run is tried from its first mark alone, and once: else one
# without white space behind it costs the square of its length.
_ENDS = ".!?…。！？｡\n"
_END = re.compile(
    "[.!?…。！？｡\\n](?:(?<=[.!?…])(?<![.!?…]{2})[.!?…]*+[\"'”’»)\\]]*+(?=\\s)|(?<=[。！？｡])[。！？｡]*[」』”’）)]*|(?<=\\n)\\n*)"
)
# Which bytes, and which characters of the first plane, may end a sentence: looked up all at once, which costs a
# quarter of a search by the expression.
_IS_END_BYTE = bytes(chr(code) in _ENDS and code < 128 for code in range(256))
_IS_END = np.array([chr(code) in _ENDS for code in range(0x10000)], dtype=np.bool_)
_CLOSING = frozenset(".!?…:;。！？")
_WIDE = "。！？｡"
_RUNS_ON = re.compile(r"と|って|など|[^\W\d_]{1,10}(?:说|說|表示|称|稱|指出|强调|強調)[。，,]")
_RUNNING = frozenset(".!?…")
_THIN = (" ", "\u00a0", "\u202f")
"""What stands before a closing guillemet in French."""
_OPENING = "\"'“‘«([「『"
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'«]+$")
_STARTERS = frozenset({
    "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "But", "And", "This", "That", "These", "Those",
    "His", "Her", "Its", "Their", "There", "When", "While", "After", "Before", "If", "As", "For", "However",
    "Some", "Such", "Both",
})  # fmt: skip
# A word: letters and digits with what joins them inside (apostrophes, the points of 3,000 and U.S.; a comma joins
# digits alone).
# Hyphens part words.
_WORD = re.compile(r"[^\W_]+(?:(?:['’.&·]|(?<=\d),(?=\d))[^\W_]+)*", re.UNICODE)
# what stands apart in languages that elide: l'envoi, d'armes, qu'il, jusqu'en; aujourd'hui is one word
_ELIDED = re.compile(r"(?:[ldnsjmtc]|(?:[a-z]{0,6})?qu)['’](?=[^\W_])", re.IGNORECASE)
_ELIDING = frozenset({"fr"})
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


_AGENCIES = "ロイター|共同|時事|AFP|AP|CNN|新华社|新華社|路透|中新社|中央社"
_DATELINE = re.compile(
    r"\([^()=\n]{1,60}=[^()=\n]{1,20}\)(?:[^=\n]{1,90}[^=\s]\s?=(?=\s))?"
    rf"|[\[【［][^\]】］\n]{{0,24}}(?:{_AGENCIES}|支局|特派員)[^\]】］\n]{{0,16}}[\]】］]\s*[-－―]?"
    r"|[（(]?(?:新华社|新華社|中新社|中央社|中新网|路透社|法新社)[^，。\n]{2,24}?日?(?:电|電|讯|訊)[）)]?"
    r"(?:\s?[（(]?记者[^，。\n）)]{2,12}[）)]?)?"
)
"""(서울=연합뉴스) 홍길동 기자 = at the head of a report; [ソウル 12日 ロイター] -, 新华社平壤11月21日电."""

SENTENCE_LIMIT = 1_500
"""Characters of the longest sentence; a longer one is a table or a list and is cut at white space."""


def read(article: Article, languages: Languages) -> Reading:
    """Read an article: its sentences with their places, its letters made comparable.

    The title is the first sentence, if there is one; one longer than any sentence is cut as they are. O(length).
    """
    has_title = bool(article.title.strip())
    whole = f"{article.title}\n\n{article.text}" if has_title else article.text
    text_start = len(whole) - len(article.text)
    folded = fold(whole)
    sentences, paragraphs = _sentences(whole, text_start, languages.of(article.lang))
    if has_title:
        length = len(article.title)
        cuts = [0, *_cuts(whole, 0, length), length]
        title = [piece for piece in (_trimmed(whole, *span) for span in pairwise(cuts)) if piece[0] < piece[1]]
        sentences[:0] = title
        paragraphs[:0] = [0] * len(title)
    return Reading(
        article=article,
        lang=article.lang,
        whole=whole,
        text_start=text_start,
        folded=folded.data,
        origins=folded.origins,
        sentences=tuple(sentences),
        paragraphs=tuple(paragraphs),
    )


def _sentences(whole: str, start: int, language: Language) -> tuple[list[tuple[int, int]], list[int]]:
    """The sentences of the text from `start` on, and the number of the paragraph of each, from 1."""
    sentences: list[tuple[int, int]] = []
    paragraphs: list[int] = []
    tails = _tails(language.abbreviations)
    paragraph, begin = 1, start
    dateline = _DATELINE.match(whole, start)
    if dateline:  # where and by whom it was written is no part of the first sentence
        sentences.append(dateline.span())
        paragraphs.append(paragraph)
        start = begin = dateline.end()

    def close(end: int) -> None:
        if (
            end - begin <= SENTENCE_LIMIT
            and begin < end
            and not whole[begin].isspace()
            and not whole[end - 1].isspace()
        ):
            sentences.append((begin, end))
            paragraphs.append(paragraph)
            return
        for first, last in pairwise([begin, *_cuts(whole, begin, end), end]):
            stretch = _trimmed(whole, first, last)
            if stretch[0] < stretch[1]:
                sentences.append(stretch)
                paragraphs.append(paragraph)

    end = start
    for at in _possible_ends(whole, start):
        if at < end:
            continue  # a mark behind a mark
        mark, behind = whole[at], whole[at + 1 : at + 2]
        if behind in _THIN and whole[at + 2 : at + 3] == "»" and mark in _RUNNING:  # « Non. » as the French close it
            if not whole[at + 3 : at + 4].isspace():
                continue
            end = at + 3
        elif mark == "." and behind in (" ", "\n") and whole[at - 1] not in _RUNNING:
            end = at + 1
        elif match := _END.match(whole, at):
            end = match.end()
            behind = whole[end : end + 1]
        else:
            continue
        if mark == "\n":
            if end - at == 1 and behind.islower() and whole[at - 1 : at] not in _CLOSING:
                continue  # a line that was only wrapped
            close(at)
            begin, paragraph = end, paragraph + 1
        elif mark in _WIDE and end - at > 1 and _RUNS_ON.match(whole, end):
            continue  # 「…。」と述べた: what is quoted ends, the sentence goes on
        elif behind != "\n" and (_is_plain_end(whole, at, end, tails) or _is_end(whole, at, end, language)):
            close(end)
            begin = end + (behind == " ")
        # else the line ends there, and the sentence with it
    close(len(whole))
    return sentences, paragraphs


def _is_plain_end(whole: str, at: int, end: int, tails: frozenset[str]) -> bool:
    """Whether a sentence ends as nearly all do: a whole word that is no abbreviation, the stop, a space, a capital."""
    tail = whole[at - 3 : at]
    return "A" <= whole[end + 1 : end + 2] <= "Z" and whole[end] == " " and tail.isalpha() and tail.lower() not in tails


def _possible_ends(whole: str, start: int) -> list[int]:
    """Where from `start` on a character stands that may end a sentence."""
    if whole.isascii():
        places = np.flatnonzero(np.frombuffer(whole.encode().translate(_IS_END_BYTE), dtype=np.bool_)[start:])
    else:
        codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)[start:]
        places = np.flatnonzero(_IS_END[np.minimum(codes, 0xFFFF)])
    ends: list[int] = (places + start).tolist()
    return ends


@lru_cache(maxsize=64)
def _tails(abbreviations: frozenset[str]) -> frozenset[str]:
    """The last three letters of every abbreviation that has so many: a word that ends otherwise is none."""
    return frozenset(abbreviation[-3:] for abbreviation in abbreviations)


def _cuts(whole: str, begin: int, end: int) -> Iterator[int]:
    """Where a stretch that is longer than any sentence is cut."""
    while end - begin > SENTENCE_LIMIT:
        cut = whole.rfind(" ", begin + 1, begin + SENTENCE_LIMIT)
        begin = cut if cut > begin else begin + SENTENCE_LIMIT
        yield begin


def _is_end(whole: str, at: int, end: int, language: Language) -> bool:
    """Whether a full stop ends its sentence: not after an abbreviation or an initial, nor before a small letter."""
    following = whole[end : end + 40].lstrip()
    if not following:
        return True
    first = following.lstrip(_OPENING)[:1] or following[0]
    if first.islower():
        return False
    if whole[at] != ".":
        return True
    before = _LAST_WORD.search(whole, max(at - 40, 0), at)
    if before is None:
        return True
    word = before.group()
    is_initial = len(word) == 1 and word.isalpha() and word.isupper()
    is_dotted = "." in word
    if is_initial or is_dotted or word.casefold() in language.abbreviations:
        next_word = re.match(r"[A-Za-z]+", following)
        return is_dotted and next_word is not None and next_word.group() in _STARTERS
    return True


def _trimmed(whole: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends."""
    while start < end and whole[start].isspace():
        start += 1
    while end > start and whole[end - 1].isspace():
        end -= 1
    return start, end


def words_in(whole: str, start: int, end: int, lang: str = "") -> list[tuple[int, int]]:
    """The words of a stretch as (start, end) in characters; Chinese and Japanese letters count as a word each.

    In a language that elides, "l'envoi" is two words, the first of them with its apostrophe.
    """
    if lang in _ELIDING:
        return [span for match in _WORD.finditer(whole, start, end) for span in _elided(match)]
    if whole.isascii():
        return [match.span() for match in _WORD.finditer(whole, start, end)]
    words = []
    for match in _WORD.finditer(whole, start, end):
        if match.group().isascii() or not _CJK.search(match.group()):
            words.append(match.span())
        else:
            words.extend(_parted(match))
    return words


def _elided(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    begin, end = match.span()
    while (found := _ELIDED.match(match.string, begin, end)) is not None:
        yield found.span()
        begin = found.end()
    yield begin, end


def _parted(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A run of letters in which each Chinese or Japanese one stands alone and the others together."""
    begin = match.start()
    for offset, letter in enumerate(match.group(), match.start()):
        if _CJK.match(letter):
            if begin < offset:
                yield begin, offset
            yield offset, offset + 1
            begin = offset + 1
        elif begin == offset and not letter.isalnum():
            begin += 1  # what joined it to the letter before
    if begin < match.end():
        yield begin, match.end()
