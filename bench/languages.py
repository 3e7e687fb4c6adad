"""What a character costs in each language, beside English: the shipped rules over the same made-up news in all seven.

The same report stands in every language, sentence by sentence: seven sentences in which nothing happens that a rule
asks for, to one in which something does, as in a newspaper. Nothing here happened.
"""

import gc
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from time import process_time

from monitor.model import Article, ArticleId, FeedId
from monitor.rules.compile import RuleSet
from monitor.rules.match import match
from monitor.text.tokens import read

_NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
_ARTICLES, _SENTENCES, _ROUNDS = 24, 24, 6
_TOLD_EVERY = 8
"""One sentence in so many tells of an event."""

_QUIET: Mapping[str, tuple[str, ...]] = {
    "en": (
        "The harvest was better than in any autumn since the bridge was built, farmers in the valley said.",
        "Buses will take the upper road until Saturday because the river has flooded the lower one.",
        "A museum in Germany opened a show of old maps, and visitors from Japan stood in line for an hour.",
        "The price of bread rose by four percent last month, less than the ministry of economy had expected.",
        "Two schools in the north of Poland stay closed, since the heating of both broke down on Monday.",
        "The orchestra played for three hours, and nobody left the hall before the last note.",
        "Fishermen complain that the new port in China leaves them no place for their boats.",
    ),
    "fr": (
        "La récolte a été meilleure que tout automne depuis que le pont existe, disent les paysans de la vallée.",
        "Les bus prendront la route du haut jusqu'à samedi parce que la rivière a inondé celle du bas.",
        "Un musée en Allemagne a ouvert une exposition de vieilles cartes, et des Japonais ont attendu une heure.",
        "Le prix du pain a augmenté de quatre pour cent le mois dernier, moins que ne l'attendait le ministère.",
        "Deux écoles du nord de la Pologne restent fermées, car leur chauffage est tombé en panne lundi.",
        "L'orchestre a joué pendant trois heures, et personne n'a quitté la salle avant la dernière note.",
        "Les pêcheurs se plaignent que le nouveau port en Chine ne laisse aucune place à leurs bateaux.",
    ),
    "ru": (
        "Урожай был лучше, чем в любую осень с тех пор, как построили мост, говорят крестьяне долины.",
        "До субботы автобусы пойдут по верхней дороге, потому что река затопила нижнюю.",
        "Музей в Германии открыл выставку старых карт, и гости из Японии стояли в очереди целый час.",
        "Цена хлеба выросла за месяц на четыре процента, меньше, чем ожидало министерство экономики.",
        "Две школы на севере Польши закрыты, так как в понедельник в обеих сломалось отопление.",
        "Оркестр играл три часа, и никто не вышел из зала до последней ноты.",
        "Рыбаки жалуются, что новый порт в Китае не оставил места для их лодок.",
    ),
    "uk": (
        "Урожай був кращий, ніж будь-якої осені відтоді, як збудували міст, кажуть селяни долини.",
        "До суботи автобуси їхатимуть верхньою дорогою, бо річка затопила нижню.",
        "Музей у Німеччині відкрив виставку старих мап, і гості з Японії стояли в черзі цілу годину.",
        "Ціна хліба зросла за місяць на чотири відсотки, менше, ніж очікувало міністерство економіки.",
        "Дві школи на півночі Польщі зачинені, бо в понеділок в обох зламалося опалення.",
        "Оркестр грав три години, і ніхто не вийшов із зали до останньої ноти.",
        "Рибалки скаржаться, що новий порт у Китаї не лишив місця для їхніх човнів.",
    ),
    "ko": (
        "다리를 놓은 뒤로 올해 가을 수확이 가장 좋았다고 골짜기 농민들은 말했다.",
        "강물이 아랫길을 덮쳐 버스는 토요일까지 윗길로 다닌다.",
        "독일의 한 박물관이 옛 지도 전시를 열었고 일본에서 온 관람객들은 한 시간 동안 줄을 섰다.",
        "지난달 빵값은 4퍼센트 올라 경제부의 예상보다 적게 올랐다.",
        "폴란드 북부의 학교 두 곳은 월요일에 난방이 고장 나 문을 닫았다.",
        "악단은 세 시간 동안 연주했고 마지막 음이 끝날 때까지 아무도 자리를 뜨지 않았다.",
        "어부들은 중국의 새 항구 때문에 배를 댈 곳이 없어졌다고 하소연한다.",
    ),
    "zh": (
        "山谷里的农民说，自从桥建成以来，今年秋天的收成最好。",
        "河水淹没了下面的路，公共汽车在星期六以前改走上面的路。",
        "德国一家博物馆举办旧地图展览，日本来的观众排了一个小时的队。",
        "上个月面包的价格上涨了百分之四，低于经济部的预期。",
        "波兰北部的两所学校仍然关着门，因为星期一暖气坏了。",
        "乐团演奏了三个小时，最后一个音符结束前没有人离席。",
        "渔民抱怨说，中国的新港口没有给他们的船留地方。",
    ),
    "ja": (
        "橋ができてから今年の秋がいちばんの豊作だったと、谷の農家は話している。",
        "川の水が下の道にあふれたため、バスは土曜日まで上の道を通る。",
        "ドイツの博物館が古い地図の展覧会を開き、日本から来た客は一時間並んだ。",
        "先月のパンの値段は四パーセント上がったが、経済省の予想より小さかった。",
        "ポーランド北部の二つの学校は、月曜日に暖房が壊れたため閉まったままだ。",
        "楽団は三時間演奏し、最後の音が消えるまで誰も席を立たなかった。",
        "漁師たちは、中国の新しい港に船を置く場所がないとこぼしている。",
    ),
}
_TOLD: Mapping[str, tuple[str, ...]] = {
    "en": (
        "South Korea's spy agency said that North Korea has sent 3,000 soldiers to Russia.",
        "The European Union imposed sanctions on two Belarusian banks.",
        "Iran and Venezuela signed an agreement on oil in Caracas.",
    ),
    "fr": (
        "Les services sud-coréens ont déclaré que la Corée du Nord avait envoyé 3 000 soldats en Russie.",
        "L'Union européenne a imposé des sanctions contre deux banques biélorusses.",
        "L'Iran et le Venezuela ont signé à Caracas un accord sur le pétrole.",
    ),
    "ru": (
        "Разведка Южной Кореи сообщила, что Северная Корея отправила в Россию 3000 солдат.",
        "Европейский союз ввел санкции против двух белорусских банков.",
        "Иран и Венесуэла подписали в Каракасе соглашение о нефти.",
    ),
    "uk": (
        "Розвідка Південної Кореї повідомила, що Північна Корея відправила до Росії 3000 солдатів.",
        "Європейський Союз запровадив санкції проти двох білоруських банків.",
        "Іран і Венесуела підписали в Каракасі угоду про нафту.",
    ),
    "ko": (
        "한국 국가정보원은 북한이 러시아에 병력 3천명을 파병했다고 밝혔다.",
        "유럽연합은 벨라루스의 은행 두 곳에 제재를 부과했다.",
        "이란과 베네수엘라가 카라카스에서 석유 협정에 서명했다.",
    ),
    "zh": (
        "韩国情报机构称，朝鲜向俄罗斯派遣了3000名士兵。",
        "欧盟对白俄罗斯的两家银行实施制裁。",
        "伊朗和委内瑞拉在加拉加斯签署石油协议。",
    ),
    "ja": (
        "韓国の情報機関は、北朝鮮がロシアに兵士3000人を派遣したと明らかにした。",
        "欧州連合はベラルーシの二つの銀行に制裁を科した。",
        "イランとベネズエラはカラカスで石油の協定に署名した。",
    ),
}
LANGUAGES = tuple(_QUIET)


