"""The paradigms of Ukrainian, told like those of Russian by how a base form ends (see `russian`).

Written for this program from the rules of the grammar; no dictionary is behind them.
"""

import re

from monitor.text.russian import CASES, Declined

_HUSH = "жчшщ"
_VOWELS = "аеиіоуюяєї"
_BEFORE_I = {"к": "ц", "г": "з", "х": "с"}
_ADJECTIVE = re.compile(r"(?:[иі]й)$")
_ADJECTIVE_INSIDE = re.compile(r"(?:[иі]й|[нвкчшщ]а|[нвкчшщ][еє]|[нвкчшщ]і|ня|нє)$")
_VERB = re.compile(r"ти(?:ся|сь)?$")
_DOUBLE = re.compile(r"([бвгджзйклмнпрстфхцчшщ])\1я$")


def is_adjective(word: str, *, is_inside: bool = False) -> bool:
    """Whether a base form looks like an adjective; `is_inside` a phrase, before its noun, any gender may stand."""
    return len(word) > 3 and (_ADJECTIVE_INSIDE if is_inside else _ADJECTIVE).search(word) is not None


def is_verb(word: str) -> bool:
    """Whether a base form looks like an infinitive."""
    return len(word) > 3 and _VERB.search(word) is not None


# --- nouns ------------------------------------------------------------------------------------------------------------


def noun(word: str) -> Declined:  # noqa: PLR0911 (a return a paradigm)
    """A noun in all cases, by the ending of its nominative."""
    last = word[-1:]
    if _DOUBLE.search(word):
        return _neuter_double(word[:-1])
    if last == "й":
        return _masculine_y(word[:-1])
    if last == "ь":
        return _soft(word[:-1])
    if last == "а":
        return _feminine_hard(word[:-1])
    if last == "я":
        return _feminine_ya(word[:-1])
    if last == "о":
        return _neuter(word[:-1], word, hard=True)
    if last == "е":
        return _neuter(word[:-1], word, hard=word[-2:-1] in _HUSH)
    if last in "иії":
        return _plural(word[:-1], last)
    if last in _VOWELS:
        return ((word,),) * (2 * CASES)
    return _masculine_hard(word)


def _stems(word: str) -> list[str]:
    """The stem before an ending, with the vowels that change in an open syllable: Київ, Києва; договір, договору."""
    if word.endswith("ок") and len(word) > 4:
        return [word[:-2] + "к", word]
    found = re.search(r"([ії])([бвгджзйклмнпрстфхцчшщ]+)$", word)
    if not found or len(word) < 4 or found[0] == "ін":
        return [word]
    before, behind = word[: found.start()], found[2]
    if found[1] == "ї":
        return [before + "є" + behind]
    return [word, before + "о" + behind, before + "е" + behind]


def _masculine_hard(word: str) -> Declined:
    if re.search(r"[ая]нин$", word):
        many = word[:-2]
        single = ((word,), (word + "а",), (word + "у", word + "ові"), (word + "а",), (word + "ом",), (word + "і",))
        return (*single, (many + "и",), (many,), (many + "ам",), (many,), (many + "ами",), (many + "ах",))
    cases: list[list[str]] = [[] for _ in range(2 * CASES)]
    cases[0] = [word]
    for stem in _stems(word):
        end, hush = stem[-1], stem[-1] in _HUSH
        e = "е" if hush else "о"
        genitive = [stem + "а", stem + "у"]
        rows: tuple[list[str], ...] = (
            [], genitive, [stem + "у", f"{stem}{e}ві"], [word, stem + "а"],
            [f"{stem}{e}м", *([stem + "им"] if re.search(r"(?:[оеє]в|[иії]н)$", stem) else [])],
            [stem[:-1] + _BEFORE_I.get(end, end) + "і", stem + "у", f"{stem}{e}ві"],
            [stem + ("і" if hush else "и")], [stem + "ів"], [stem + "ам"], [stem + "ів", stem + ("і" if hush else "и")],
            [stem + "ами"], [stem + "ах"],
        )  # fmt: skip
        for at, row in enumerate(rows):
            cases[at] += row
    return tuple(tuple(dict.fromkeys(one)) for one in cases)


def _masculine_y(stem: str) -> Declined:
    place = (stem + "ї", stem + "ю", stem + "єві")
    single = (
        (stem + "й",),
        (stem + "я", stem + "ю"),
        (stem + "ю", stem + "єві"),
        (stem + "й", stem + "я"),
        (stem + "єм",),
        place,
    )
    many = (stem + "ї",), (stem + "їв",), (stem + "ям",), (stem + "ї", stem + "їв"), (stem + "ями",), (stem + "ях",)
    return (*single, *many)


