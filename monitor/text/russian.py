"""The paradigms of Russian: which forms a noun, an adjective or a verb takes, told by how its base form ends.

Written for this program from the rules of the grammar; no dictionary is behind them. In doubt a paradigm gives the
forms of both readings: one that no text ever holds costs nothing. ё is е here as everywhere. Each noun form stands
under its case, so that an adjective before it can agree.
"""

import re

HUSH = "жчшщ"
_VELAR = "гкх"
_VOWELS = "аеиоуыэюя"

# Endings in the order of the cases: nominative, genitive, dative, accusative, instrumental, locative.
CASES = 6
Declined = tuple[tuple[str, ...], ...]
"""The forms of each case; of a noun those of the singular, then those of the plural (twelve places)."""

_ADJECTIVE = re.compile(r"[ыио]й$")
_ADJECTIVE_INSIDE = re.compile(r"(?:[ыио]й|ая|яя|[^ь]ое|(?<![нтвлд])ие|[ншщ]ее|ые|[нш]ние)$")
_VERB = re.compile(r"(?:ть|ти|чь)(?:ся|сь)?$")


def is_adjective(word: str, *, is_inside: bool = False) -> bool:
    """Whether a base form looks like an adjective; `is_inside` a phrase, before its noun, any gender may stand."""
    return len(word) > 4 and (_ADJECTIVE_INSIDE if is_inside else _ADJECTIVE).search(word) is not None


def is_verb(word: str) -> bool:
    """Whether a base form looks like an infinitive."""
    return len(word) > 3 and _VERB.search(word) is not None


# --- nouns ------------------------------------------------------------------------------------------------------------


def noun(word: str) -> Declined:  # noqa: PLR0911 (a return a paradigm)
    """A noun in all cases, by the ending of its nominative."""
    last = word[-1:]
    if last == "й":
        return _masculine_soft(word[:-1], "й")
    if last == "ь":
        return _both(_masculine_soft(word[:-1], "ь"), _feminine_soft(word[:-1]))
    if last == "а":
        return _feminine_hard(word[:-1])
    if last == "я":
        return _feminine_ya(word[:-1])
    if last == "о":
        return _neuter_hard(word[:-1])
    if last == "е":
        return _neuter_soft(word[:-1])
    if last in "ыи":
        return _plural(word[:-1], last)
    if last in _VOWELS:
        return ((word,),) * (2 * CASES)
    return _masculine_hard(word)


def _masculine_hard(word: str) -> Declined:
    stems = [word]
    if word.endswith("анин") or word.endswith("янин"):
        many = word[:-2]
        single = ((word,), (word + "а",), (word + "у",), (word + "а",), (word + "ом",), (word + "е",))
        return (*single, (many + "е",), (many,), (many + "ам",), (many,), (many + "ами",), (many + "ах",))
    if word.endswith("ец") and len(word) > 3:
        stems = [word[:-2] + ("йц" if word[-3] in _VOWELS else "ьц" if word[-3] == "л" else "ц")]
    elif word.endswith("ок") and len(word) > 4:
        stems = [word[:-2] + "к", word]
    cases: list[list[str]] = [[] for _ in range(2 * CASES)]
    cases[0] = [word]
    for stem in stems:
        end = stem[-1]
        means = [stem + "ом"] if end not in HUSH + "ц" else [stem + "ем", stem + "ом"]
        if re.search(r"(?:[ое]в|[иы]н)$", stem):
            means.append(stem + "ым")  # a surname
        many = stem + ("и" if end in HUSH + _VELAR else "ы")
        many_g = [stem + "ей"] if end in HUSH else [stem + "ев", stem + "ов"] if end == "ц" else [stem + "ов"]
        rows: tuple[list[str], ...] = (
            [], [stem + "а"], [stem + "у"], [word, stem + "а"], means, [stem + "е"],
            [many], many_g, [stem + "ам"], [many, *many_g], [stem + "ами"], [stem + "ах"],
        )  # fmt: skip
        for at, row in enumerate(rows):
            cases[at] += row
    return tuple(tuple(dict.fromkeys(one)) for one in cases)


