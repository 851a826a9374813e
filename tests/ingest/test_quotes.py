"""What a person said, in each form in which the reports write it, and what looks like it but is not."""

import pytest

from ingest.layout import Block, BlockKind
from ingest.quotes import quotations
from kb.text import Span

SAID = "Ik mis de gesprekken bij de koffie en de mensen om mij heen."


def _block(text, kind=BlockKind.TEXT):
    return Block(kind, text, (Span(0, len(text)),))


def _found(text, before="", kind=BlockKind.TEXT):
    return [
        (text[each.start : each.end], each.speaker, each.dialogue) for each in quotations(_block(text, kind), before)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"‘{SAID}’ (student, dialoog 3)", (SAID, "student", "dialoog 3"), id="single marks"),
        pytest.param(f"“{SAID}” (student, dialoog 3)", (SAID, "student", "dialoog 3"), id="double marks"),
        pytest.param(f"‘ {SAID} ’ (wethouder)", (SAID, "wethouder", None), id="white space inside the marks"),
        pytest.param(f"‘{SAID}’ dialoog 5", (SAID, None, "dialoog 5"), id="pull-quote"),
        pytest.param(f"“{SAID}” (Kim Bomer)", (SAID, "Kim Bomer", None), id="name"),
        pytest.param(f"“{SAID}” - Student, themadialoog zorg", (SAID, "Student", "themadialoog zorg"), id="dash"),
        pytest.param(f'"{SAID}" - Student, themadialoog zorg', (SAID, "Student", "themadialoog zorg"), id="straight"),
        pytest.param(
            "“Een ‘perfect storm’ die leidt tot ‘resets’.” (Marcel Vester)",
            ("Een ‘perfect storm’ die leidt tot ‘resets’.", "Marcel Vester", None),
            id="nested marks",
        ),
        pytest.param(
            "‘Ik zei: ‘niemand tussen wal en schip’ en dat is zo.’ (student, dialoog 4)",
            ("Ik zei: ‘niemand tussen wal en schip’ en dat is zo.", "student", "dialoog 4"),
            id="nested alike",
        ),
        pytest.param(
            "‘’s Avonds zijn z’n thema’s en collega’s weg.’ (student, dialoog 4)",
            ("’s Avonds zijn z’n thema’s en collega’s weg.", "student", "dialoog 4"),
            id="apostrophes",
        ),
        pytest.param(
            "‘Ik denk (en hoop) dat het kan (ooit).’ (student, dialoog 4)",
            ("Ik denk (en hoop) dat het kan (ooit).", "student", "dialoog 4"),
            id="brackets in the words",
        ),
        pytest.param(f"‘{SAID} (student, dialoog 3)", (SAID, "student", "dialoog 3"), id="no closing mark"),
        pytest.param(f"‘{SAID} (Burgemeester).", (SAID, "Burgemeester", None), id="no closing mark and only a role"),
        pytest.param(f"{SAID}” (wethouder)", (SAID, "wethouder", None), id="no opening mark"),
        pytest.param(f"‘{SAID}’ (student, dialoog 3", (SAID, "student", "dialoog 3"), id="no closing bracket"),
        pytest.param(f"‘{SAID}’ student, dialoog 3)", (SAID, "student", "dialoog 3"), id="no opening bracket"),
        pytest.param(
            f"‘{SAID} Manager zorg, dialoog 2)", (SAID, "Manager zorg", "dialoog 2"), id="neither mark nor bracket"
        ),
        pytest.param(
            "“Mensen kunnen meer”. Dat zien werkgevers ook.” (manager, dialoog 3)",
            ("Mensen kunnen meer”. Dat zien werkgevers ook.", "manager", "dialoog 3"),
            id="closed too early",
        ),
        pytest.param(f"‘{SAID}’", (SAID, None, None), id="without attribution"),
    ],
)
def test_a_block_that_is_a_quotation_is_read_without_its_marks(text, expected):
    assert _found(text) == [expected]
    assert [each.fills_block for each in quotations(_block(text), "")] == [True]