def news(lang: str, seed: int) -> list[str]:
    """Articles in one language; those of another language for the same seed say the same, sentence by sentence."""
    chance = random.Random(seed)  # noqa: S311 (measured texts, not secrets)
    joint = "" if lang in ("zh", "ja") else " "
    return [
        joint.join(
            chance.choice(_QUIET[lang] if at % _TOLD_EVERY else _TOLD[lang]) for at in range(_SENTENCES)
        )
        for _ in range(_ARTICLES)
    ]  # fmt: skip


def costs(ruleset: RuleSet, seed: int) -> dict[str, dict[str, float]]:
    """By language: microseconds a character, that beside English, what a whole article costs beside English, and hits.

    Of each article the best of some rounds in processor time, the languages taking turns.
    """
    articles = {lang: [_article(lang, text) for text in news(lang, seed)] for lang in LANGUAGES}
    times = {lang: [float("inf")] * len(texts) for lang, texts in articles.items()}
    hits = {
        lang: sum(len(match(ruleset, read(one, ruleset.languages))) for one in texts)
        for lang, texts in articles.items()
    }
    gc.collect()
    gc.freeze()  # what stands already is no work of the matcher
    for _ in range(_ROUNDS):
        for at in range(_ARTICLES):
            for lang, texts in articles.items():
                began = process_time()
                match(ruleset, read(texts[at], ruleset.languages))
                times[lang][at] = min(times[lang][at], process_time() - began)
    letters = {lang: sum(len(one.text) for one in texts) for lang, texts in articles.items()}
    english = sum(times["en"]) / letters["en"]
    return {
        lang: {
            "us_a_character": round(1e6 * sum(times[lang]) / letters[lang], 3),
            "times_english": round(sum(times[lang]) / letters[lang] / english, 3),
            "times_english_for_the_same_news": round(sum(times[lang]) / sum(times["en"]), 3),
            "hits_an_article": round(hits[lang] / _ARTICLES, 2),
        }
        for lang in LANGUAGES
    }


def _article(lang: str, text: str) -> Article:
    return Article(
        id=ArticleId("a"), feed=FeedId("f"), url="https://news.example/a", title="", text=text, lang=lang,
        outlet="Example", published=_NOON, fetched_at=_NOON,
    )  # fmt: skip