def _masculine_soft(stem: str, last: str) -> Declined:
    word = stem + last
    place = (stem + "и", stem + "е") if stem.endswith("и") else (stem + "е",)
    single = ((word,), (stem + "я",), (stem + "ю",), (word, stem + "я"), (stem + "ем",), place)
    many_g = stem + ("ев" if last == "й" else "ей")
    return (
        *single, (stem + "и",), (many_g,), (stem + "ям",), (stem + "и", many_g), (stem + "ями",), (stem + "ях",),
    )  # fmt: skip


def _feminine_soft(stem: str) -> Declined:
    oblique = stem + "и"
    a = "а" if stem[-1:] in HUSH else "я"
    single = ((stem + "ь",), (oblique,), (oblique,), (stem + "ь",), (stem + "ью",), (oblique,))
    return (*single, (oblique,), (stem + "ей",), (f"{stem}{a}м",), (oblique,), (f"{stem}{a}ми",), (f"{stem}{a}х",))


def _feminine_hard(stem: str) -> Declined:
    y = "и" if stem[-1:] in HUSH + _VELAR else "ы"
    means = (stem + "ой", stem + "ей") if stem[-1:] in HUSH + "ц" else (stem + "ой",)
    single = ((stem + "а",), (stem + y,), (stem + "е",), (stem + "у",), means, (stem + "е",))
    bare = tuple(_zero(stem))
    return (*single, (stem + y,), bare, (stem + "ам",), (stem + y, *bare), (stem + "ами",), (stem + "ах",))


def _feminine_ya(stem: str) -> Declined:
    if stem.endswith("и"):
        oblique = stem + "и"
        single = ((stem + "я",), (oblique,), (oblique,), (stem + "ю",), (stem + "ей",), (oblique,))
        bare: tuple[str, ...] = (stem + "й",)
    else:
        single = ((stem + "я",), (stem + "и",), (stem + "е",), (stem + "ю",), (stem + "ей",), (stem + "е",))
        bare = (stem + ("й" if stem[-1:] in _VOWELS else "ь"), *((stem[:-1] + "ей",) if stem[-1:] == "ь" else ()))
    return (*single, (stem + "и",), bare, (stem + "ям",), (stem + "и", *bare), (stem + "ями",), (stem + "ях",))


def _neuter_hard(stem: str) -> Declined:
    single = ((stem + "о",), (stem + "а",), (stem + "у",), (stem + "о",), (stem + "ом",), (stem + "е",))
    bare = tuple(_zero(stem))
    return (*single, (stem + "а",), bare, (stem + "ам",), (stem + "а",), (stem + "ами",), (stem + "ах",))


def _neuter_soft(stem: str) -> Declined:
    hard = stem[-1:] in HUSH + "ц"
    a, u = ("а", "у") if hard else ("я", "ю")
    place = (stem + ("и" if stem.endswith("и") else "е"),)
    single = ((stem + "е",), (stem + a,), (stem + u,), (stem + "е",), (stem + "ем",), place)
    bare: tuple[str, ...] = (stem + "й",) if stem.endswith("и") else (stem,) if hard else (stem + "ей",)
    if stem.endswith("ь"):
        bare = (stem[:-1] + "ий", stem + "ев")
    return (*single, (stem + a,), bare, (f"{stem}{a}м",), (stem + a,), (f"{stem}{a}ми",), (f"{stem}{a}х",))


def _plural(stem: str, last: str) -> Declined:
    """A noun that is written in the plural: санкции, переговоры, Нидерланды."""
    if last == "ы" or stem[-1:] in HUSH + _VELAR:
        bare = (*_zero(stem), stem + "ов", stem + "ей")
        rest = (stem + "ам", stem + "ами", stem + "ах")
    else:
        bare = (stem + "й", stem + "ев", stem + "ей", stem + "ь")
        rest = (stem + "ям", stem + "ями", stem + "ях")
    many = ((stem + last,), bare, (rest[0],), (stem + last, *bare), (rest[1],), (rest[2],))
    return (*many, *many)


