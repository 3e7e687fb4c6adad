"""The forms of words and phrases in French: conjugations, plurals, feminines.

Accents are dropped on both sides of every comparison, so that è and é need no care here. A verb is known by its ending
(-er, -ir) or as one of the irregular models; a word in -re is a verb only if a model says so ("ministre").
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from monitor.model import Language

FORMS_LIMIT = 64
"""The most forms of one word or phrase."""

INFINITIVE, PRESENT, PAST, FUTURE, CONDITIONAL, PARTICIPLE, GERUND = (1 << bit for bit in range(7))
FINITE = PRESENT | PAST | FUTURE | CONDITIONAL


class Model(NamedTuple):
    """How an irregular verb goes: he, they, the stem of "nous", of the future, the participle, simple past."""

    he: str
    they: str
    stem: str
    future: str
    done: str
    once: str


def _of_re(he: str, stem: str, done: str, once: str, future: str) -> Model:
    return Model(he, f"{stem}ent", stem, future, done, once)


_MODELS = {
    "tenir": Model("tient", "tiennent", "ten", "tiendr", "tenu", "tint"),
    "venir": Model("vient", "viennent", "ven", "viendr", "venu", "vint"),
    "partir": Model("part", "partent", "part", "partir", "parti", "partit"),
    "sortir": Model("sort", "sortent", "sort", "sortir", "sorti", "sortit"),
    "servir": Model("sert", "servent", "serv", "servir", "servi", "servit"),
    "mentir": Model("ment", "mentent", "ment", "mentir", "menti", "mentit"),
    "sentir": Model("sent", "sentent", "sent", "sentir", "senti", "sentit"),
    "ouvrir": Model("ouvre", "ouvrent", "ouvr", "ouvrir", "ouvert", "ouvrit"),
    "couvrir": Model("couvre", "couvrent", "couvr", "couvrir", "couvert", "couvrit"),
    "offrir": Model("offre", "offrent", "offr", "offrir", "offert", "offrit"),
    "mourir": Model("meurt", "meurent", "mour", "mourr", "mort", "mourut"),
    "courir": Model("court", "courent", "cour", "courr", "couru", "courut"),
    "querir": Model("quiert", "quierent", "quer", "querr", "quis", "quit"),
    "prendre": Model("prend", "prennent", "pren", "prendr", "pris", "prit"),
    "mettre": Model("met", "mettent", "mett", "mettr", "mis", "mit"),
    "battre": Model("bat", "battent", "batt", "battr", "battu", "battit"),
    "endre": _of_re("end", "end", "endu", "endit", "endr"),
    "ondre": _of_re("ond", "ond", "ondu", "ondit", "ondr"),
    "erdre": _of_re("erd", "erd", "erdu", "erdit", "erdr"),
    "indre": _of_re("int", "ign", "int", "ignit", "indr"),
    "rompre": _of_re("rompt", "romp", "rompu", "rompit", "rompr"),
    "vaincre": _of_re("vainc", "vainqu", "vaincu", "vainquit", "vaincr"),
    "uire": _of_re("uit", "uis", "uit", "uisit", "uir"),
    "dire": _of_re("dit", "dis", "dit", "dit", "dir"),
    "ecrire": _of_re("ecrit", "ecriv", "ecrit", "ecrivit", "ecrir"),
    "crire": _of_re("crit", "criv", "crit", "crivit", "crir"),
    "lire": _of_re("lit", "lis", "lu", "lut", "lir"),
    "clure": _of_re("clut", "clu", "clu", "clut", "clur"),
    "suivre": _of_re("suit", "suiv", "suivi", "suivit", "suivr"),
    "vivre": _of_re("vit", "viv", "vecu", "vecut", "vivr"),
    "croire": Model("croit", "croient", "croy", "croir", "cru", "crut"),
    "connaitre": Model("connait", "connaissent", "connaiss", "connaitr", "connu", "connut"),
    "paraitre": Model("parait", "paraissent", "paraiss", "paraitr", "paru", "parut"),
    "naitre": Model("nait", "naissent", "naiss", "naitr", "ne", "naquit"),
    "faire": Model("fait", "font", "fais", "fer", "fait", "fit"),
    "traire": Model("trait", "traient", "tray", "trair", "trait", "trait"),
    "cevoir": Model("coit", "coivent", "cev", "cevr", "cu", "cut"),
    "prevoir": Model("prevoit", "prevoient", "prevoy", "prevoir", "prevu", "previt"),
    "voir": Model("voit", "voient", "voy", "verr", "vu", "vit"),
    "pouvoir": Model("peut", "peuvent", "pouv", "pourr", "pu", "put"),
    "vouloir": Model("veut", "veulent", "voul", "voudr", "voulu", "voulut"),
    "devoir": Model("doit", "doivent", "dev", "devr", "du", "dut"),
    "savoir": Model("sait", "savent", "sav", "saur", "su", "sut"),
    "avoir": Model("a", "ont", "av", "aur", "eu", "eut"),
    "etre": Model("est", "sont", "et", "ser", "ete", "fut"),
    "aller": Model("va", "vont", "all", "ir", "alle", "alla"),
    "envoyer": Model("envoie", "envoient", "envoy", "enverr", "envoye", "envoya"),
    "asseoir": Model("assied", "asseyent", "assey", "assier", "assis", "assit"),
}  # fmt: skip
_SUBJUNCTIVES = {
    "avoir": ("ait", "aient"), "etre": ("soit", "soient"), "faire": ("fasse", "fassent"), "aller": ("aille", "aillent"),
    "pouvoir": ("puisse", "puissent"), "tenir": ("tienne",), "venir": ("vienne",), "prendre": ("prenne",),
    "cevoir": ("coive",),
}  # fmt: skip
_MODEL = re.compile("(?:" + "|".join(sorted(_MODELS, key=len, reverse=True)) + ")$")
_NO_VERBS = frozenset(
    [
        "mer",
        "fer",
        "hiver",
        "cancer",
        "laser",
        "leader",
        "tanker",
        "container",
        "hacker",
        "bunker",
        "cher",
        "fier",
        "soir",
        "avenir",
        "desir",
        "plaisir",
        "loisir",
        "tir",
        "cuir",
        "zaire",
        "dictionnaire",
        "calendrier",
        "fevrier",
        "janvier",
        "nucleaire",
        "militaire",
        "amer",
        "air",
        "chantier",
        "ouvrier",
        "premier",
        "dernier",
        "conseiller",
        "etranger",
        "danger",
        "berger",
        "clerc",
        "revolver",
        "poker",
        "hier",
        "officier",
        "atelier",
        "fichier",
        "dossier",
        "courrier",
        "obusier",
        "particulier",
        "entier",
        "metier",
        "quartier",
        "routier",
        "financier",
        "immobilier",
        "emir",
        "martyr",
        "saphir",
        "menhir",
        "elixir",
        "gendre",
        "cendre",
        "ordre",
        "ancre",
        "septembre",
        "ombre",
        "flair",
        "eclair",
        "pair",
        "impair",
        "clair",
        "noir",
        "espoir",
        "pouvoir",
        "manoir",
        "territoire",
        "aller",
        "tender",
        "porter",
        "transfer",
        "boxer",
        "blazer",
        "leadership",
        "passager",
        "messager",
        "horloger",
        "verger",
        "foyer",
        "loyer",
        "plancher",
        "rocher",
        "clocher",
        "boucher",
        "archer",
        "cocher",
        "goujat",
        "avoir",
        "transponder",
        "reporter",
        "quaker",
        "supporter",
        "charter",
    ]
)
_IER_VERBS = re.compile(
    r"(?:fier|ncier|prier|publier|allier|rallier|plier|nier|edier|udier|ecier|ocier|ercier|arier|grier|trier|uplier|"
    r"concilier|envier|devier|copier|crier|ficier|vier|ecrier)$"
)
_IER_NOUNS = frozenset(
    [
        "banquier",
        "prisonnier",
        "cavalier",
        "officier",
        "policier",
        "pionnier",
        "fier",
        "janvier",
        "fevrier",
        "levier",
        "gravier",
        "ouvrier",
        "calendrier",
        "courrier",
        "dernier",
        "bouclier",
        "financier",
        "semencier",
        "foncier",
        "nourricier",
        "huissier",
        "epicier",
        "justicier",
        "jardinier",
    ]
)
_STILL = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "chez",
        "contre",
        "d",
        "de",
        "des",
        "du",
        "en",
        "entre",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "sans",
        "sur",
        "vers",
        "dans",
        "que",
        "qui",
        "s",
        "se",
        "n",
        "ne",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "un",
        "une",
        "ce",
        "cette",
        "ces",
    ]
)
_MARKS = re.compile(r"[-’']")
_AUX = frozenset({"travail", "bail", "vitrail", "corail"})
_IS_SAME = frozenset({"train", "pain", "main", "terrain", "gain", "bain", "grain", "fusain", "essaim", "airain"})


def plain(word: str) -> str:
    """A word in small letters without accents, its apostrophe straight."""
    small = unicodedata.normalize("NFD", word.lower().replace("’", "'").replace("œ", "oe"))
    return "".join(letter for letter in small if not unicodedata.combining(letter))


def is_verb(word: str) -> bool:
    """Whether a word is an infinitive."""
    if len(word) < 4 or word in _NO_VERBS:
        return False
    if word.endswith("ier"):
        return word not in _IER_NOUNS and _IER_VERBS.search(word) is not None
    return word.endswith(("er", "ir")) or (word.endswith(("re", "oir")) and _is_modelled(word))


def _is_modelled(word: str) -> bool:
    found = _MODEL.search(word)
    return found is not None and not word.endswith(("taire", "aire")) | (word in ("gendre", "cendre", "moindre"))


def conjugated(verb: str) -> list[tuple[str, int]]:
    """The forms of a verb in the third person and the first plural, each with what it is. Accents are left out."""
    model, before = _model_of(verb)
    stem, future = before + model.stem, before + model.future
    past = stem + ("e" if stem.endswith("g") else "")
    found = [(verb, INFINITIVE), (before + model.he, PRESENT), (before + model.they, PRESENT), (f"{past}ons", PRESENT)]
    found += [(f"{past}ait", PAST), (f"{past}aient", PAST), (before + model.once, PAST)]
    found += [(f"{future}a", FUTURE), (f"{future}ont", FUTURE)]
    found += [(f"{future}ait", CONDITIONAL), (f"{future}aient", CONDITIONAL)]
    done = before + model.done if verb != "devoir" else ""  # "dû" without its accent is the commonest small word
    found += [
        (form, PARTICIPLE) for form in (done, f"{done}e", done if done.endswith("s") else f"{done}s", f"{done}es")
    ]
    found = [(form, kind) for form, kind in found if kind != PARTICIPLE or done]
    found.append((f"{past}ant", GERUND))
    once = before + model.once
    found.append(
        (
            f"{once[:-1]}{'rent' if once[-2:-1] in 'iuy' else 'erent'}" if once.endswith("t") else f"{once[:-1]}erent",
            PAST,
        )
    )
    ending = next((one for one in _SUBJUNCTIVES if verb.endswith(one)), "")
    found += [(verb[: len(verb) - len(ending)] + form, PRESENT) for form in _SUBJUNCTIVES.get(ending, ())]
    if not ending and not verb.endswith("er"):
        found.append((f"{(before + model.they)[:-3]}e", PRESENT))
    if verb.endswith(("eler", "eter")):  # appelle, jettera
        last = verb[-3]
        found += [
            (f"{verb[:-2]}{last}e", PRESENT),
            (f"{verb[:-2]}{last}ent", PRESENT),
            (f"{verb[:-2]}{last}era", FUTURE),
        ]
    return list(dict.fromkeys(found))


def _model_of(verb: str) -> tuple[Model, str]:
    found = _MODEL.search(verb)
    if found is not None and (not verb.endswith(("er", "ir")) or found[0] in verb):
        return _MODELS[found[0]], verb[: found.start()]
    if verb.endswith("er"):
        stem = verb[:-2]
        soft = f"{stem[:-1]}i" if stem.endswith("y") else stem
        once = f"{stem}ea" if stem.endswith("g") else f"{stem}a"
        return Model(f"{soft}e", f"{soft}ent", stem, f"{soft}er", f"{stem}e", once), ""
    stem = verb[:-1]
    return Model(f"{stem}t", f"{stem}ssent", f"{stem}ss", verb, stem, f"{stem}t"), ""


def forms_of(term_text: str, language: Language) -> tuple[tuple[str, ...], bool]:
    """All forms of a word or phrase, as written first. O(words)."""
    words = term_text.split()
    if not words:
        return (term_text,), False
    forms = _word(words[0], language) if len(words) == 1 else _phrase(words)
    return tuple(dict.fromkeys((term_text, *forms)))[:FORMS_LIMIT], False


def _word(word: str, language: Language) -> list[str]:
    small = plain(word)
    known = language.irregular.get(small)
    if known is not None:
        return [small, *known]
    if small.startswith("s'") and is_verb(small[2:]):
        return _reflexive(["se", small[2:]])
    if is_verb(small):
        return [form for form, _ in conjugated(small)]
    return _nominal(word)


def _nominal(word: str) -> list[str]:
    """A noun or adjective with its plural and, where its ending has one, its feminine."""
    small = plain(word)
    if word.isupper() or len(small) < 3 or not _MARKS.sub("", small).isalpha():
        return [small]
    whole = [small, _plural(small)]
    feminine = _feminine(small)
    if plain(word) != word.lower() and word.lower().endswith("é"):
        feminine = f"{small}e"
    if feminine:
        whole += [feminine, f"{feminine}s"]
    return whole


def _plural(small: str) -> str:
    if small.endswith(("s", "x", "z")):
        return small
    if small.endswith("al") and small not in ("naval", "final", "festival", "carnaval", "portail"):
        return f"{small[:-2]}aux"
    if small.endswith(("eau", "eu")) and small not in ("bleu", "pneu"):
        return f"{small}x"
    return f"{small[:-2]}ux" if small in _AUX else f"{small}s"


def _feminine(small: str) -> str:  # noqa: PLR0911 (a return an ending)
    if small in _IS_SAME:
        return ""
    if small.endswith(("ien", "een")):
        return f"{small}ne"
    if small.endswith(("ais", "ois", "ain", "al", "ant", "ent", "and", "ard", "ol", "oux", "an", "in", "atif")):
        if small.endswith("atif"):
            return f"{small[:-1]}ve"
        return f"{small}e" if not small.endswith("ment") else ""
    if small.endswith("if"):
        return f"{small[:-1]}ve"
    if small.endswith("eux"):
        return f"{small[:-1]}se"
    if small.endswith("el"):
        return f"{small}le"
    if small.endswith("teur"):
        return f"{small[:-4]}trice"
    if small.endswith("er"):
        return f"{small[:-1]}re"
    return f"{small[:-1]}que" if small.endswith("ec") else ""


def _phrase(words: Sequence[str]) -> list[str]:
    """A verb with what it governs; a noun with its adjectives, up to the first small word."""
    small = [plain(word) for word in words]
    if small[0] in ("se", "s'") and is_verb(small[1]):
        return _reflexive(small)
    if is_verb(small[0]) or small[0] in ("etre", "avoir"):
        rest = " ".join(small[1:])
        return [f"{form} {rest}" for form, _ in conjugated(small[0])]
    end = next((at for at, word in enumerate(small) if word in _STILL or word[:2] in ("d'", "l'")), len(small))
    if end == 0:
        return [" ".join(small)]
    rest = " ".join(small[end:])
    ways = [_nominal(word) for word in words[:end]]
    numbers = [[way[0], way[min(1, len(way) - 1)]] for way in ways]
    found = [" ".join(way[at] for way in numbers) for at in range(2)]
    if all(word.islower() for word in words[:end]):
        for at in range(2):  # "troupe coreenne", "frappes aeriennes": adjectives that the noun makes feminine
            after = (way[at + 2] if len(way) > at + 2 else numbers[one + 1][at] for one, way in enumerate(ways[1:]))
            found.append(" ".join([numbers[0][at], *after]))
    return [f"{one} {rest}".strip() for one in found]


def _reflexive(small: Sequence[str]) -> list[str]:
    """`se rendre`: "se rend", "s'est rendu", "se rendant"."""
    rest = "".join(f" {word}" for word in small[2:])
    verb = small[1]
    is_elided = verb[0] in "aeiouy" or verb[0] == "h"
    before = "s'" if is_elided else "se "
    found = []
    for form, kind in conjugated(verb):
        if kind & PARTICIPLE:
            found += [
                f"s'{aux} {form}{rest}" if aux[0] == "e" else f"se {aux} {form}{rest}"
                for aux in ("est", "sont", "serait", "etait")
            ]
        else:
            found.append(f"{before}{form}{rest}")
    return found