def test_the_speaker_may_be_named_in_the_block_before():
    before = "Zo vatte een van de burgemeesters die als host optrad de dialogen samen toen hij zei:"
    assert _found(f"‘{SAID}’", before) == [(SAID, "een van de burgemeesters die als host optrad", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"Renske Gilissen: “{SAID}”", (SAID, "Renske Gilissen", None), id="a name says"),
        pytest.param(f"Liesbeth van de Grift: ‘{SAID}’", (SAID, "Liesbeth van de Grift", None), id="with particles"),
        pytest.param(f"Rijksoverheid: ‘{SAID}’", (SAID, None, None), id="who is addressed does not say"),
        pytest.param(f"Provincies en gemeenten: ‘{SAID}’", (SAID, None, None), id="groups do not say"),
        pytest.param(f"Jan Jansen: “{SAID[:-1]}”.", (SAID[:-1], "Jan Jansen", None), id="full stop outside"),
    ],
)
def test_a_bullet_with_a_label_is_said_by_a_person_only(text, expected):
    assert _found(text, kind=BlockKind.BULLET) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "De wethouder zei: ‘wij willen met alle inwoners van de stad in gesprek’ en zo ging het.",
            [("wij willen met alle inwoners van de stad in gesprek", None, None)],
            id="a verb of saying",
        ),
        pytest.param(
            "“Om echt stappen te zetten is verbinding nodig tussen beleid en uitvoering”. Met die uitspraak van een "
            "deelnemer opende de werkplaats.",
            [("Om echt stappen te zetten is verbinding nodig tussen beleid en uitvoering", "een deelnemer", None)],
            id="attributed after it",
        ),
        pytest.param(
            "Het is wat deelnemers formuleerden als: ‘onderschat niet waartoe de samenleving zelf in staat is’.",
            [("onderschat niet waartoe de samenleving zelf in staat is", "deelnemers", None)],
            id="attributed before it",
        ),
        pytest.param(
            "Zij zeiden: ‘wij zien elkaar al een heel jaar niet meer’ of ‘ik ben er nu echt helemaal klaar mee’.",
            [
                ("wij zien elkaar al een heel jaar niet meer", None, None),
                ("ik ben er nu echt helemaal klaar mee", None, None),
            ],
            id="two in a row",
        ),
    ],
)
def test_speech_in_running_text_is_a_quotation(text, expected):
    assert _found(text) == expected
    assert not any(each.fills_block for each in quotations(_block(text), ""))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        pytest.param(
            "Wat deze tijd de ‘nieuwe ongelijkheden’ noemt, is niet nieuw voor de mensen hier.", "", id="a term"
        ),
        pytest.param("Het thema ‘samen leven’ kwam terug in alle gesprekken.", "", id="a theme"),
        pytest.param(
            "De slogan is ‘Alleen samen krijgen wij corona onder controle in dit mooie land’ gebleven.",
            "",
            id="a slogan",
        ),
        pytest.param("Zij zeiden: ‘rust’ en meer niet.", "", id="a word after a verb of saying"),
        pytest.param(
            "‘Hoe kunnen we de leefomgeving prettig maken voor iedereen?’",
            "Dit was de vraag waar energie op zit:",
            id="the question of the group",
        ),
        pytest.param(
            "Aan de slag met deze vraag: ‘Wat kan het wij-gevoel zijn dat ons over groepen heen verbindt?’ Dat is "
            "het begin.",
            "",
            id="a question in running text",
        ),
        pytest.param("Zij willen meer groen (en minder steen).", "", id="no marks at all"),
        pytest.param(
            "‘Denk aan elkaar, kijk om naar elkaar’, dat zou je als boodschap kunnen verspreiden.",
            "",
            id="a message at the start of a paragraph",
        ),
    ],
)
def test_what_is_not_said_by_a_person_is_no_quotation(text, before):
    assert _found(text, before) == []


def test_a_heading_holds_no_quotation():
    assert _found(f"‘{SAID}’ (student, dialoog 3)", kind=BlockKind.HEADING) == []


