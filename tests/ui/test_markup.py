"""What the page shows is escaped, tells where it stands, and leaves nothing to colour alone."""

import re

import pytest

from assistant.engine import ask
from assistant.export import Format
from assistant.markdown import escaped
from assistant.suggest import suggestions
from assistant.verify import verify
from kb.knowledge_base import KnowledgeBase
from kb.themes import themes
from kb.word_diff import Change
from ui import about_place, ask_place, quotes_place, texts, themes_place, verify_place
from ui.address import Address, Place, read_address
from ui.markup import diff, marked

SCRIPT = "<script>alert('x')</script>"
SAID = "Mijn droom is dat we met een light rail verbinding de plaatsen hier in de buurt beter met elkaar verbinden."


def asked(kb: KnowledgeBase, **values: str | list[str]) -> str:
    *_, last = ask_place.draw(kb, Address(Place.ASK).having(values))
    return last


def test_signs_that_mean_something_in_markdown_are_shown_as_they_are() -> None:
    assert escaped("*a* _b_ [c](d) # <e> `f`") == "\\*a\\* \\_b\\_ \\[c\\](d) \\# &lt;e&gt; \\`f\\`"


# --- addresses --------------------------------------------------------------------------------------------------------


def test_an_address_keeps_its_questions_and_its_language() -> None:
    read = read_address(Place.ASK, "?vraag=Wat+is+%26%3F&vraag=En+nu%3F&taal=en")
    assert read.all("vraag") == ["Wat is &?", "En nu?"]
    assert str(read) == "/?vraag=Wat+is+%26%3F&vraag=En+nu%3F&taal=en"
    assert str(read.at(Place.QUOTES, {"thema": "gezondheid"})) == "/citaten?taal=en&thema=gezondheid"
    assert str(read.having({"taal": None, "vraag": None})) == "/"


@pytest.mark.parametrize("given", ["x", "0", "-1", "²", "9" * 30, ""])
def test_a_page_that_cannot_be_is_the_first(given: str) -> None:
    assert read_address(Place.QUOTES, f"blz={given}").number("blz") == 1


def test_an_unknown_language_is_dutch() -> None:
    assert read_address(Place.ASK, "taal=xx").language == "nl"


# --- pieces -----------------------------------------------------------------------------------------------------------


def test_a_difference_is_told_in_words_too() -> None:
    shown = diff([Change("equal", "a"), Change("delete", "<b>"), Change("insert", "c")], "nl")
    assert shown.count("[weggelaten:") == shown.count("<del>") == 1
    assert shown.count("[toegevoegd:") == shown.count("<ins>") == 1
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["een"], "<mark>een</mark> &lt; twee drie"),
        (["< twee", "twee drie"], "een <mark>&lt; twee</mark><mark> drie</mark>"),
        (["vier", ""], "een &lt; twee drie"),
    ],
    ids=["one", "overlap", "not-there"],
)
def test_words_are_marked_where_they_stand(parts: list[str], expected: str) -> None:
    assert marked("een < twee drie", parts) == expected


def test_both_languages_have_the_same_texts() -> None:
    dutch, english = (texts._TEXTS[language] for language in ("nl", "en"))
    assert dutch.keys() == english.keys()
    assert all(re.findall(r"\{\w+\}", dutch[key]) == re.findall(r"\{\w+\}", english[key]) for key in dutch)


# --- Vraag ------------------------------------------------------------------------------------------------------------


def test_every_marker_leads_to_a_source(kb: KnowledgeBase) -> None:
    shown = asked(kb, vraag="Wat zeiden burgers over wonen?")
    leads = set(re.findall(r'href="#(bron-[\d-]+)"', shown))
    assert leads
    assert leads == set(re.findall(r'<li id="(bron-[\d-]+)"', shown))