def _zero(stem: str) -> list[str]:
    """The genitive plural without an ending, a fleeting vowel put where two consonants would meet."""
    if len(stem) > 2 and stem[-1] == "к" and stem[-2] not in _VOWELS:
        if stem[-2] in "йь":
            return [stem[:-2] + "ек"]
        return [stem[:-1] + ("ек" if stem[-2] in HUSH else "ок")]
    if len(stem) > 2 and stem[-1] in "нлм" and stem[-2] not in _VOWELS + "рлн":
        return [stem, stem[:-2] + "е" + stem[-1] if stem[-2] == "ь" else stem[:-1] + "е" + stem[-1]]
    return [stem]


def _both(one: Declined, other: Declined) -> Declined:
    return tuple(tuple(dict.fromkeys((*left, *right))) for left, right in zip(one, other, strict=True))


# --- adjectives -------------------------------------------------------------------------------------------------------

_HARD = {
    "m": ("ый", "ого", "ому", "ый ого", "ым", "ом"), "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"), "p": ("ые", "ых", "ым", "ые ых", "ыми", "ых"),
}  # fmt: skip
_SOFT = {
    "m": ("ий", "его", "ему", "ий его", "им", "ем"), "f": ("яя", "ей", "ей", "юю", "ей", "ей"),
    "n": ("ее", "его", "ему", "ее", "им", "ем"), "p": ("ие", "их", "им", "ие их", "ими", "их"),
}  # fmt: skip


def adjective_stem(word: str) -> str:
    """An adjective without its ending."""
    return word[:-2]