@pytest.mark.parametrize(
    "text",
    [
        "‘’",
        "‘ ’ (student, dialoog 3)",
        "“ ” - Student, dialoog 4",
        "’ (student, dialoog 3)",
        '" (student, dialoog 3)',
        "‘…’",
    ],
)
def test_marks_around_nothing_are_no_quotation(text):
    assert _found(text) == []


def test_a_label_with_marks_around_nothing_is_no_quotation():
    assert _found("Jan Jansen: “”", kind=BlockKind.BULLET) == []


# What is hard about it | lines | speaker | dialogue | first words … last words of the quotation.
REPORTS = """
role and dialogue | 877-879 | opleidingsadviseur | dialoog 1 | Ik vind het onmenselijk … dichtgegooid mag worden.
commas in the role | 899-902 | gepensioneerd, oud-docent VO, schrijver en theatermaker | dialoog 4 | Mensen kijken …
over a page break | 1010-1017 | - | dialoog 6 | Sociale verbinding is … sociale contacten aan te gaan..
over a page break in mid-sentence | 3703-3708 | leidinggevende adviesbureau | dialoog 1 | Het is mijn … samenwerken.
only a dialogue, on its own line | 1927-1928 | - | dialoog 2 | De Rijksoverheid zou … lange termijn beleid.
only a role | 1306-1307 | wethouder | - | Ik hoop dat we … lekker in je vel zitten.
top of a page | 1774-1777 | wethouder | - | Alles wat van dichtbij … voor dichtbij en lokaal
only a role, no space | 2648-2651 | wethouder | - | Mijn moeder is 74 … een hard gelag.
pull-quote of geluk | 742-747 | - | dialoog 5 | De vrijheid om zelf … en een knuffel geef.
pull-quote of gezondheid | 1174-1181 | personal trainer | dialoog 4 | Sinds sportscholen … leeg te maken.
pull-quote of natuur | 1628-1632 | schooloprichter | dialoog 1 | Ik zou graag het … een beter klimaat.
pull-quote of onderwijs | 2101-2108 | - | dialoog 2 | Mijn wens is dat … de wereld mooier.
pull-quote of samen leven | 2521-2528 | Gepensioneerde | dialoog 5 | Ik verlang naar … heel krachtig.
pull-quote of welvaart | 2988-2991 | schooloprichter | dialoog 1 | We hebben niks … boven hun hoofd hebben.
pull-quote of wonen | 3366-3372 | communicatie-adviseur | dialoog 4 | Ik heb het idee … De mens heeft groen nodig.
1949 is not closed | 1949-1952 | provinciehoofd bij Staatsbosbeheer | dialoog 3 | De regels voor …
2350 is not closed | 2350-2351 | student | dialoog 6 | Muziekscholen zijn … plekken waar we leren?
2706 is not closed | 2700-2706 | Burgemeester | - | Ik heb voor een … aandacht en luisteren.
3128 is not closed, no bracket | 3125-3128 | Innovatiemanager hoger onderwijs | dialoog 2 | Normaal … door te pakken.
2247 is not opened | 2247-2249 | wethouder | - | Wij organiseren vaak … thema’s in onze stad.
2243 is closed twice | 2243-2244 | manager | dialoog 3 | Mensen lijken meer te kunnen dan ze denken”. … leuk.
1424 has no closing bracket | 1422-1424 | horecaondernemer | dialoog 5 | Vooral omdat het … En dat kan nu niet...
1968 has no opening bracket | 1967-1968 | coördinator duurzaamheidscentrum | dialoog 2 | Er leven al … een kompas.
2241 has no opening bracket | 2238-2241 | student Health Care Management | dialoog 2 | Digitaal … is vergroot.
a blank line inside | 1482-1487 | - | dialoog 5 | Samen eten zorgt … en elkaar te ontmoeten.
another blank line inside | 2837-2841 | student | dialoog 3 | Er is meer … krijgen op de overheid.
a name and a blank line inside | 6716-6722 | Renske Gilissen | - | De Coronacrisis heeft … durven vertellen.
before a page break | 3135-3136 | burgemeester | - | Werk en carrière … omdat de kinderen thuis zijn
touches the one before | 3137-3140 | bestuursassistent | dialoog 4 | Ik heb in november … altijd gewoon door kan gaan.
before another page break | 3637-3639 | gepensioneerd | dialoog 2 | Mijn droom gaat … woningbouw realiseren.
touches it too | 3640-3640 | student | dialoog 4 | Iedereen een goede … Dat is mijn droom.
ends where a box begins | 1119-1120 | student Pedagogiek | dialoog 6 | Ik vind het heel … bewust mee om te gaan..
ends where another box begins | 1570-1571 | administratief medewerker | dialoog 6 | Wel bijzonder … mee mocht doen.
capital D | 1996-1999 | PR/communicatie-specialist | Dialoog 4 | Door de samenwerking …
a group | 2806-2807 | groepsgesprek | dialoog 1 | Inwoners kunnen zelf … speelt en nodig is.
a small group | 3208-3209 | subgroepje | dialoog 1 | Sociale ondernemers … na corona.
role over lines | 1354-1358 | toezichthouder en handhaver in de kinderopvang | dialoog 2 | Ik heb … corona crisis.
a name, nested marks | 3947-3947 | Marcel Vester | - | Een ‘perfect storm’ … mooie ‘resets’.
a name with a hyphen | 3951-3952 | Regina Bouius-Riemersma | - | Doorzettingskracht … sterke planten worden.
a name on its own line | 4455-4456 | Peter van Dijken | - | De riolering heeft … dat wens ik ons toe.
a name over two lines | 4465-4465 | Maurice Hoogeveen | - | Meer geluk en … daartoe leiden.
closing round | 5951-5952 | Nikol Hopman | - | Investeer in vertrouwen … te hebben en te houden.
closing round, name with particles | 5970-5972 | Liesbeth van de Grift | - | Meer politiek …
said to the Rijksoverheid | 5163-5166 | - | - | Kijk of je het … om te gaan met de ruimte.
said to officials | 5168-5175 | - | - | ga als mens … mobiliseer je die energie.
said to provinces | 5182-5185 | - | - | Wat kunnen jullie … belangrijke rol spelen.
said to organisations with a comma | 5187-5189 | - | - | Neem initiatief … kijk breed!
said to citizens | 5191-5192 | - | - | Laat je horen … voor jezelf en anderen.
closing reaction | 4307-4309 | - | - | Proeft naar meer: grote … mogelijke samenwerking.
reaction without full stop | 4833-4833 | - | - | Een fijne uitwisseling … ideeën en netwerk
introduced before | 3789-3794 | Een ambtenaar uit een grote stad | - | Het is zo veel … waar je elkaar kan treffen.
at the end of a report | 3857-3861 | een van de burgemeesters die als host optrad | - | Ik verlaat … Heel waardevol!
attributed after | 4203-4203 | een deelnemer uit de verdiepingstafel rond inclusiviteit | - | Om echt … en uitvoering
in a sentence | 5343-5344 | deelnemers | - | onderschat niet … vanzelf gebeurt
"""


