"""How many, how much, when: numbers, money and dates in a sentence, and which of them belong to a hit.

What is no quantity: years, times of day, ages, designations (T-90, Resolution 1718), durations, the number words of
"the two countries". A word for many ("hundreds") is a vague quantity: its bounds are those of the word.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from monitor.model import Counting, Language, Quantity
from monitor.rules.days import counts_something, day_at, is_year
from monitor.rules.glued_numbers import glued_at
from monitor.rules.han_numbers import counts_in_han, han_at, han_day_at
from monitor.rules.line import Line
from monitor.rules.nouns import noun_at, rate_at, unit_at
from monitor.rules.numerals import CODES, SIGNS, Numeral, numeral_at
from monitor.rules.sentence import Sentence, Span

BARE_LIMIT = 12
"""Words between the stretch of a finding and a number without a noun that counts its object."""
NEAR_LIMIT = 2
"""Words between the stretch of a finding that names no object and a sum of money that belongs to it."""
NUMBERS_LIMIT = 40
"""Numbers looked at in one sentence, from the left: news has a few, a table or a text made to hurt has hundreds."""
_HYPHENS = "-‐‑"
_DASHED = ("-", "‐", "‑", "–")
_ROUGHLY = "~≈∼>＞"
_ARROWS = _ROUGHLY + "".join(SIGNS)
_BARE = 100
"""From here on a number with no noun behind it may count the object ("sent soldiers, 3,000 in October")."""


class Counted(NamedTuple):
    """A quantity in its sentence: the words it takes, with what it counts.

    With no unit it counts what the hit is about; `is_bare` says that nothing but its size speaks for that.
    """

    first: int
    last: int
    quantity: Quantity
    is_bare: bool = False


def quantities_in(line: Line, language: Language, published: date) -> tuple[Counted, ...]:
    """Every quantity of a sentence, in the order of the text and apart. O(words).

    A date without its year is the one nearest to `published`.
    """
    counting, words = language.counting, line.words
    if counting.hints.isdisjoint(words) and not any(word[0].isdigit() for word in words):
        return ()
    articles = counting.words.get("article", frozenset())
    found: list[Counted] = []
    at = tried = 0
    while at < len(words) and tried < NUMBERS_LIMIT:
        word = words[at]
        is_start = word in counting.starts or word[0].isdigit()
        if is_start and word in articles:
            following = words[at + 1] if at + 1 < len(words) else ""
            is_start = following in counting.scales or following in counting.fractions
        if not is_start or at in line.named:
            at += 1
            continue
        tried += 1
        one, at = _at(line, at, language, published)
        if one is not None:
            found.append(_inheriting(one, found))
    return tuple(found)


def belonging(
    counted: Sequence[Counted], sentence: Sentence, span: Span, obj: Span | None, counting: Counting
) -> list[Quantity]:
    """The quantities of a sentence that belong to a finding: those in its stretch, and those that count its object.

    Where the rule names no object, sums of money near its stretch belong to it too.
    """
    if not counted:
        return []
    unit = _unit_of(sentence, obj, counting) if obj is not None else ""
    found: list[Quantity] = []
    for one in counted:
        quantity = one.quantity
        is_inside = one.first < span[1] and span[0] < one.last
        if not quantity.unit:
            if unit and _distance(one, span) <= BARE_LIMIT:
                found.append(_with_unit(quantity, unit))
        elif is_inside or quantity.unit == unit or (obj is None and _is_near_money(one, span)):
            found.append(quantity)
    return found


def distinct(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Each quantity once, in order: the same amount in other words ("11,000 troops") is the same."""
    kept: dict[tuple[str, float | None, float | None, float | None], Quantity] = {}
    for one in quantities:
        kept.setdefault((one.unit, one.value, one.low, one.high), one)
    return tuple(kept.values())


def _is_near_money(one: Counted, span: Span) -> bool:
    return one.quantity.unit[:3] in CODES and _distance(one, span) <= NEAR_LIMIT


def _distance(one: Counted, span: Span) -> int:
    return max(one.first - span[1], span[0] - one.last, 0)


def _unit_of(sentence: Sentence, span: Span, counting: Counting) -> str:
    """The unit in which an object is counted: that of its words in the table, else its last word."""
    written = "".join(sentence.words[span[0] : span[1]])
    if counts_in_han(counting) and written in counting.units:
        return counting.units[written]
    for at in range(*span):
        known = unit_at(sentence.words, sentence.gaps, at, counting)
        if known is not None and known[0] >= span[1]:
            return known[1]
    return sentence.words[span[1] - 1]


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    return Quantity(
        text=quantity.text,
        unit=unit,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        is_approximate=quantity.is_approximate,
        is_vague=quantity.is_vague,
    )