def _soft(stem: str) -> Declined:
    """Masculine and feminine words in ь: both in doubt (день, область)."""
    if stem.endswith(("ец", "єц")):
        root = stem[:-2] + ("йц" if stem.endswith("єц") else "ц")
        roots = [root]
    elif stem.endswith("іст"):
        roots = [stem, stem[:-3] + "ост"]
    else:
        roots = [stem]
    cases: list[list[str]] = [[] for _ in range(2 * CASES)]
    cases[0] = [stem + "ь"]
    means = [stem + "ю", f"{stem}{stem[-1:]}ю"] if stem[-1:] not in "цр" else []
    for root in roots:
        rows: tuple[list[str], ...] = (
            [], [root + "я", root + "ю", root + "і"], [root + "ю", root + "еві", root + "і"], [stem + "ь", root + "я"],
            [root + "ем", *means], [root + "і", root + "ю", root + "еві"],
            [root + "і"], [root + "ів", root + "ей"], [root + "ям"], [root + "і", root + "ів"], [root + "ями"],
            [root + "ях"],
        )  # fmt: skip
        for at, row in enumerate(rows):
            cases[at] += row
    return tuple(tuple(dict.fromkeys(one)) for one in cases)


def _feminine_hard(stem: str) -> Declined:
    hush = stem[-1:] in _HUSH
    i = stem[:-1] + _BEFORE_I.get(stem[-1:], stem[-1:]) + "і"
    y = stem + ("і" if hush else "и")
    single = ((stem + "а",), (y,), (i,), (stem + "у",), (stem + ("ею" if hush else "ою"),), (i,))
    bare = tuple(_zero(stem))
    return (*single, (y,), bare, (stem + "ам",), (y, *bare), (stem + "ами",), (stem + "ах",))


def _feminine_ya(stem: str) -> Declined:
    vowel = stem[-1:] in _VOWELS + "'’"
    i, e = ("ї", "єю") if vowel else ("і", "ею")
    bare: tuple[str, ...] = (stem + "й",) if vowel else (stem + "ь", stem + "ей", stem)
    single = ((stem + "я",), (stem + i,), (stem + i,), (stem + "ю",), (stem + e,), (stem + i,))
    return (*single, (stem + i,), bare, (stem + "ям",), (stem + i, *bare), (stem + "ями",), (stem + "ях",))


def _neuter_double(stem: str) -> Declined:
    single = ((stem + "я",), (stem + "я",), (stem + "ю",), (stem + "я",), (stem + "ям",), (stem + "і",))
    return (*single, (stem + "я",), (stem[:-1] + "ь",), (stem + "ям",), (stem + "я",), (stem + "ями",), (stem + "ях",))


def _neuter(stem: str, word: str, *, hard: bool) -> Declined:
    a, u, o = ("а", "у", word[-1]) if hard else ("я", "ю", "е")
    place = (stem[:-1] + _BEFORE_I.get(stem[-1:], stem[-1:]) + "і", stem + u)
    dative = (stem + u, stem + "ові") if hard else (stem + u,)
    single = ((word,), (stem + a,), dative, (word, stem + a), (f"{stem}{o}м",), place)
    bare: tuple[str, ...] = tuple(_zero(stem)) if hard else (stem + "ь", stem)
    return (*single, (stem + a,), bare, (f"{stem}{a}м",), (stem + a,), (f"{stem}{a}ми",), (f"{stem}{a}х",))


def _plural(stem: str, last: str) -> Declined:
    """A noun that is written in the plural: санкції, переговори, Нідерланди."""
    if last == "ї":
        bare: tuple[str, ...] = (stem + "й", stem + "їв")
        rest = (stem + "ям", stem + "ями", stem + "ях")
    elif last == "и" or stem[-1:] in _HUSH:
        bare = (*_zero(stem), stem + "ів", stem + "ей")
        rest = (stem + "ам", stem + "ами", stem + "ах")
    else:
        bare = (stem + "ів", stem + "ей", stem + "ь")
        rest = (stem + "ям", stem + "ями", stem + "ях")
    many = ((stem + last,), bare, (rest[0],), (stem + last, *bare), (rest[1],), (rest[2],))
    return (*many, *many)