def _row(line):
    what, lines, speaker, dialogue, text = (cell.strip() for cell in line.split(" | "))
    first, last = lines.split("-")
    by = tuple(None if cell == "-" else cell for cell in (speaker, dialogue))
    return pytest.param((int(first), int(last)), by, [words.strip() for words in text.split("…")], id=what)


@pytest.mark.parametrize(("lines", "by", "text"), [_row(line) for line in REPORTS.strip().splitlines()])
def test_a_quotation_of_the_reports_is_read(verslagen, lines, by, text):
    quote = verslagen.quote(lines[0])
    assert (quote.speaker, quote.dialogue) == by
    assert quote.text.startswith(text[0])
    assert quote.text.endswith(text[1])
    assert verslagen.last_line(quote) == lines[1]


PERSPECTIEF = [
    pytest.param(122, "Schrijver en coach", "themadialoog samen leven", id="slanted"),
    pytest.param(154, "Meerdere deelnemers", "themadialoog samen leven", id="straight marks, no comma"),
    pytest.param(166, "Toezichhouder en handhaver in de kinderopvang", "themadialoog gezondheid", id="straight marks"),
    pytest.param(176, "Zorgondernemer", "themadialoog geluk en ontspanning", id="cuts a sentence"),
    pytest.param(220, None, None, id="bold in running text"),
    pytest.param(224, "Horecaondernemer", "verkenningsdialoog", id="an exploratory dialogue"),
    pytest.param(264, "Oudere in verpleeghuis", "verkenningdialoog", id="an exploratory dialogue, misspelt"),
    pytest.param(356, "Toezichhouder en handhaver in de kinderopvang", "themadialoog gezondheid", id="the same again"),
    pytest.param(420, "Gepensioneerde", "themadialoog wonen", id="star before the dash"),
    pytest.param(422, "Wethouder", "themadialoog samen leven", id="star before the dash again"),
    pytest.param(432, "Student", "themadialoog wonen & verkeer", id="star before the dash, straight apostrophes"),
    pytest.param(438, "Zzp'er bewonersparticipatie", "themadialoog wonen & verkeer", id="apostrophe in the role"),
    pytest.param(491, "Werkzoekende/vrijwilliger", "themadialoog samen leven", id="slash in the role"),
    pytest.param(505, "Meerdere deelnemers", "themadialoog geluk & ontspanning", id="a group"),
    pytest.param(571, "Administratief medewerker", "themadialoog wonen & verkeer", id="attribution on the next line"),
]


