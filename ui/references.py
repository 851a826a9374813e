"""References to paste, of what the page shows: the words, who said them, and where they stand."""

from assistant import certificate
from assistant.answer import Citation
from assistant.verdict import Match
from kb.knowledge_base import KnowledgeBase


def of_citation(kb: KnowledgeBase, citation: Citation) -> str:
    """That of the quotation for which a passage was cited, else that of the words of the report."""
    quote = kb.quotes_by_passage.get(citation.passage_id)
    if quote and citation.speaker and citation.speaker == quote.speaker:
        return certificate.reference(kb, quote)
    return certificate.report_reference(kb, citation.text, citation.report, citation.source)


def of_match(kb: KnowledgeBase, match: Match) -> str:
    """That of the whole quotation of which words were found, else that of the words of the report."""
    if match.quote:
        return certificate.reference(kb, match.quote)
    return certificate.report_reference(kb, match.text, match.report, match.source)