def _inheriting(one: Counted, before: Sequence[Counted]) -> Counted:
    """A number that counts what was counted before in the sentence: "10,000 soldiers, 3,000 of them ..."."""
    if one.quantity.unit or one.is_bare:
        return one
    units = [other.quantity.unit for other in before if _is_count(other.quantity.unit)]
    return one._replace(quantity=_with_unit(one.quantity, units[-1])) if units else one


def _is_count(unit: str) -> bool:
    return unit not in ("", "date", "%") and unit[:3] not in CODES


# --- one quantity -----------------------------------------------------------------------------------------------------


def _at(line: Line, at: int, language: Language, published: date) -> tuple[Counted | None, int]:
    """The quantity that begins at a word, if one does, and where to read on."""
    counting = language.counting
    if _is_name(line, at, language):
        return None, at + 1
    is_han = counts_in_han(counting)
    day = han_day_at(line, at, published) if is_han else day_at(line, at, language, published)
    if day is not None:
        text = line.text[line.places[day.first][0] : line.places[day.last - 1][1]]
        return Counted(day.first, day.last, _quantity(text, "date", (day.low, day.high))), day.last
    fraction = _fraction(line, at, counting)
    if fraction is not None:
        return fraction, fraction.last
    numeral = _in_han(line, at, counting) if is_han else glued_at(line, at, counting) or numeral_at(line, at, counting)
    if numeral is None:
        return None, at + 1
    if _is_of_time(line, numeral, counting):
        return None, numeral.last
    counted = _counted(line, numeral, counting)
    return counted, counted.last if counted else numeral.last


def _in_han(line: Line, at: int, counting: Counting) -> Numeral | None:
    """A number with its counter, or one whose unit is a sign: $5亿, 15%."""
    found = han_at(line, at, counting)
    if found is not None:
        return found
    signed = numeral_at(line, at, counting)
    return signed if signed is not None and (signed.currency or signed.unit == "%") else None


def _is_of_time(line: Line, numeral: Numeral, counting: Counting) -> bool:
    """Years and times of day, which count nothing."""
    following = line.words[numeral.last] if numeral.last < len(line.words) and not line.gaps[numeral.last] else ""
    if following in counting.words.get("clock", ()):
        return True
    is_year_like = numeral.is_plain and not numeral.unit and is_year(line.words[numeral.first])
    return is_year_like and not counts_something(line.words, line.gaps, numeral.first, counting)


def _is_name(line: Line, at: int, language: Language) -> bool:
    """Whether a number is part of a name, a time or a fraction: KN-23, Resolution 1718, No. 2, 10:30, 24/7."""
    is_digits = line.words[at][0].isdigit()
    if is_digits and _is_joined(line, at, language.counting):
        return True
    if not at or line.gaps[at]:
        return False
    numbered = language.counting.words.get("numbered", frozenset())
    before = line.words[at - 1]
    if before in numbered and (is_digits or line.raw[at][0].isupper()):
        return True
    if at > 1 and before in language.counting.words.get("of", ()) and line.words[at - 2] in numbered:
        return line.raw[at - 2][0].isupper() and not line.is_title
    return is_digits and _is_designation(line, at, language)


def _is_joined(line: Line, at: int, counting: Counting) -> bool:
    """Whether digits hang on a word or on other digits: KN-23, 10:30, 24/7; and not "mid-2024"."""
    start = line.places[at][0]
    mark, letter = line.text[max(start - 1, 0) : start], line.text[max(start - 2, 0) : max(start - 1, 0)]
    before = line.words[at - 1] if at else ""
    if mark and mark in _HYPHENS and letter.isalpha():
        return before not in counting.words.get("year_before", ())
    if mark in (":", "/") and letter.isdigit():
        return True
    end = line.places[at][1]
    return line.text[end : end + 1] in (":", "/") and line.text[end + 1 : end + 2].isdigit()


def _is_designation(line: Line, at: int, language: Language) -> bool:
    """A bare number behind a capitalised word that names no actor: "Boeing 737 jets", "Type 20 weapons"."""
    word, before, raw = line.words[at], line.words[at - 1], line.raw[at - 1]
    if line.is_title or at < 2 or not raw[0].isupper() or not word.isdigit() or len(word) > 3 or at - 1 in line.named:
        return False
    classes = language.classes
    known = (language.counting.stops, language.counting.words.get("approximate", ()), classes.get("calendar", ()),
             classes.get("month", ()))  # fmt: skip
    return before.upper() not in CODES and not any(before in words for words in known)