@pytest.mark.parametrize(("line", "speaker", "dialogue"), PERSPECTIEF)
def test_a_quotation_of_the_perspectief_is_read(perspectief, line, speaker, dialogue):
    quote = perspectief.quote(line)
    assert (quote.speaker, quote.dialogue) == (speaker, dialogue)
    assert quote.text[0] not in '*“"‘'
    assert quote.text[-1] not in '*”"’'


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(839, 841, id="what people answer to a question"),
        pytest.param(1058, 1063, id="a message to spread"),
        pytest.param(2576, 2582, id="a theme"),
        pytest.param(4210, 4213, id="a question of the group in running text"),
        pytest.param(4972, 4974, id="a question of the group by itself"),
        pytest.param(4556, 4567, id="a term in a heading"),
        pytest.param(5041, 5042, id="a saying"),
    ],
)
def test_marks_around_what_nobody_said_make_no_quotation_of_the_reports(verslagen, first, last):
    assert "‘" in verslagen.parsed.text[verslagen.starts[first - 1] : verslagen.starts[last]]
    assert verslagen.quotes(first, last) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(228, 228, id="advice of a planning office"),
        pytest.param(468, 468, id="the slogan of the campaign"),
        pytest.param(676, 677, id="a motto"),
    ],
)
def test_marks_around_what_nobody_said_make_no_quotation_of_the_perspectief(perspectief, first, last):
    assert perspectief.quotes(first, last) == []


def test_every_line_of_the_reports_that_ends_in_an_attribution_belongs_to_a_quotation(verslagen):
    """Each line that names a role and a dialogue closes a passage that holds a quotation."""
    rows = verslagen.parsed.text.split("\n")
    lines = [
        number
        for number, row in enumerate(rows, 1)
        if row.rstrip(" .)").endswith(tuple(f"dialoog {n}" for n in range(1, 7)))
    ]
    quoted = {quote.passage_id for quote in verslagen.parsed.quotes}
    assert len(lines) > 150
    assert [line for line in lines if not any(passage.id in quoted for passage in verslagen.passages(line, line))] == []


def test_no_quotation_keeps_a_piece_of_its_attribution(parsed):
    quotes = [quote for source in parsed.values() for quote in source.quotes]
    assert [quote.text for quote in quotes if quote.dialogue and quote.text.endswith((quote.dialogue, ")", "("))] == []