def adjective(word: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The forms of an adjective by gender ("m", "f", "n", "p" for the plural) and case."""
    stem, ending = word[:-2], word[-2:]
    is_soft = ending in ("яя", "ее") or (ending in ("ий", "ие") and stem[-1:] == "н") or stem.endswith("тьев")
    is_after_hush = stem[-1:] in HUSH
    table = {}
    for gender, endings in (_SOFT if is_soft else _HARD).items():
        forms = [tuple(stem + _spelt(one, stem, is_after_hush) for one in choice.split()) for choice in endings]
        if gender == "m" and ending == "ой":
            forms[0], forms[3] = (word,), (word, *forms[1])
        table[gender] = tuple(forms)
    return table


def _spelt(ending: str, stem: str, is_after_hush: bool) -> str:
    if ending[0] == "ы" and stem[-1:] in HUSH + _VELAR:
        ending = "и" + ending[1:]
    if is_after_hush and ending[0] == "о" and len(ending) > 1:
        return "е" + ending[1:]
    return ending


def gender_of(word: str) -> str:
    """The gender that an adjective before this noun agrees with, by how it ends."""
    last = word[-1:]
    if last in "аяь":
        return "f" if not word.endswith(("тель", "арь")) else "m"
    if last in "ое":
        return "n"
    return "p" if last in "ыи" else "m"


# --- verbs ------------------------------------------------------------------------------------------------------------

# How a verb with this ending goes: (ending, what replaces it in the third person singular and plural, in the past,
# in the passive participle before -н(ный)). The longest that fits counts; prefixes are before it.
_IRREGULAR: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    ("писать", ("пишет", "пишут"), ("писал",), ("писан",)),
    ("казать", ("кажет", "кажут"), ("казал",), ("казан",)),
    ("слать", ("шлет", "шлют"), ("слал",), ("слан",)),
    ("искать", ("ищет", "ищут"), ("искал",), ("искан",)),
    ("давать", ("дает", "дают"), ("давал",), ("даваем",)),
    ("знавать", ("знает", "знают"), ("знавал",), ()),
    ("дать", ("даст", "дадут", "дадим"), ("дал",), ("дан",)),
    ("брать", ("берет", "берут"), ("брал",), ("бран",)),
    ("звать", ("зовет", "зовут"), ("звал",), ("зван",)),
    ("ехать", ("едет", "едут"), ("ехал",), ()),
    ("взять", ("возьмет", "возьмут"), ("взял",), ("взят",)),
    ("инять", ("имет", "имут"), ("инял",), ("инят",)),
    ("снять", ("снимет", "снимут"), ("снял",), ("снят",)),
    ("занять", ("займет", "займут"), ("занял",), ("занят",)),
    ("нанять", ("наймет", "наймут"), ("нанял",), ("нанят",)),
    ("поднять", ("поднимет", "поднимут"), ("поднял",), ("поднят",)),
    ("понять", ("поймет", "поймут"), ("понял",), ("понят",)),
    ("начать", ("начнет", "начнут"), ("начал",), ("начат",)),
    ("стать", ("станет", "станут"), ("стал",), ()),
    ("держать", ("держит", "держат"), ("держал",), ("держан",)),
    ("стоять", ("стоит", "стоят"), ("стоял",), ()),
    ("йти", ("йдет", "йдут"), ("шел", "шла", "шло", "шли"), ()),
    ("прийти", ("придет", "придут"), ("пришел", "пришла", "пришло", "пришли"), ()),
    ("идти", ("идет", "идут"), ("шел", "шла", "шло", "шли"), ()),
    ("вести", ("ведет", "ведут"), ("вел",), ("веден",)),
    ("нести", ("несет", "несут"), ("нес", "несла", "несло", "несли"), ("несен",)),
    ("везти", ("везет", "везут"), ("вез", "везла", "везло", "везли"), ("везен",)),
    ("обрести", ("обретет", "обретут"), ("обрел",), ("обретен",)),
    ("расти", ("растет", "растут"), ("рос", "росла", "росло", "росли"), ()),
    ("красть", ("крадет", "крадут"), ("крал",), ("краден",)),
    ("сесть", ("сядет", "сядут"), ("сел",), ()),
    ("мочь", ("может", "могут"), ("мог", "могла", "могло", "могли"), ()),
    ("влечь", ("влечет", "влекут"), ("влек", "влекла", "влекло", "влекли"), ("влечен",)),
    ("крыть", ("кроет", "кроют"), ("крыл",), ("крыт",)),
    ("быть", ("будет", "будут"), ("был",), ()),
    ("мыть", ("моет", "моют"), ("мыл",), ("мыт",)),
    ("бить", ("бьет", "бьют"), ("бил",), ("бит",)),
    ("жить", ("живет", "живут"), ("жил",), ()),
    ("тереть", ("трет", "трут"), ("тер", "терла", "терло", "терли"), ("терт",)),
    ("хотеть", ("хочет", "хотят"), ("хотел",), ()),
    ("лететь", ("летит", "летят"), ("летел",), ()),
    ("смотреть", ("смотрит", "смотрят"), ("смотрел",), ("смотрен",)),
    ("видеть", ("видит", "видят"), ("видел",), ("виден",)),
    ("бежать", ("бежит", "бегут"), ("бежал",), ()),
    ("гнать", ("гонит", "гонят"), ("гнал",), ("гнан",)),
    ("ждать", ("ждет", "ждут"), ("ждал",), ()),
    ("рвать", ("рвет", "рвут"), ("рвал",), ("рван",)),
    ("молчать", ("молчит", "молчат"), ("молчал",), ()),
    ("читать", ("читает", "читают"), ("читал",), ("читан",)),
    ("жать", ("жмет", "жмут"), ("жал",), ("жат",)),
    ("учесть", ("учтет", "учтут"), ("учел", "учла", "учло", "учли"), ("учтен",)),
    ("воевать", ("воюет", "воюют"), ("воевал",), ("воеван",)),
)
_PREFIXES = frozenset({
    "по", "под", "подо", "над", "на", "за", "из", "ис", "от", "ото", "об", "обо", "о", "до", "при", "пере", "пре",
    "про", "пр", "предпр", "раз", "рас", "с", "со", "у", "в", "во", "вы", "вз", "вс", "воз", "вос", "изо", "не",
    "недо", "пред", "",
})  # fmt: skip
"""What may stand before an irregular ending: `ожидать` is no kin of `дать`."""
_SOFTER = (
    ("ст", ("щ",)), ("зд", ("зж",)), ("т", ("ч", "щ")), ("д", ("ж", "жд")), ("с", ("ш",)), ("з", ("ж",)),
    ("б", ("бл",)), ("п", ("пл",)), ("в", ("вл",)), ("м", ("мл",)), ("ф", ("фл",)),
)  # fmt: skip


def verb(word: str) -> list[str]:
    """The forms of a verb that news uses; `*` ends one that stands for all forms of a participle."""
    base, back = word, False
    if word.endswith(("ся", "сь")):
        base, back = word[:-2], True
    present, past, passive = _parts(base)
    forms = [base, *present]
    whole_past = (
        [one for stem in past for one in ((stem, stem + "а", stem + "о", stem + "и"))] if len(past) == 1 else [*past]
    )
    forms += whole_past
    active = [f"{stem.removesuffix('л')}вш*" for stem in past[:1] if stem.endswith("л")]
    active += ["шедш*"] if base == "идти" else [base[:-3] + "шедш*"] if base.endswith("йти") else []
    plural = next((one for one in present if one.endswith("т") and one[-2:] in ("ют", "ут", "ят", "ат")), "")
    if plural:
        active.append(plural[:-1] + "щ*")
    gerunds = [stem[:-1] + "в" for stem in past[:1] if stem.endswith("л")]
    if back:
        whole = [_reflexive(form) for form in forms]
        gerunds = [gerund + "шись" for gerund in gerunds]
        return [*dict.fromkeys((*whole, *active, *gerunds))]
    if base.endswith(("ать", "ять")):  # an imperfective: by itself it makes a passive
        forms += [_reflexive(form) for form in (*present, *whole_past, base)]
        if plural.endswith(("ают", "яют", "уют", "юют")):
            forms.append(plural[:-2] + "ем*")
            gerunds.append(plural[:-2] + "я")
    for stem in passive:
        forms += [stem, stem + "а", stem + "о", stem + "ы"]
        forms.append(stem + ("*" if stem.endswith("ем") else "н*" if stem.endswith("н") else "*"))
    return [*dict.fromkeys((*forms, *active, *gerunds))]


def _reflexive(form: str) -> str:
    return form + ("сь" if form[-1] in _VOWELS else "ся")


def _parts(base: str) -> tuple[list[str], list[str], list[str]]:  # noqa: PLR0911 (a return a paradigm)
    """The present (or future) in the third person, the past stem, and the stems of the passive participle."""
    kin = (one for one in _IRREGULAR if base.endswith(one[0]) and base[: -len(one[0])] in _PREFIXES)
    known = max(kin, key=lambda one: len(one[0]), default=None)
    if known is not None:
        before = base[: -len(known[0])]
        return (
            [before + one for one in known[1]],
            [before + one for one in known[2]],
            [before + one for one in known[3]],
        )
    stem, rest = base[:-3], base[-3:]
    if base.endswith(("овать", "евать")) and len(base) > 6:
        u = "у" if base[-5] == "о" or base[-6] in HUSH + "ц" else "ю"
        present = [base[:-5] + u + "ет", base[:-5] + u + "ют"]
        if base[-5] == "е":
            present += [base[:-2] + "ет", base[:-2] + "ют"]  # отзывать-like: успевать
        return present, [base[:-2] + "л"], [base[:-2] + "н"]
    if rest in ("ать", "ять"):
        vowel = rest[0]
        return [stem + vowel + "ет", stem + vowel + "ют"], [stem + vowel + "л"], [stem + vowel + "н"]
    if rest == "ить":
        many = stem + ("ат" if stem[-1:] in HUSH else "ят")
        return [stem + "ит", many], [stem + "ил"], [one + "ен" for one in _softer(stem)]
    if rest == "уть":
        root = stem.removesuffix("н")
        return [stem + "ет", stem + "ут"], [stem + "ул"], [root + "нут"]
    if rest == "еть":
        return [stem + "еет", stem + "еют", stem + "ит", stem + "ят"], [stem + "ел"], [stem + "ен"]
    if rest == "оть":
        return [stem + "ет", stem + "ют"], [stem + "ол"], [stem + "от"]
    if base.endswith("чь"):
        return [base[:-2] + "чет", base[:-2] + "кут"], [base[:-2] + "к"], [base[:-2] + "чен"]
    return [base[:-2] + "ет", base[:-2] + "ут"], [base[:-2] + "л"], []


def _softer(stem: str) -> list[str]:
    for ending, soft in _SOFTER:
        if stem.endswith(ending):
            return [stem[: -len(ending)] + one for one in soft]
    return [stem]
