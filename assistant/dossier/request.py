"""What a user wants in a dossier, and the dossier that is made: the same for the command line, the API and the page."""

from dataclasses import dataclass

from assistant.dossier.build import build
from assistant.dossier.comparison import compare
from assistant.dossier.content import Dossier
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase


@dataclass(frozen=True)
class DossierRequest:
    """The subjects, what matters most about them, and the sections that are wanted (none: all).

    A comparison sets those who spoke of one subject, which may be in free words, side by side.
    """

    subjects: tuple[str, ...]
    focus: str | None = None
    sections: tuple[str, ...] = ()
    is_comparison: bool = False


def dossier_of(kb: KnowledgeBase, request: DossierRequest, *, with_model: bool = True) -> Dossier:
    """The dossier; `with_model` lets the language model of the settings write in it, if there is one.

    Raises:
        InputError: when the request cannot be met.
    """
    focus = (request.focus or "").strip() or None
    if not request.is_comparison:
        return build(kb, request.subjects, focus=focus, sections=request.sections, with_model=with_model)
    if len(request.subjects) != 1 or focus or request.sections:
        msg = (
            f"Een vergelijking gaat over één onderwerp (hier {len(request.subjects)}), zonder focus en zonder "
            "keuze van delen. Laat weg wat er niet bij hoort."
        )
        raise InputError(msg)
    return compare(kb, request.subjects[0])
