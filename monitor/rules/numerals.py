"""Numbers as news writes them: 11,000, 6.5M, 1.3 billion, two dozen, tens of thousands, 320 million to 1.3 billion.

A numeral is a number alone; what it counts is the business of quantities.py. Digits, their separators and the
signs of currencies are common to all languages; words come from the language (`Counting`).
"""

import re
from typing import NamedTuple

from monitor.model import Counting
from monitor.rules.line import Line

_DIGITS = re.compile(r"(\d{1,15}(?:[.,'’·]\d{1,15})*)([a-z]{0,12})", re.ASCII)
_HIGHEST = 1e18
"""No news counts as far: a number made of words without end."""
_DASHES = frozenset("-–—‐‑‒−~～")
_SEPARATORS = ".,'’·"
SIGNS = {
    "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₩": "KRW", "￦": "KRW", "₽": "RUB",
    "₴": "UAH", "₹": "INR", "₪": "ILS", "₺": "TRY", "₫": "VND", "฿": "THB", "₱": "PHP", "₸": "KZT",
}  # fmt: skip
_BEFORE_SIGN = {
    "us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nt": "TWD", "s": "SGD", "nz": "NZD",
    "cn": "CNY",
}  # fmt: skip
_ALL_SIGNS = "".join(SIGNS)
CODES = frozenset((
    "USD", "EUR", "KRW", "RUB", "CNY", "JPY", "GBP", "UAH", "INR", "IRR", "KPW", "BYN", "PLN", "CHF", "AUD", "CAD",
    "HKD", "TWD", "SGD", "NZD", "TRY", "ILS", "AED", "SAR", "VND", "THB", "PHP", "KZT",
))  # fmt: skip
_CODE_OF = {"rmb": "CNY", "krw": "KRW", "rur": "RUB", **{code.lower(): code for code in CODES}}


class Numeral(NamedTuple):
    """A number: the words it takes, its bounds (equal for one number) and the characters it takes with its sign."""

    first: int
    last: int
    low: float
    high: float
    start: int
    end: int
    currency: str = ""
    is_plain: bool = False
    """Bare digits: a whole number without separators or scale, as years, days and designations are written."""
    is_word: bool = False
    is_vague: bool = False
    unit: str = ""
    """What was written at the number itself: "%" or, after digits, letters that are no scale ("500km")."""
    is_rough: bool = False
    """Said to be about so many by what stands inside it (50多家)."""


def numeral_at(line: Line, at: int, counting: Counting) -> Numeral | None:
    """The number, or the two of a range, that begins at a word."""
    lead = at - 1 - (at > 1 and line.gaps[at] in SIGNS and line.words[at - 1] in _BEFORE_SIGN)
    is_between = at > 0 and line.words[lead] in counting.words.get("between", ())
    one = _single(line, at, counting, may_join=not is_between)
    if one is None or one.is_vague or one.last >= len(line.words):
        return one
    other_at = _range_end(line, one, counting, is_between=is_between)
    other = _single(line, other_at, counting) if other_at else None
    if other is None or other.is_vague:
        return one
    return _ranged(one, other) or one


def _range_end(line: Line, one: Numeral, counting: Counting, *, is_between: bool) -> int:
    """Where the second number of a range would begin; 0 where nothing speaks for one."""
    gap = line.gaps[one.last].lstrip("%").rstrip(_ALL_SIGNS)
    if gap:
        return _past_currency(line, one.last) if gap in _DASHES else 0
    word = line.words[one.last]
    is_link = word in counting.words.get("range", ()) or (is_between and word in counting.words.get("and", ()))
    return _past_currency(line, one.last + 1) if is_link and one.last + 1 < len(line.words) else 0


def _past_currency(line: Line, at: int) -> int:
    """Past what names the currency of a number: the "US" of "US$2bn", the "USD" of "USD 2 million"."""
    if at + 1 >= len(line.words):
        return at
    is_prefix = line.words[at] in _BEFORE_SIGN and line.gaps[at + 1] in SIGNS
    is_code = line.words[at] in _CODE_OF and not line.gaps[at + 1]
    return at + (is_prefix or is_code)


def _ranged(one: Numeral, other: Numeral) -> Numeral | None:
    """Two numbers as one range: the first takes scale and currency of the second where it has none."""
    if one.currency and other.currency and one.currency != other.currency:
        return None
    low, high = one.low, other.high
    shared = _shared_scale(one, other)
    if shared > 1 and low * shared < high and low * 1000 / shared < 1000:
        low *= shared
    if low >= high:
        return None
    return Numeral(
        first=one.first,
        last=other.last,
        low=low,
        high=high,
        start=one.start,
        end=other.end,
        currency=one.currency or other.currency,
        is_plain=one.is_plain and other.is_plain,
        is_word=one.is_word and other.is_word,
        unit=one.unit or other.unit,
    )


def _shared_scale(one: Numeral, other: Numeral) -> float:
    """What "5 to 6 billion" and "10-12,000" leave out at the first number; 1 where it is complete."""
    if one.low >= 1000 or one.unit or other.low < 1000:
        return 1
    for scale in (1e12, 1e9, 1e6, 1e3):
        if other.low >= scale:
            return scale
    return 1


