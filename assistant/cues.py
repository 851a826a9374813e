"""The words by which a question tells what it asks: tables to read and to extend, in Dutch and English.

They name ways of asking, never a subject.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.model import Part, Track

# Function words tell the language, and say nothing about the subject.
DUTCH = frozenset(
    "de het een en of van in op te dat die dit deze is zijn was waren wat wie waar hoe welke welk waarom wanneer er "
    "om aan met voor door over bij naar uit als maar ook niet geen wel nog al dan zo hun hen ze zij je jij u we wij ik "
    "mij heeft hebben had hadden werd werden wordt worden kan kunnen kon konden wil willen wilde wilden moet moeten "
    "zou zouden veel meer iets iemand alle hier daar toen nu tot onder tussen tegen na tijdens zonder hoeveel graag "
    "eens toch ervan erover ermee ervoor erbij daarvan daarover daarmee daarvoor daarbij hiervan hierover hiermee "
    "hiervoor waarover waarvan waarmee anders andere".split()
)
ENGLISH = frozenset(
    "the a an and or of in on to that this these is are was were what who where how which why when there for by about "
    "with at as but also not no did do does they them their you we i it its from any have has had say said than".split()
)
# Words with which people ask rather than name a subject.
ASKING = frozenset(
    "zeggen zei zeiden zegt gezegd vinden vond vonden vindt vertelden vertellen noemen noemden genoemd denken dachten "
    "mensen burgers deelnemers deelnemer dialoog dialogen gesprek gesprekken verslag verslagen rapport citaat citaten "
    "quote quotes uitspraak uitspraken geef noem laat zien zoek vraag gingen ging gaan gaat mis corona crisis "
    "coronacrisis coronatijd zien zagen ziet keken kijken rond rondom thema onderwerp stelden gaven mee tegenover "
    "vergeleken verschil verschillen verschilt zelfde hetzelfde lijn ertegenaan aanraadden accenten "
    "people citizens participants think thought dialogue dialogues report reports during something else differ "
    "quotation quotations give mention mentioned".split()
)
REFERS_BACK = re.compile(
    r"^(?:en|maar|of|and|but)\b|"
    r"\b(?:daar\w*|hiervan|hierover|ervan|erover|ervoor|dat|die|dit|deze|ze|zij|hij|hun|it|they|that|them|this|he|she)\b",
    re.IGNORECASE,
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """People whom a question asks about: one of the tracks, or a kind of people in any of them."""

    nl: str
    en: str
    cue: re.Pattern[str]
    track: Track | None = None


GROUPS = (
    Group(
        "burgers",
        "citizens",
        _words(r"(?:burgers?|inwoners?|bewoners?|citizens?|residents|gewone mensen|ordinary people|public)"),
        Track.BURGERS,
    ),
    Group(
        "maatschappelijke organisaties",
        "civil society",
        _words(
            r"middenveld|bedrijven|bedrijfsleven|middenstand|werkgevers|\w*organisaties?|organi[sz]ations?|vakbond\w*|"
            r"bonden|ngo\W?s?|\w*clubs|boswachters|verenigingen|koepels|civil society|companies|businesses"
        ),
        Track.MIDDENVELD,
    ),
    Group(
        "wetenschappers",
        "scientists",
        _words(
            r"wetenschap\w*|onderzoekers?|academ\w+|hoogler[ae]+r\w*|professor\w*|\w*deskundigen?|\w*experts?|"
            r"geleerden?|economen|sociolog\w+|historici|scientists?|researchers?|scholars?|economists|historians"
        ),
        Track.WETENSCHAP,
    ),
    Group(
        "de overheid",
        "government",
        _words(
            r"perspectief|kamerbrief|(?:kabinets|overheids|regerings)(?:rapport|stuk|document|brief|nota)|ollongren|vng|"
            r"volgens (?:het kabinet|de (?:rijks)?overheid|de minister)|(?:cabinet|government)(?:'s)? (?:paper|report)"
        ),
        Track.OVERHEID,
    ),
    Group("jongeren", "young people", _words(r"jong|jongeren?|jeugd|jonge mensen|young(?:er|sters)?|youth")),
    Group("ouderen", "older people", _words(r"oud|ouderen?|bejaarden?|senioren|oudjes|elderly|older|seniors|old")),
    Group("studenten", "students", _words(r"studenten?|students?")),
    Group("ouders", "parents", _words(r"ouders?|moeders?|vaders?|parents?")),
    Group("docenten", "teachers", _words(r"docent(?:en)?|lera(?:ar|ren)|leerkracht(?:en)?|juffen|teachers?")),
    Group("ondernemers", "entrepreneurs", _words(r"ondernemers?|winkeliers?|entrepreneurs?|shopkeepers?")),
    Group("werknemers", "employees", _words(r"werknemers?|employees?|personeel|staff")),
)
PARTS: Mapping[Part, re.Pattern[str]] = {
    Part.KNEL: _words(
        r"knel\w*|problemen|zorgen|misging|(?:ging|gaat) (?:er )?mis|slecht|klachten|lastig|worries|problems"
    ),
    Part.KIEM: _words(r"kiem\w*|positief|positieve|goed ging|voordelen|vasthouden|benefits|upsides"),
    Part.DROOM: _words(r"dro(?:om|men|omt)\w*|wens\w*|willen|wilden|verlang\w*|hopen|hoop|dreams?|wish\w*"),
    Part.STAP: _words(
        r"stap\w*|idee\w*|oplossing\w*|doen|initiatie\w*|maatregelen|voorstel\w*|stelden .* voor|ideas?|solutions?"
    ),
}
# Who is named after these words speaks; others in the question are what they speak about.
ACCORDING = re.compile(r"\b(?:volgens|according to)\b", re.IGNORECASE)
QUOTATION = _words(
    r"cita(?:at|ten)|quotes?|quotations?|uitspra(?:ak|ken)|letterlijk\w*|wie (?:zei|heeft gezegd|vergeleek|noemde)|"
    r"(?:precieze|exacte|eigen) (?:woorden|bewoordingen)|hoe luidde\w*|exact words|own words|who said|verbatim|"
    r"i can print|oproep|(?:zei|zegt) (?:een|de|het)|did (?:a|an|the) \w+ say"
)
# Such a question has one answer, however broad its subject.
COUNTING = _words(
    r"ho+e? ?ve+l|aantal|^wanneer|hoe vaak|hoe lang|percentage|how many|how much|how often|^when|number of"
)
# Who was at the table, and how many.
TABLE = _words(
    r"deelnemers|deelgenomen|(?:deden|deed|doen|praatten|spraken) (?:er )?(?:aan )?mee|mee(?:deden|doen|gedaan)|"
    r"aan tafel|hoe ?veel (?:gesprekken|dialogen|organisaties)|gastheren?|gastgemeenten?|took part|"
    r"participants|participated|how many (?:talks|dialogues|organi[sz]ations)|hosts?|hosted"
)
LISTING = _words(r"lijst\w*|opsomming|noem (?:alle|een paar|enkele|eens)|allemaal|list|enumerate|overzicht|overview")
# What asks for a fact or for quotations rather than for what was said about a theme.
NARROW = _words(r"hoeveel|wie|wanneer|waarom|cita\w+|quotes?|quotations?|uitspra\w+|how many|who|when|why")
# The units in which a figure is asked for, and how the sources write one.
UNITS = (
    (_words(r"procent|percentage|per ?cent"), re.compile(r"%|\b(?:procent|per ?cent)\b", re.IGNORECASE)),
    (
        _words(r"hoeveel (?:euro|geld|miljoen|miljard|kost\w*)|wat kost\w*|gekost|how much"),
        re.compile(r"€|\b(?:euro|miljoen|miljard)\b", re.IGNORECASE),
    ),
)
PHRASE = re.compile(r"[\"“‘']([^\"”’']{6,})[\"”’']")
NAME_OR_NUMBER = re.compile(r"(?<!^)(?<![.?!] )\b(?:[A-Z][\w-]{2,}|\d[\d.,]*)\b")
