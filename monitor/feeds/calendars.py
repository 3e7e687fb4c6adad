"""Names of months and words for zones, as feeds write them: tables for `dates`.

Months: Unicode CLDR's names and abbreviations, in the cases that dates use, folded. Zones: minutes east of UTC;
those that mean several zones stand by country (ISO 3166-1 alpha-2) and are none where the country is unknown.
"""

_NAMES: tuple[str, ...] = (
    (
        "january jan janvier janv januar enero ene gennaio gen janeiro января январь янв січня січень січ styczeń "
        "stycznia sty ocak oca januari ιανουαρίου ιαν"
    ),
    (
        "february feb février févr fév fevr februar febrero febbraio fevereiro fev февраля февраль фев февр лютого "
        "лютий лют luty lutego lut şubat şub februari φεβρουαρίου φεβ"
    ),
    (
        "march mar mars märz mär mrz marzo março марта март мар березня березень бер marzec marca mart maart mrt "
        "μαρτίου μαρ"
    ),
    (
        "april apr avril avr abril abr aprile апреля апрель апр квітня квітень кві квіт kwiecień kwietnia kwi nisan "
        "nis απριλίου απρ"
    ),
    "may mai mayo maggio mag maio мая май травня травень тра трав maj maja mayıs mei μαΐου μαι",
    (
        "june jun juin juni junio giugno giu junho июня июнь июн червня червень чер черв czerwiec czerwca cze haziran "
        "haz ιουνίου ιουν"
    ),
    (
        "july jul juillet juil juli julio luglio lug julho июля июль июл липня липень лип lipiec lipca lip temmuz tem "
        "ιουλίου ιουλ"
    ),
    (
        "august aug août aout agosto ago августа август авг серпня серпень сер серп sierpień sierpnia sie ağustos ağu "
        "augustus αυγούστου αυγ"
    ),
    (
        "september sep sept septembre septiembre set settembre setembro сентября сентябрь сен сент вересня вересень "
        "вер wrzesień września wrz eylül eyl σεπτεμβρίου σεπ"
    ),
    (
        "october oct octobre oktober okt octubre ottobre ott outubro out октября октябрь окт жовтня жовтень жов жовт "
        "październik października paź ekim eki οκτωβρίου οκτ"
    ),
    (
        "november nov novembre noviembre novembro ноября ноябрь ноя нояб листопада листопад лис лист listopad "
        "listopada lis kasım kas νοεμβρίου νοε"
    ),
    (
        "december dec décembre déc dezember dez diciembre dic dicembre dezembro декабря декабрь дек грудня грудень "
        "гру груд grudzień grudnia gru aralık ara δεκεμβρίου δεκ"
    ),
)

MONTHS: dict[str, int] = {word.casefold(): number for number, names in enumerate(_NAMES, 1) for word in names.split()}
"""A folded name or abbreviation -> 1 to 12."""

_H = 60
ZONES: dict[str, int] = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": _H,
    "CET": _H, "CEST": 2 * _H, "MEZ": _H, "MESZ": 2 * _H, "EET": 2 * _H, "EEST": 3 * _H, "SAST": 2 * _H,
    "MSK": 3 * _H, "MCK": 3 * _H, "МСК": 3 * _H, "MSD": 4 * _H, "TRT": 3 * _H, "EAT": 3 * _H, "IRST": 210, "IRDT": 270,
    "SAMT": 4 * _H, "AZT": 4 * _H, "AFT": 270, "PKT": 5 * _H, "UZT": 5 * _H, "YEKT": 5 * _H, "NPT": 345, "OMST": 6 * _H,
    "MMT": 390, "ICT": 7 * _H, "WIB": 7 * _H, "KRAT": 7 * _H, "NOVT": 7 * _H,
    "HKT": 8 * _H, "SGT": 8 * _H, "MYT": 8 * _H, "PHT": 8 * _H, "AWST": 8 * _H, "IRKT": 8 * _H, "WITA": 8 * _H,
    "KST": 9 * _H, "JST": 9 * _H, "WIT": 9 * _H, "YAKT": 9 * _H, "ACST": 570, "ACDT": 630,
    "AEST": 10 * _H, "AEDT": 11 * _H, "VLAT": 10 * _H, "NZST": 12 * _H, "NZDT": 13 * _H, "PETT": 12 * _H,
    "EST": -5 * _H, "EDT": -4 * _H, "CDT": -5 * _H, "MST": -7 * _H, "MDT": -6 * _H, "PST": -8 * _H, "PDT": -7 * _H,
    "AKST": -9 * _H, "AKDT": -8 * _H, "HST": -10 * _H, "ADT": -3 * _H, "BRT": -3 * _H, "ART": -3 * _H, "CLT": -4 * _H,
}  # fmt: skip
"""Minutes east of UTC. Letters other than Z are left out: RFC 2822 calls them unreliable."""

_CHINA = dict.fromkeys(("CN", "TW", "HK", "MO"), 8 * _H)
_CENTRAL = dict.fromkeys(("US", "CA", "MX", "GT", "HN", "SV", "NI", "CR"), -6 * _H)
_GULF = dict.fromkeys(("SA", "IQ", "KW", "BH", "QA", "YE"), 3 * _H)
ZONES_BY_COUNTRY: dict[str, dict[str, int]] = {
    "CST": {**_CHINA, **_CENTRAL, "CU": -5 * _H},
    "IST": {"IN": 330, "LK": 330, "IE": _H, "IL": 2 * _H},
    "BST": {"GB": _H, "UK": _H, "IM": _H, "JE": _H, "GG": _H, "BD": 6 * _H},
    "AST": {**_GULF, "CA": -4 * _H, "PR": -4 * _H, "US": -4 * _H, "BM": -4 * _H},
    "GST": {"AE": 4 * _H, "OM": 4 * _H, "GS": -2 * _H},
    "ECT": {"EC": -5 * _H},
}