# --- one number -------------------------------------------------------------------------------------------------------


def _single(line: Line, at: int, counting: Counting, *, may_join: bool = True) -> Numeral | None:
    if at >= len(line.words) or at in line.named:
        return None
    word = line.words[at]
    if word[0].isdigit():
        return _of_digits(line, at, counting)
    return _many(line, at, counting) or _of_words(line, at, counting, may_join=may_join)


def _of_digits(line: Line, at: int, counting: Counting) -> Numeral | None:
    """Digits with what follows: a group of three ("11 000"), a scale ("1.3 billion"), a sign ("40 %", "2 bn €")."""
    found = _DIGITS.fullmatch(line.words[at])
    if found is None:
        return None
    digits, letters = found.groups()
    last = at + 1
    while not letters and digits.isdigit() and len(digits) <= 12 and _is_group(line, last, digits):
        digits, last = digits + line.words[last], last + 1
    scale, unit = 1.0, ""
    if letters in counting.scales:
        scale = counting.scales[letters]
    elif letters in counting.units:
        unit = counting.units[letters]
    elif letters:
        return None
    is_scaled = scale > 1
    halved = 0 if is_scaled or unit else _and_a_half(line, last, counting)
    last = halved or last
    while not unit and not is_scaled and last < len(line.words) and _follows(line, last) and (
        line.words[last] in counting.scales
    ):  # fmt: skip
        scale, last, is_scaled = scale * counting.scales[line.words[last]], last + 1, True
    value = _value(digits, counting.decimal, is_scaled=is_scaled)
    is_length = len(letters) == 1 and not unit and value is not None and value >= 1000  # "8,848m" are metres
    if value is None or value * scale >= _HIGHEST or is_length:
        return None
    value += 0.5 if halved else 0
    is_plain = digits.isdigit() and last == at + 1 and not letters
    return _signed(line, at, last, (value * scale, value * scale), is_plain=is_plain, unit=unit)


def _is_group(line: Line, at: int, digits: str) -> bool:
    """Whether the word is the next three digits of a number written with spaces ("11 000")."""
    if at >= len(line.words) or line.gaps[at] or (len(digits) > 3 and len(digits) % 3 == 0 and digits[0] == "0"):
        return False
    word = line.words[at]
    is_short = at == 0 or len(line.words[at - 1]) <= 3
    return is_short and digits[0] != "0" and len(word) == 3 and word.isdigit() and word.isascii()


def _value(digits: str, decimal: str, *, is_scaled: bool) -> float | None:
    """The value of digits with separators; None where they make no number ("1.2.3", "18,1,2")."""
    whole, mark, rest = digits.rpartition(decimal)
    if mark and decimal not in whole and rest.isdigit():
        groups = re.split(f"[{_SEPARATORS}]", whole)
        if all(group.isdigit() for group in groups) and all(len(group) == 3 for group in groups[1:]):
            # no decimals end with a nought: "3.000 soldiers" was written by somebody who parts thousands so
            if len(groups) == 1 and len(rest) == 3 and rest[-1] == "0" and groups[0][0] != "0" and not is_scaled:
                return float(f"{groups[0]}{rest}")
            return float(f"{''.join(groups)}.{rest}")
        return None
    groups = re.split(f"[{_SEPARATORS}]", digits)
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= (3 if len(groups) > 1 else 15):
        return float("".join(groups))
    if len(groups) == 2 and is_scaled:  # "20,5 million": the other mark parts the decimals
        return float(".".join(groups))
    return None


def _of_words(line: Line, at: int, counting: Counting, *, may_join: bool) -> Numeral | None:
    """A number in words: "two dozen", "half a million", "three thousand five hundred", "twenty-five"."""
    opening = _opening(line, at, counting)
    if opening is None:
        return None
    current, position = opening
    total, smallest = 0.0, 1e18
    is_any = is_scaled = False
    while position < len(line.words) and (position == at or _follows(line, position)):
        word = line.words[position]
        scale = counting.scales.get(word, 0)
        halved = _and_a_half(line, position, counting) if is_any and not is_scaled else 0
        if halved:
            current, position = current + 0.5, halved
            continue
        if word in counting.numbers and not _is_new(current, counting.numbers[word]):
            current, is_any = current + counting.numbers[word], True
        elif 12 <= scale < 1000 and (current or is_any):
            current, is_any, is_scaled = current * scale, True, True
        elif 1000 <= scale < smallest and (current or is_any):
            total, current, smallest, is_any, is_scaled = total + current * scale, 0.0, scale, True, True
        elif not (may_join and is_scaled and _joins_on(line, position, counting)):
            break
        position += 1
    value = total + current
    return _signed(line, at, position, (value, value), is_word=True) if is_any and value < _HIGHEST else None


def _opening(line: Line, at: int, counting: Counting) -> tuple[float, int] | None:
    """What a number in words begins with: "half a", "a", or nothing; and where to read on. None: it begins none."""
    half = _half(line, at, counting)
    if half:
        return 0.5, half
    if line.words[at] not in counting.words.get("article", ()):
        return 0.0, at
    is_scale = at + 1 < len(line.words) and counting.scales.get(line.words[at + 1], 0) >= 12 and not line.gaps[at + 1]
    return (1.0, at + 1) if is_scale else None