def test_the_question_is_drawn_before_its_answer(kb: KnowledgeBase) -> None:
    drawn = list(ask_place.draw(kb, Address(Place.ASK, (("vraag", "Wat zeiden burgers over wonen?"),))))
    assert len(drawn) == 2
    assert "Wat zeiden burgers over wonen?" in drawn[0]
    assert 'data-step="begun"' in drawn[0]
    assert 'data-step=""' in drawn[-1]


def test_a_follow_up_tells_how_it_is_understood(kb: KnowledgeBase) -> None:
    shown = asked(kb, vraag=["Wat ging er mis in het onderwijs?", "En wat ging er juist goed?"])
    assert shown.count('class="turn"') == 2
    assert "Begrepen als:" in shown


def test_a_source_tells_where_its_quotation_stands_too(kb: KnowledgeBase) -> None:
    shown = asked(kb, vraag="Wie ging er roller skaten en kledingruilhandeltjes doen met vrienden?")
    assert "Wie zei dit nog meer?" in shown
    assert "Perspectief voor en door de samenleving" in shown
    assert "herschreven" in shown


def test_a_refusal_offers_questions_that_have_an_answer(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zeiden deelnemers over kernenergie?")
    shown = ask_place.answer_markup(kb, answer, 1, Address(Place.ASK))
    assert "niets gevonden" in shown
    assert re.search(r'<a href="/\?vraag=W[^"]+" data-here>W[^<]+\?</a>', shown)
    assert "bron-" not in shown


@pytest.mark.parametrize("question", [SCRIPT, f"wonen {SCRIPT}", '" onfocus="x', "", "x" * 3000, "{{x}} ${y}"])
def test_what_a_user_types_is_shown_as_text(kb: KnowledgeBase, question: str) -> None:
    shown = asked(kb, vraag=[question, question], thema=SCRIPT, taal="en")
    assert "<script" not in shown
    assert '" onfocus="' not in shown


def test_words_of_the_sources_stay_dutch_in_english(kb: KnowledgeBase) -> None:
    shown = asked(kb, vraag="What did citizens say about housing?", taal="en")
    assert 'class="dw" lang="en"' in shown
    assert '<blockquote lang="nl">' in shown
    assert "Open in source" in shown


# --- Citaten ----------------------------------------------------------------------------------------------------------


def test_facets_tell_their_counts(kb: KnowledgeBase) -> None:
    shown = quotes_place.draw(kb, Address(Place.QUOTES))
    assert re.search(r'<option value="studenten-en-scholieren">studenten-en-scholieren \(\d+\)</option>', shown)
    assert f"{len(kb.quotes)} citaten" in shown


def test_a_quotation_has_a_link_of_its_own_with_its_proof(kb: KnowledgeBase) -> None:
    quote = kb.quotes[0]
    shown = quotes_place.draw(kb, read_address(Place.QUOTES, f"id={quote.id}"))
    assert kb.sources[quote.source].sha256 in shown
    assert "Bewijs" in shown


@pytest.mark.parametrize("query", ["thema=ruimtevaart", "id=q-niets", f"sorteer={SCRIPT}", "groep=%3Cb%3E"])
def test_a_choice_that_does_not_exist_is_told(kb: KnowledgeBase, query: str) -> None:
    shown = quotes_place.draw(kb, read_address(Place.QUOTES, query))
    assert 'role="alert"' in shown
    assert "<script" not in shown


@pytest.mark.parametrize("form", list(Format))
def test_a_file_holds_all_that_was_found_and_not_one_page(kb: KnowledgeBase, form: Format) -> None:
    address = read_address(Place.QUOTES, "thema=gezondheid&blz=2")
    made = quotes_place.file(kb, address, form)
    assert len(set(re.findall(r"q-[0-9a-f]{12}", made))) >= 45


# --- Thema's ----------------------------------------------------------------------------------------------------------


def test_every_count_of_the_matrix_leads_to_as_many_points_and_quotations(kb: KnowledgeBase) -> None:
    theme = next(one for one in themes(kb) if one.slug == "gezondheid")
    for part, count in theme.parts.items():
        shown = themes_place.draw(kb, Address(Place.THEMES).having({"thema": theme.slug, "onderdeel": part}))
        quoted = {quote.passage_id for quote in kb.quotes if f'id="{quote.id}"' in shown}
        told = shown.count("<li><blockquote")
        assert told + len(quoted) == count


def test_a_theme_of_several_tracks_is_counted_for_each(kb: KnowledgeBase) -> None:
    whole = next(one for one in themes(kb) if one.slug == "samen-leven")
    each = {track: next(one for one in themes(kb, track) if one.slug == "samen-leven") for track in whole.tracks}
    assert len(each) > 1
    assert sum(one.quotes for one in each.values()) == whole.quotes
    assert sum(one.passages for one in each.values()) == whole.passages
    shown = themes_place.draw(kb, Address(Place.THEMES))
    for track, one in each.items():
        assert f">{one.passages}<" in shown.split(f"thema=samen-leven&amp;spoor={track}", 1)[1].split("</tr>")[0]


def test_the_table_beside_the_map_holds_every_quotation(kb: KnowledgeBase) -> None:
    shown = themes_place.draw(kb, Address(Place.THEMES))
    table = shown.split("De kaart als tabel")[1]
    assert all(f"/citaten?id={quote.id}" in table for quote in kb.quotes)
    assert shown.count("<title>") == len(kb.quotes)


def test_a_theme_that_does_not_exist_is_told(kb: KnowledgeBase) -> None:
    assert 'role="alert"' in themes_place.draw(kb, read_address(Place.THEMES, f"thema={SCRIPT}&onderdeel=x"))


# --- Citaat controleren -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "text", "speaker"), texts.VERIFY_EXAMPLES, ids=lambda value: str(value)[:12])
def test_each_example_gets_the_verdict_that_it_shows(
    kb: KnowledgeBase, kind: str, text: str, speaker: str | None
) -> None:
    shown = verify_place.draw(kb, Address(Place.VERIFY).having({"tekst": text, "spreker": speaker}))
    assert f"verdict-{kind}" in shown


def test_who_checks_a_rewritten_quotation_is_warned_and_shown_the_original(kb: KnowledgeBase) -> None:
    said = next(quote.text for quote in kb.quotes if quote.text.startswith("Corona bewijst"))
    shown = verify_place.draw(kb, Address(Place.VERIFY, (("tekst", said),)))
    assert "verdict-verbatim" in shown
    assert "Let op: deze versie is herschreven. Het origineel staat in: Rapportage themadialogen: natuur" in shown
    assert "<details open>" in shown


def test_a_changed_text_shows_what_was_changed_and_where_it_stands(kb: KnowledgeBase) -> None:
    shown = verify_place.draw(kb, Address(Place.VERIFY, (("tekst", SAID.replace("light rail", "snelle bus")),)))
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "/bronnen/" in shown


def test_a_text_that_is_not_found_gets_places_that_may_be_meant(kb: KnowledgeBase) -> None:
    verdict = verify(kb, "I dream of a light rail that connects our villages to one another.")
    shown = verify_place.verdict_markup(kb, verdict, suggestions(kb, verdict), Address(Place.VERIFY))
    assert "Bedoelt u misschien" in shown


@pytest.mark.parametrize("text", ["", "kort", "x" * 60_000, SCRIPT * 3])
def test_a_text_that_cannot_be_checked_is_answered_too(kb: KnowledgeBase, text: str) -> None:
    shown = verify_place.draw(kb, Address(Place.VERIFY, (("tekst", text),)))
    assert "<script" not in shown
    assert 'class="alert"' in shown or "verdict-not_found" in shown


# --- Over -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("nl", "geen steekproef"), ("en", "not a sample")])
def test_the_place_about_tells_what_it_is_not_and_which_version(kb: KnowledgeBase, language: str, words: str) -> None:
    shown = about_place.draw(kb, read_address(Place.ABOUT, f"taal={language}"))
    assert words in shown
    assert kb.state.fingerprint in shown
    assert shown.count("<h1>") == 1
