"""The grammars, one file a language. A language without one is judged by order alone."""

from collections.abc import Mapping

from monitor.model import Language
from monitor.rules.grammars.chinese import judge as judge_chinese
from monitor.rules.grammars.english import judge as judge_english
from monitor.rules.grammars.french import judge as judge_french
from monitor.rules.grammars.japanese import judge as judge_japanese
from monitor.rules.grammars.judgement import Claim, Grammar, Judgement, Side
from monitor.rules.grammars.korean import judge as judge_korean
from monitor.rules.grammars.slavic import judge as judge_slavic
from monitor.rules.sentence import Core, Sentence

GRAMMARS: Mapping[str, Grammar] = {
    "en": judge_english,
    "fr": judge_french,
    "ru": judge_slavic,
    "uk": judge_slavic,
    "ja": judge_japanese,
    "ko": judge_korean,
    "zh": judge_chinese,
}


def judge(sentence: Sentence, core: Core, language: Language, *, is_reciprocal: bool) -> Judgement:
    """What the grammar of the sentence's language says of the act; nothing where we have none."""
    grammar = GRAMMARS.get(sentence.lang)
    if grammar is None:
        return Judgement()
    return grammar(sentence, core, language, is_reciprocal=is_reciprocal)


__all__ = ["GRAMMARS", "Claim", "Grammar", "Judgement", "Side", "judge"]