def _is_new(current: float, value: float) -> bool:
    """Whether a number word begins another number: "two three", "twenty thirty"; not "twenty five", "hundred five"."""
    if not current:
        return False
    tail = current % 100
    return bool(tail) and not (tail >= 20 and tail % 10 == 0 and value < 10)


def _joins_on(line: Line, at: int, counting: Counting) -> bool:
    """Whether an "and" goes on inside a number: "one hundred and fifty", and no "thousand and two" ships."""
    if line.words[at] not in counting.words.get("and", ()) or at + 1 >= len(line.words):
        return False
    return counting.numbers.get(line.words[at + 1], 0) > 0 and line.words[at - 1] in counting.scales


def _half(line: Line, at: int, counting: Counting) -> int:
    """Where the scale of "half a million" stands; 0 where there is none."""
    following = line.words[at + 1 : at + 3]
    if line.words[at] not in counting.words.get("half", ()) or not following:
        return 0
    skipped = 1 + (following[0] in counting.words.get("article", ()))
    is_scale = at + skipped < len(line.words) and counting.scales.get(line.words[at + skipped], 0) >= 12
    return at + skipped if is_scale else 0


def _and_a_half(line: Line, at: int, counting: Counting) -> int:
    """Where the scale of "two and a half million" stands, seen from the "and"; 0 where there is none."""
    following = line.words[at : at + 4]
    if len(following) < 4 or any(line.gaps[at : at + 4]):
        return 0
    small = counting.words
    is_half = following[0] in small.get("and", ()) and following[1] in small.get("article", ())
    is_half = is_half and following[2] in small.get("half", ()) and following[3] in counting.scales
    return at + 3 if is_half else 0


def _many(line: Line, at: int, counting: Counting) -> Numeral | None:
    """A word for many: "dozens", "tens of thousands", "several hundred"."""
    words, size = line.words, len(line.words)
    if words[at] in counting.words.get("several", ()):
        scale = counting.scales.get(words[at + 1], 0) if at + 1 < size else 0
        if scale < 12 or line.gaps[at + 1]:
            return None
        return _signed(line, at, at + 2, (2 * scale, 10 * scale - 1), is_word=True, is_vague=True)
    bounds = counting.many.get(words[at])
    if bounds is None:
        return None
    last = at + 1
    if last + 1 < size and words[last] in counting.words.get("of", ()) and words[last + 1] in counting.many:
        scale = counting.many[words[last + 1]][0] / 2
        bounds, last = (bounds[0] * scale, (bounds[1] + 1) * scale - 1), last + 2
    return _signed(line, at, last, bounds, is_word=True, is_vague=True)


def _follows(line: Line, at: int) -> bool:
    """Whether nothing but white space or a hyphen parts a word from the one before."""
    return line.gaps[at] in ("", "-")


def _signed(
    line: Line,
    first: int,
    last: int,
    bounds: tuple[float, float],
    *,
    is_plain: bool = False,
    is_word: bool = False,
    is_vague: bool = False,
    unit: str = "",
) -> Numeral:
    """The numeral with the currency or percent sign that stands at it."""
    start, end = line.places[first][0], line.places[last - 1][1]
    currency, start = _sign_before(line, first, start)
    if not currency:
        currency, end, last = _sign_behind(line, last, end)
    if not currency and not unit and line.gaps[last][:1] in ("%", "％"):
        unit = "%"
        end = line.text.index(line.gaps[last][0], end) + 1
    return Numeral(
        first, last, bounds[0], bounds[1], start, end, currency, is_plain and not currency, is_word, is_vague, unit
    )


def _sign_before(line: Line, first: int, start: int) -> tuple[str, int]:
    before = line.text[:start].rstrip()[-1:] if line.gaps[first] else ""
    currency = SIGNS.get(before, "")
    if currency:
        start = line.text.rindex(before, 0, start)
        if first and line.places[first - 1][1] == start and line.words[first - 1] in _BEFORE_SIGN:
            return _BEFORE_SIGN[line.words[first - 1]], line.places[first - 1][0]
        return currency, start
    if first and not line.gaps[first] and line.words[first - 1] in _CODE_OF and line.raw[first - 1].isupper():
        return _CODE_OF[line.words[first - 1]], line.places[first - 1][0]
    return "", start


def _sign_behind(line: Line, last: int, end: int) -> tuple[str, int, int]:
    """A sign or code behind the number ("200 €", "50 KRW"), unless it is that of the next one ("200 ... $300")."""
    mark = line.gaps[last][:1]
    if mark in SIGNS:
        at = line.text.index(mark, end)
        if not line.text[at + 1 : at + 2].isdigit():
            return SIGNS[mark], at + 1, last
    if last < len(line.words) and not line.gaps[last] and line.words[last] in _CODE_OF and line.raw[last].isupper():
        return _CODE_OF[line.words[last]], line.places[last][1], last + 1
    return "", end, last