def _fraction(line: Line, at: int, counting: Counting) -> Counted | None:
    """ "a third of", "two thirds of", "half of": a share, in per cent."""
    words = line.words
    of = counting.words.get("of", frozenset())
    last, value = at + 1, counting.fractions.get(words[at], 0.0)
    count = counting.numbers.get(words[at], 1.0 if words[at] in counting.words.get("article", ()) else 0.0)
    if not value and count and last < len(words) and line.gaps[last] in ("", "-"):
        value, last = counting.fractions.get(words[last], 0.0) * count, last + 1
    elif words[at] not in counting.words.get("half", ()):
        return None
    if not 0 < value < 1 or last >= len(words) or line.gaps[last] or words[last] not in of:
        return None
    if at and words[at - 1] in counting.words.get("definite", ()):
        return None  # "the first half of the year"
    start, first, is_rough = _lead(line, at, line.places[at][0], counting, is_range=False)
    share = round(100 * value, 2)
    text = line.text[start : line.places[last - 1][1]]
    return Counted(first, last, _quantity(text, "%", (share, share), is_approximate=is_rough))


def _counted(line: Line, numeral: Numeral, counting: Counting) -> Counted | None:
    """The quantity of a numeral with what it counts; None where it counts nothing that we see."""
    is_range = numeral.low < numeral.high and not numeral.is_vague
    start, first, is_rough = _lead(line, numeral.first, numeral.start, counting, is_range=is_range)
    last, end, is_rougher = _behind(line, numeral, counting)
    unit, is_bare = numeral.currency or numeral.unit, False
    if not unit:
        noun = noun_at(line, numeral, last, counting)
        is_bare = noun is None and _may_be_bare(line, numeral, last, counting, is_rough=is_rough)
        if noun is not None:
            last, unit, end = noun.last, noun.unit, max(end, line.places[noun.last - 1][1])
        elif not is_bare:
            return None
    if unit:
        last, per = rate_at(line, last, counting)
        unit, end = f"{unit}{per}", max(end, line.places[last - 1][1]) if per else end
    quantity = _quantity(
        line.text[start:end],
        unit,
        (numeral.low, numeral.high),
        is_approximate=is_rough or is_rougher or numeral.is_vague or numeral.is_rough,
        is_vague=numeral.is_vague,
    )
    return Counted(first, last, quantity, is_bare)


def _may_be_bare(line: Line, numeral: Numeral, last: int, counting: Counting, *, is_rough: bool) -> bool:
    """Whether a number with no noun is large or rough enough to count what the sentence tells of: "3,000 in May"."""
    if numeral.low < _BARE or numeral.is_vague or not (is_rough or not numeral.is_plain):
        return False
    if last >= len(line.words):
        return True
    gap = line.gaps[last]
    return gap not in _DASHED if gap else line.words[last] in counting.stops


def _quantity(
    text: str, unit: str, bounds: tuple[float, float], *, is_approximate: bool = False, is_vague: bool = False
) -> Quantity:
    low, high = (round(float(bound), 4) for bound in bounds)
    return Quantity(
        text=text,
        unit=unit,
        value=low if low == high else None,
        low=None if low == high else low,
        high=None if low == high else high,
        is_approximate=is_approximate,
        is_vague=is_vague,
    )


def _lead(line: Line, first: int, start: int, counting: Counting, *, is_range: bool) -> tuple[int, int, bool]:
    """What stands before a number and says "about" ("some", "as many as"): first character and word, and whether."""
    while first and line.places[first - 1][0] >= start:
        first -= 1  # the "US" of "US$2bn"
    roughly = counting.words.get("approximate", frozenset())
    is_rough = False
    mark = line.text[:start].rstrip()[-1:]
    if mark and mark in _ROUGHLY:
        start, is_rough = line.text.rindex(mark, 0, start), True
    while first and not line.gaps[first].strip(_ARROWS):
        size = next((size for size in (3, 2, 1) if _phrase(line, first - size, size) in roughly), 0)
        if size:
            is_rough = True
        elif is_range and line.words[first - 1] in counting.words.get("between", ()):
            size = 1
        else:
            break
        first -= size
        start = line.places[first][0]
    small = counting.words
    if first and line.words[first] in small.get("several", ()) and line.words[first - 1] in small.get("article", ()):
        first -= 1  # "a few dozen"
        start = line.places[first][0]
    return start, first, is_rough


def _behind(line: Line, numeral: Numeral, counting: Counting) -> tuple[int, int, bool]:
    """What stands behind a number and says "about" ("10,000-plus", "3,000 or so", "10,000+")."""
    last, end = numeral.last, numeral.end
    if line.gaps[last][:1] == "+":
        return last, line.text.index("+", end) + 1, True
    behind = counting.words.get("approximate_behind", frozenset())
    for size in (2, 1):
        if last + size <= len(line.words) and line.gaps[last] in ("", "-") and _phrase(line, last, size) in behind:
            return last + size, line.places[last + size - 1][1], True
    return last, end, False


def _phrase(line: Line, first: int, size: int) -> str:
    """Words as one phrase; empty where they begin before the sentence or marks part them."""
    if first < 0 or any(line.gaps[first + 1 : first + size]):
        return ""
    words = line.words[first : first + size]
    return ("" if all(len(word) == 1 and word > "\u3000" for word in words) else " ").join(words)
