"""A text gets the verdict that is true of it, however it was copied, cut or changed."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.sources import check_traceable
from assistant.verdict import Shortfall, Verdict, VerdictKind
from assistant.verify import verify
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Quote
from kb.text import render
from kb.wording import words_of

# The first is rewritten in the perspectief; the second is not repeated.
MARKETEER = "Positief aan corona is innovatie van de mens: ik ben gaan roller skaten"
RUST = "Alles was stil en rustig en ik dacht: en nu?"
STORM = "We zitten met zijn allen in dezelfde storm, maar niet in dezelfde boot"
GROEN = "Als er meer groen is, dan merk je al sneller een buurtgevoel, dan wanneer je in een stenen stad woont"


def quote_with(kb: KnowledgeBase, words: str, source: str = "") -> Quote:
    return next(quote for quote in kb.quotes if words in quote.text and quote.source.startswith(source))


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(STORM, "verbatim", id="a whole quotation"),
        pytest.param("Alles was stil en rustig en ik dacht: en nu?", "verbatim", id="a sentence of one"),
        pytest.param('"alles was stil en rustig en ik dacht; en nu"', "verbatim", id="other typography"),
        pytest.param("Alles was stil en rus-\ntig en ik dacht: en nu?", "verbatim", id="a word broken over a line"),
        pytest.param("We zitten met zijn allen in dezelfde storm", "trimmed", id="stops in mid-sentence"),
        pytest.param("Maar niet in dezelfde boot.", "trimmed", id="begins in mid-sentence"),
        pytest.param("We zitten (..) in dezelfde storm, […] niet in dezelfde boot", "trimmed", id="marked cuts"),
        pytest.param("… Alles was stil en rustig en ik dacht: en nu? …", "verbatim", id="dots around a sentence"),
        pytest.param("(..) Alles was stil en rustig en ik dacht: en nu?", "trimmed", id="a cut before a sentence"),
        pytest.param("We zitten allen in dezelfde storm, maar niet in dezelfde boot", "altered", id="cut without mark"),
        pytest.param("We zitten met zijn allen in dezelfde storm, maar in dezelfde boot", "altered", id="no niet"),
        pytest.param("We zitten met zijn allen in dezelfde crisis, maar niet in dezelfde boot", "altered", id="word"),
        pytest.param("We zitten met z’n allen in dezelfde storm, maar niet in dezelfde boot", "altered", id="form"),
        pytest.param(
            "niet in dezelfde boot (..) We zitten met zijn allen in dezelfde storm", "altered", id="another order"
        ),
        pytest.param(f"{STORM}. Alles was stil en rustig en ik dacht: en nu?", "altered", id="glued"),
        pytest.param("Het kabinet moet morgen elke sportclub een miljoen euro geven.", "not_found", id="invented"),
        pytest.param("Ik wil dat er een goede bibliotheek komt.", "not_found", id="only common words shared"),
        pytest.param("We are all in the same storm, but not in the same boat.", "not_found", id="translated"),
        pytest.param("In dezelfde storm zitten", "not_found", id="four words"),
        pytest.param("a b c d e", "not_found", id="eleven characters"),
    ],
)  # fmt: skip
def test_a_text_gets_the_verdict_that_is_true_of_it(kb: KnowledgeBase, text: str, kind: str) -> None:
    verdict = verify(kb, text)
    assert verdict.kind == kind
    assert (verdict.shortfall is Shortfall.TOO_SHORT) == (kind == "not_found" and len(text) < 26)


def test_every_quotation_is_verbatim_with_its_own_speaker(kb: KnowledgeBase) -> None:
    for quote in kb.quotes:
        verdict = verify(kb, quote.text, quote.speaker)
        if verdict.shortfall:
            assert len(quote.text.split()) < 5
            continue
        assert verdict.kind is VerdictKind.VERBATIM, quote.text
        assert verdict.speaker_matches is (None if quote.speaker is None else True)
        assert quote in [match.quote for match in verdict.matches]


def test_what_a_match_shows_stands_in_the_source(kb: KnowledgeBase) -> None:
    texts = [STORM, GROEN, "We zitten (..) in dezelfde boot", f"{STORM} {GROEN}", MARKETEER.replace("ik", "wij")]
    for match in (match for text in texts for match in verify(kb, text).matches):
        assert render(kb.text(match.source), match.spans) == match.text
        assert match.quote is None or match.quote.text.find(match.text) >= 0
        assert match.url == f"/bronnen/{match.source}?van={match.spans[0].start}&tot={match.spans[-1].end}#aangehaald"
        if match.quote:
            check_traceable(kb, match.quote)


def test_an_altered_text_shows_what_was_changed(kb: KnowledgeBase) -> None:
    (match,) = verify(kb, STORM.replace("niet ", "")).matches
    assert [(change.op, change.words) for change in match.diff if change.op != "equal"] == [("delete", "niet")]
    assert match.similarity == pytest.approx(24 / 25)


def test_pieces_of_several_places_show_each_place(kb: KnowledgeBase) -> None:
    verdict = verify(kb, f"{STORM}. {RUST}")
    assert len(verdict.matches) == 2
    assert {match.quote.text[:9] for match in verdict.matches if match.quote} == {"We zitten", "Ik heb ee"}


def test_two_quotations_that_follow_one_another_are_not_one(kb: KnowledgeBase) -> None:
    pairs = zip(kb.quotes, kb.quotes[1:], strict=False)
    places = kb.source_words.places
    one, other = next(pair for pair in pairs if places(pair[0]).stop == places(pair[1]).start)
    assert verify(kb, f"{one.text} {other.text}").kind is VerdictKind.ALTERED


@pytest.mark.parametrize(
    ("speaker", "kind", "matches"),
    [
        ("freelance marketeer", "verbatim", True), ("Freelance marketeer (dialoog 1)", "verbatim", True),
        ("de marketeer", "verbatim", True), ("student", "misattributed", False), ("", "verbatim", None),
        ("freelance marketeer, dialoog 2", "misattributed", False), (None, "verbatim", None),
    ],
)  # fmt: skip
def test_the_speaker_is_held_against_the_source(
    kb: KnowledgeBase, speaker: str | None, kind: str, matches: bool | None
) -> None:
    verdict = verify(kb, quote_with(kb, MARKETEER).text, speaker)
    assert (verdict.kind, verdict.speaker_matches) == (kind, matches)


def test_where_the_source_names_nobody_only_anybody_at_the_table_is_right(kb: KnowledgeBase) -> None:
    assert quote_with(kb, STORM).speaker is None
    assert verify(kb, STORM, "burgemeester").kind is VerdictKind.MISATTRIBUTED
    assert verify(kb, STORM, "een deelnemer").kind is VerdictKind.VERBATIM


def test_the_words_of_a_report_are_no_persons(kb: KnowledgeBase) -> None:
    passage = next(one for one in kb.passages if one.kind == "paragraph" and not kb.quotes_in(one.id))
    assert verify(kb, passage.text, "wethouder").kind is VerdictKind.MISATTRIBUTED
    assert verify(kb, passage.text, kb.sources[passage.source].title).kind is VerdictKind.VERBATIM


def test_the_speaker_of_either_version_is_right(kb: KnowledgeBase) -> None:
    text = quote_with(kb, "Mijn werkgever is heel flexibel geworden").text
    for speaker in ("administratieve kracht", "administratief medewerker"):
        verdict = verify(kb, text, speaker)
        assert (verdict.kind, verdict.speaker_matches) == ("verbatim", True)
        assert verdict.matches[0].speaker is not None
        assert verdict.matches[0].speaker.lower() == speaker


def test_a_speaker_behind_a_quoted_text_is_read_with_it(kb: KnowledgeBase) -> None:
    assert verify(kb, f"“{STORM}” - deelnemer").kind is VerdictKind.VERBATIM
    assert verify(kb, f"‘{MARKETEER}’ (wethouder, dialoog 1)").kind is VerdictKind.MISATTRIBUTED


def test_of_a_rewritten_quotation_the_version_that_has_the_words_is_found(kb: KnowledgeBase) -> None:
    verdict = verify(kb, "Corona bewijst de innovatiedrang van de mens: ik ben gaan roller skaten")
    assert verdict.matches[0].source.startswith("perspectief")
    versions = kb.versions_of(verdict.matches[0].quote)  # type: ignore[arg-type]
    assert [version.label for version in versions] == ["herschreven", "origineel"]


def test_a_negation_left_out_at_a_mark_is_told(kb: KnowledgeBase) -> None:
    verdict = verify(kb, "We zitten met zijn allen in dezelfde storm, maar (..) in dezelfde boot")
    assert verdict.kind is VerdictKind.TRIMMED
    assert verdict.negations_left_out == ["niet"]


def test_capitals_and_punctuation_of_the_source_are_compared_apart(kb: KnowledgeBase) -> None:
    assert verify(kb, f"‘{STORM}’.").is_set_alike
    assert not verify(kb, STORM.replace(",", "")).is_set_alike


SOURCES = (
    "verslagen-dialogen-met-de-samenleving.txt",
    "perspectief-voor-en-door-de-samenleving.md",
    "vng-dialoogtafels.txt",
)


@settings(max_examples=300)
@given(st.sampled_from(SOURCES), st.integers(0, 10**6), st.integers(5, 120))
def test_a_piece_of_a_source_is_never_not_found(kb: KnowledgeBase, source: str, start: int, count: int) -> None:
    text = kb.text(source)
    words = words_of(text)
    first = start % (len(words) - count)
    piece = text[words[first].start : words[first + count - 1].end]
    if len(" ".join(piece.split())) >= 12:
        assert verify(kb, piece).kind is not VerdictKind.NOT_FOUND


# Words that carry what is said; none of these stands in the sources.
OTHERS = ("olifant", "regenboog", "onwaar", "zeventien", "Amerika")


@settings(max_examples=300)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(OTHERS))
@example(0, 0, "olifant")
@example(1, 10**6, "olifant")
def test_changing_a_word_never_gives_verbatim(kb: KnowledgeBase, quote: int, place: int, other: str) -> None:
    text = kb.quotes[quote % len(kb.quotes)].text
    words = words_of(text)
    word = words[place % len(words)]
    assert verify(kb, text[: word.start] + other + text[word.end :]).kind is not VerdictKind.VERBATIM


@settings(max_examples=300)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_dropping_a_word_inside_never_gives_verbatim(kb: KnowledgeBase, quote: int, place: int) -> None:
    text = kb.quotes[quote % len(kb.quotes)].text
    words = words_of(text)
    if len(words) < 3:
        return
    word = words[1 + place % (len(words) - 2)]
    shorter = f"{text[: word.start]} {text[word.end :]}"
    # A word that stands twice in a row may be dropped without a trace.
    if not kb.source_words.phrases.find(keys(shorter)):
        assert verify(kb, shorter).kind not in (VerdictKind.VERBATIM, VerdictKind.TRIMMED)


@settings(max_examples=100)
@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_and_speaker_get_a_verdict(kb: KnowledgeBase, text: str, speaker: str | None) -> None:
    assert isinstance(verify(kb, text, speaker), Verdict)


def test_a_whole_page_with_a_word_changed_is_recognised(kb: KnowledgeBase) -> None:
    text = kb.text(SOURCES[0])
    words = words_of(text)[5000:5800]
    page = text[words[0].start : words[-1].end]
    assert verify(kb, page).kind is not VerdictKind.NOT_FOUND
    assert verify(kb, page.replace(text[words[400].start : words[400].end], "regenboog")).kind is VerdictKind.ALTERED


def test_a_text_that_is_too_long_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(InputError, match="te lang"):
        verify(kb, "woning " * 9000)


def test_the_same_text_gets_the_same_verdict(kb: KnowledgeBase) -> None:
    text = re.sub("storm", "orkaan", STORM)
    assert verify(kb, text) == verify(kb, text)


@pytest.mark.parametrize(
    "wrong", [{"kind": VerdictKind.VERBATIM}, {"kind": VerdictKind.MISATTRIBUTED}, {"kind": VerdictKind.ALTERED}]
)
def test_a_verdict_without_a_place_cannot_be_built(wrong: dict[str, VerdictKind]) -> None:
    with pytest.raises(ValueError, match="place"):
        Verdict("x", **wrong)


def test_a_misattribution_with_the_right_speaker_cannot_be_built(kb: KnowledgeBase) -> None:
    matches = verify(kb, STORM).matches
    with pytest.raises(ValueError, match="misattributed"):
        Verdict(STORM, VerdictKind.MISATTRIBUTED, matches, "burgemeester", speaker_matches=True)