def _zero(stem: str) -> list[str]:
    if len(stem) > 2 and stem[-1] == "к" and stem[-2] not in _VOWELS:
        return [(stem[:-2] if stem[-2] == "ь" else stem[:-1]) + "ок"]
    if len(stem) > 2 and stem[-1] in "нлм" and stem[-2] not in _VOWELS + "рлнт":
        return [stem, stem[:-1] + "е" + stem[-1]]
    return [stem]


# --- adjectives -------------------------------------------------------------------------------------------------------

_HARD = {
    "m": ("ий", "ого", "ому", "ий ого", "им", "ому ім"), "f": ("а", "ої", "ій", "у", "ою", "ій"),
    "n": ("е", "ого", "ому", "е", "им", "ому ім"), "p": ("і", "их", "им", "і их", "ими", "их"),
}  # fmt: skip
_SOFT = {
    "m": ("ій", "ього", "ьому", "ій ього", "ім", "ьому ім"), "f": ("я", "ьої", "ій", "ю", "ьою", "ій"),
    "n": ("є", "ього", "ьому", "є", "ім", "ьому ім"), "p": ("і", "іх", "ім", "і іх", "іми", "іх"),
}  # fmt: skip


def adjective_stem(word: str) -> str:
    """An adjective without its ending."""
    return word[:-2] if word.endswith(("ий", "ій")) else word[:-1]


