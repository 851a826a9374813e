"""A certificate proves a quotation and gives a reference to paste."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pybtex.database import parse_string

from assistant.as_json import certificate_json
from assistant.certificate import bibtex, certify, csl, reference, report_name
from assistant.sources import UntraceableError
from ingest.parse import parse
from ingest.readers import read
from kb import manifest
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.manifest import CORPUS
from kb.model import Quote
from kb.text import render


def the(kb: KnowledgeBase, words: str, source: str) -> Quote:
    return next(quote for quote in kb.quotes if words in quote.text and quote.source.startswith(source))


@pytest.fixture
def marketeer(kb: KnowledgeBase) -> Quote:
    return the(kb, "Positief aan corona is innovatie", "verslagen")


def test_a_certificate_holds_all_that_proves_a_quotation(kb: KnowledgeBase, marketeer: Quote) -> None:
    made = certificate_json(certify(kb, marketeer.id))
    file = CORPUS / "verslagen-dialogen-met-de-samenleving.txt"
    text = file.read_bytes().decode()
    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert render(text, marketeer.spans) == made["text"] == marketeer.text
    ((first, last),) = made["lines"]
    lines = "\n".join(text.split("\n")[first - 1 : last])
    assert " ".join(lines.split()).find(made["text"][:40]) >= 0
    assert (first, made["speaker"], made["dialogue"], made["published"]) == (
        1788,
        "freelance marketeer",
        "dialoog 1",
        "2021",
    )
    assert made["version"] == "origineel"
    assert [version["label"] for version in made["versions"]] == ["herschreven"]
    assert made["url"].endswith(f"?van={marketeer.spans[0].start}&tot={marketeer.spans[-1].end}#aangehaald")


def test_the_reference_is_ready_to_paste(kb: KnowledgeBase) -> None:
    quote = the(kb, "Ik droom ervan dat we snel weer bij elkaar in de klas", "verslagen")
    assert reference(kb, quote) == (
        f"‘{quote.text}’ (middelbare scholier, dialoog 5, themadialogen onderwijs en werk; "
        "in: Verslagen dialogen met de samenleving, 2021)"
    )


def test_the_reference_of_a_document_that_is_its_own_report_names_it_once(kb: KnowledgeBase) -> None:
    assert reference(kb, the(kb, "Corona bewijst", "perspectief")).endswith(
        "(Freelance marketeer, themadialoog natuur & milieu; in: Perspectief voor en door de samenleving, 2021)"
    )


def test_the_reference_of_a_quotation_without_speaker_names_none(kb: KnowledgeBase) -> None:
    assert reference(kb, the(kb, "in dezelfde storm", "perspectief")).endswith(
        "boot’ (in: Perspectief voor en door de samenleving, 2021)"
    )


def test_every_report_has_a_name_for_use_in_a_sentence(kb: KnowledgeBase) -> None:
    names = [report_name(report) for report in kb.reports.values()]
    assert "themadialogen geluk en ontspanning" in names
    assert "middenvelddialogen over ‘Samen leven’" in names
    assert "wetenschapsdialoog ‘Samen leven: cohesie en vertrouwen’" in names


def test_bibtex_is_read_back_as_it_was_meant(kb: KnowledgeBase, marketeer: Quote) -> None:
    entry = parse_string(bibtex(certify(kb, marketeer.id)), "bibtex").entries[marketeer.id]
    assert entry.type == "incollection"
    assert entry.fields["booktitle"] == "Verslagen dialogen met de samenleving"
    assert entry.fields["year"] == "2021"
    assert marketeer.text in entry.fields["note"]


def test_csl_has_the_date_of_the_source(kb: KnowledgeBase) -> None:
    quote = the(kb, "Corona bewijst", "perspectief")
    item = csl(certify(kb, quote.id))
    assert (item["type"], item["issued"]) == ("report", {"date-parts": [[2021]]})
    assert "container-title" not in item
    assert json.loads(json.dumps(item)) == item


def test_every_quotation_has_a_certificate(kb: KnowledgeBase) -> None:
    references = {certify(kb, quote.id).reference for quote in kb.quotes}
    assert len(references) == len(kb.quotes)


def test_an_unknown_number_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(InputError, match="q-niets"):
        certify(kb, "q-niets")


def test_words_that_do_not_stand_in_the_source_get_no_certificate(kb: KnowledgeBase, marketeer: Quote) -> None:
    changed = replace(kb)
    changed.__dict__["quote_of"] = {marketeer.id: replace(marketeer, text="Verzonnen.")}
    with pytest.raises(UntraceableError):
        certify(changed, marketeer.id)


def test_the_id_of_a_quotation_stays_when_something_else_changes(kb: KnowledgeBase, tmp_path: Path) -> None:
    (bundled,) = [file for file in manifest.bundled() if file.source.name.startswith("perspectief")]
    changed = tmp_path / bundled.path.name
    text = bundled.path.read_text(encoding="utf-8")
    changed.write_text(
        text.replace("# ", "# Nieuw ", 1) + "\n\nEen alinea erbij die er nog niet was.\n", encoding="utf-8"
    )
    ids = [quote.id for quote in parse(read(changed), bundled.source).quotes]
    assert ids == [quote.id for quote in kb.quotes if quote.source == bundled.source.name]
