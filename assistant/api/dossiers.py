"""Dossiers as files: read, call, return."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.api.problems import documented
from assistant.api.routes import Kb, Worker
from assistant.api.schemas import Dossiervraag
from assistant.dossier.files import Format, file_name, written
from assistant.dossier.request import DossierRequest, dossier_of

router = APIRouter(tags=["dossiers"])
_FILE = {"schema": {"type": "string", "format": "binary"}}
_TEXT = {"schema": {"type": "string"}}


@router.post(
    "/dossiers",
    summary="Maak een dossier",
    response_class=Response,
    responses={
        200: {
            "description": "Het dossier als bestand, met zijn naam in Content-Disposition.",
            "content": {form.media_type: _FILE if form is Format.DOCX else _TEXT for form in Format},
            "headers": {
                "Content-Disposition": {
                    "description": "De naam van het bestand.",
                    "schema": {"type": "string", "examples": ['attachment; filename="dossier-gezondheid.html"']},
                }
            },
        },
        **documented(400, 401, 413, 429, 503, 504),
    },
)
async def dossiers(vraag: Dossiervraag, request: Request, kb: Kb, worker: Worker) -> Response:
    """Wat de verslagen zeggen over een of meer onderwerpen, geordend voor een plan, met noten naar de bronnen."""
    subjects = tuple(vraag.subjects)
    wanted = DossierRequest(subjects, vraag.focus, tuple(vraag.sections), is_comparison=vraag.compare)
    site = str(request.base_url).rstrip("/")
    content = await worker.run(lambda: written(dossier_of(kb, wanted), vraag.format, site=site))
    named = {"Content-Disposition": f'attachment; filename="{file_name(subjects, vraag.format)}"'}
    return Response(content, media_type=vraag.format.media_type, headers=named)