def adjective(word: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The forms of an adjective by gender and case."""
    stem = adjective_stem(word)
    is_soft = word.endswith(("ій", "я", "є"))
    return {
        gender: tuple(tuple(stem + one for one in choice.split()) for choice in endings)
        for gender, endings in (_SOFT if is_soft else _HARD).items()
    }


def gender_of(word: str) -> str:
    """The gender that an adjective before this noun agrees with."""
    last = word[-1:]
    if _DOUBLE.search(word) or last in "ое":
        return "n"
    if last in "аяь":
        return "f" if not word.endswith(("тель", "ець", "єць", "день")) else "m"
    return "p" if last in "иії" else "m"


# --- verbs ------------------------------------------------------------------------------------------------------------

_IRREGULAR: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    ("писати", ("пише", "пишуть"), ("писав", "писала", "писало", "писали"), ("писан",)),
    ("казати", ("каже", "кажуть"), ("казав", "казала", "казало", "казали"), ("казан",)),
    ("слати", ("шле", "шлють"), ("слав", "слала", "слало", "слали"), ("слан",)),
    ("шукати", ("шукає", "шукають"), ("шукав", "шукала", "шукало", "шукали"), ("шукан",)),
    ("давати", ("дає", "дають"), ("давав", "давала", "давало", "давали"), ()),
    ("знавати", ("знає", "знають"), ("знавав", "знавала", "знавало", "знавали"), ()),
    ("відати", ("відає", "відають"), ("відав", "відала", "відало", "відали"), ("відан",)),
    ("дати", ("дасть", "дадуть"), ("дав", "дала", "дало", "дали"), ("дан",)),
    ("брати", ("бере", "беруть"), ("брав", "брала", "брало", "брали"), ("бран",)),
    ("звати", ("зве", "звуть", "зове", "зовуть"), ("звав", "звала", "звало", "звали"), ("зван",)),
    ("їхати", ("їде", "їдуть"), ("їхав", "їхала", "їхало", "їхали"), ()),
    ("взяти", ("візьме", "візьмуть"), ("взяв", "взяла", "взяло", "взяли"), ("взят",)),
    ("йняти", ("йме", "ймуть"), ("йняв", "йняла", "йняло", "йняли"), ("йнят",)),
    ("зняти", ("зніме", "знімуть"), ("зняв", "зняла", "зняло", "зняли"), ("знят",)),
    ("почати", ("почне", "почнуть"), ("почав", "почала", "почало", "почали"), ("почат",)),
    ("стати", ("стане", "стануть"), ("став", "стала", "стало", "стали"), ()),
    ("йти", ("йде", "йдуть"), ("йшов", "йшла", "йшло", "йшли"), ()),
    ("вести", ("веде", "ведуть"), ("вів", "вела", "вело", "вели"), ("веден",)),
    ("нести", ("несе", "несуть"), ("ніс", "несла", "несло", "несли"), ("несен",)),
    ("везти", ("везе", "везуть"), ("віз", "везла", "везло", "везли"), ("везен",)),
    ("красти", ("краде", "крадуть"), ("крав", "крала", "крало", "крали"), ("краден",)),
    ("могти", ("може", "можуть"), ("міг", "могла", "могло", "могли"), ()),
    ("крити", ("криє", "криють"), ("крив", "крила", "крило", "крили"), ("крит",)),
    ("бути", ("буде", "будуть"), ("був", "була", "було", "були"), ()),
    ("бити", ("б'є", "б'ють"), ("бив", "била", "било", "били"), ("бит",)),
    ("хотіти", ("хоче", "хочуть"), ("хотів", "хотіла", "хотіло", "хотіли"), ()),
    ("летіти", ("летить", "летять"), ("летів", "летіла", "летіло", "летіли"), ()),
    ("бачити", ("бачить", "бачать"), ("бачив", "бачила", "бачило", "бачили"), ("бачен",)),
)  # fmt: skip
_PREFIXES = frozenset({
    "по", "під", "піді", "над", "на", "за", "з", "с", "із", "зі", "від", "об", "о", "до", "при", "пере", "про", "роз",
    "у", "в", "ви", "вз", "не", "недо", "перед", "спо", "",
})  # fmt: skip
_SOFTER = (
    ("ст", "щ"), ("зд", "ждж"), ("т", "ч"), ("д", "дж"), ("с", "ш"), ("з", "ж"), ("б", "бл"), ("п", "пл"), ("в", "вл"),
    ("м", "мл"), ("ф", "фл"),
)  # fmt: skip


def verb(word: str) -> list[str]:
    """The forms of a verb that news uses; `*` ends one that stands for all forms of a participle."""
    base, back = (word[:-2], True) if word.endswith(("ся", "сь")) else (word, False)
    present, past, passive = _parts(base)
    coming = [base + "ме", base + "муть"]
    forms = [base, *present, *past, *coming]
    gerunds = [form + "ши" for form in past[:1] if form.endswith("в")]
    gerunds += [form[:-2] + "чи" for form in present if form.endswith(("ють", "уть", "ять", "ать"))]
    if back:
        return [*dict.fromkeys([one for form in forms for one in _reflexive(form)] + [one + "сь" for one in gerunds])]
    if base.endswith(("ати", "яти")):
        forms += [one for form in (*present, *past, base) for one in _reflexive(form)]
    return [*dict.fromkeys((*forms, *(stem + "*" for stem in passive), *gerunds))]


def _reflexive(form: str) -> list[str]:
    if form.endswith(("е", "є")):
        return [form + "ться"]
    return [form + "ся", *([form + "сь"] if form[-1] in _VOWELS else [])]


def _past(stem: str) -> list[str]:
    return [stem + "в", stem + "ла", stem + "ло", stem + "ли"]


def _parts(base: str) -> tuple[list[str], list[str], list[str]]:  # noqa: PLR0911 (a return a paradigm)
    """The present (or future) in the third person, the past, and the stems of the passive participle."""
    kin = (one for one in _IRREGULAR if base.endswith(one[0]) and base[: -len(one[0])] in _PREFIXES)
    known = max(kin, key=lambda one: len(one[0]), default=None)
    if known is not None:
        before = base[: -len(known[0])]
        return (
            [before + one for one in known[1]],
            [before + one for one in known[2]],
            [before + one for one in known[3]],
        )
    if base.endswith(("увати", "ювати")) and len(base) > 6:
        stem, u = base[:-5], base[-5]
        o = "ьо" if u == "ю" else "о"
        return [f"{stem}{u}є", f"{stem}{u}ють"], _past(base[:-2]), [base[:-2] + "н", f"{stem}{o}ван"]
    stem, rest = base[:-3], base[-3:]
    if rest in ("ати", "яти"):
        return [stem + rest[0] + "є", stem + rest[0] + "ють"], _past(stem + rest[0]), [stem + rest[0] + "н"]
    if rest == "ити":
        soft = next((stem[: -len(one)] + other for one, other in _SOFTER if stem.endswith(one)), stem)
        labial = "л" if stem[-1:] in "бпвмф" else ""
        return (
            [stem + "ить", stem + labial + ("ать" if stem[-1:] in _HUSH else "ять")],
            _past(stem + "и"),
            [soft + "ен"],
        )
    if rest == "ути":
        return [stem + "е", stem + "уть"], _past(stem + "у"), [stem + "ут"]
    if rest == "іти":
        return [stem + "іє", stem + "іють", stem + "ить", stem + "ять"], _past(stem + "і"), [stem + "ен"]
    if rest == "оти":
        return [stem + "е", stem + "ють"], _past(stem + "о"), [stem + "от"]
    return [base[:-2] + "е", base[:-2] + "уть"], _past(base[:-2]), []
