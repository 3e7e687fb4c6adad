"""Which language a text in Latin letters is in, by the small words that stand in every sentence.

Two of these languages are read by rules (English, French); the others are here so that a text in one of them is not
taken for either.
"""

import re
from collections import Counter
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 120
"""Words that are looked at; a title has ten."""
_SURE = 3
"""Small words of one language that decide where a feed says nothing."""
_SURER = 4
"""Those that decide against what a feed says."""
_AHEAD = 1.4
"""How many times as many as of the next language."""
_STRANGER = 4
"""A feed is not believed where its own language has this many times fewer."""

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in is was for on that with as at by from are has have said it its his were be this "
        "will after not an over says but who their they he she about would which been had more than up new "
        "against us",
        "fr": "le la les des du de et en un une est pour dans que qui sur par avec au aux pas son ses sa ce cette "
        "plus à ne il elle se sont été ont après selon mais leur entre contre d l qu n s où deux être était",
        "es": "el la los las de del y en que un una es por para con se su sus al lo como más fue ha han pero este "
        "esta entre tras sobre según sin no dos ser está contra le también desde hasta",
        "pt": "o a os as de do da dos das e em que um uma é por para com se seu sua ao à não mais foi no na nos nas "
        "pelo pela são tem após entre como sobre está também segundo ser contra",
        "it": "il lo la i gli le di del della dei delle e in che un una è per con su da dal nel nella non si al "
        "alla più sono ha dopo tra ma anche come suo sua contro stato questo degli ai",
        "de": "der die das den dem des und in zu mit von auf für ist im ein eine einen nicht sich als auch an nach "
        "am bei aus es hat werden wird sind vor zum zur über wie um dass haben gegen einer eines",
        "nl": "de het een en van in is op te dat met voor zijn aan niet door er om als naar bij ook uit tot maar "
        "over heeft worden wordt tegen nog na hebben deze zich werd geen",
        "sv": "och att det som en på är av för med den till i inte har om ett de från var men efter vid kan ska mot "
        "sig under eller också säger",
        "da": "og at det som en på er af for med den til i ikke har om et de fra var men efter ved kan skal mod sig "
        "under eller også siger",
        "no": "og at det som en på er av for med den til i ikke har om et de fra var men etter ved kan skal mot seg "
        "under eller også sier",
        "fi": "ja on ei että se hän ovat oli mutta kun myös joka kuin jos niin sen ole mukaan jälkeen vain sekä hänen",
        "pl": "i w na z do nie się że to jest o po przez za od jak dla są oraz ale był była które który przed przy "
        "tym już ze także jego czy",
        "cs": "a v na se že je z do s o to pro za od jsou by podle jako ale po který které která při bude byl také "
        "nebo už jeho ve",
        "sk": "a v na sa že je z do s o to pre za od sú by podľa ako ale po ktorý ktoré ktorá pri bude bol tiež "
        "alebo už jeho vo",
        "ro": "și de în la a cu pe din să nu o care că pentru este mai au sunt fost după un al ale prin lui sau fi "
        "iar între către va",
        "hu": "a az és hogy nem egy is meg volt ez van szerint de csak mint már el még után között lesz lehet ami",
        "tr": "ve bir bu için ile de da olarak olan daha çok sonra gibi kadar ancak ise göre değil oldu olduğunu "
        "dedi ama her tarafından yeni eden",
        "id": "yang dan di dengan untuk pada ini dari itu dalam tidak akan juga ke telah oleh adalah sebagai atau "
        "karena kepada mereka ada bahwa tersebut",
        "vi": "và của là các có cho với không được những trong một người đã này để khi về tại từ ông",
        "sh": "je i u na da se za su od s koji koja koje ali kao nije što iz će bi biti do po nakon protiv ili",
    }.items()
}


def language_of_latin(sample: str, said: str) -> str:
    """The language of a text in Latin letters; what its feed says unless the words plainly say otherwise.

    O(words of the sample, at most a hundred and twenty).
    """
    words = Counter(word.lower() for word in _WORD.findall(sample, 0, 4_000)[:_SAMPLE])
    scores = {code: sum(words[word] for word in small if word in words) for code, small in SMALL_WORDS.items()}
    best = max(scores, key=lambda code: (scores[code], code == said))
    found = scores[best]
    if said:
        is_stranger = said in scores and scores[said] * _STRANGER <= found
        return best if found >= _SURER and is_stranger else said
    others = max(score for code, score in scores.items() if code != best)
    if found >= _SURE and found >= others * _AHEAD:
        return best
    return best if found >= _SURE and best != "en" and scores["en"] * _AHEAD < found else "en"
