"""The manifest beside corpus files: who published what, and the sha256 that each file must have."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from kb.errors import CorpusError
from kb.model import Source, Track

CORPUS = Path(__file__).parent / "corpus"
MANIFEST = "manifest.toml"
READABLE_SUFFIXES = (".txt", ".md")
_FIELDS = {"file", "title", "publisher", "date", "track", "reference", "sha256"}


@dataclass(frozen=True)
class CorpusFile:
    """A file to ingest and what is known of it."""

    path: Path
    source: Source


def bundled() -> list[CorpusFile]:
    """The files that are shipped with the program.

    Raises:
        CorpusError: when a file is missing or was changed.

    """
    return _described(CORPUS)


def described(path: Path) -> list[CorpusFile]:
    """A file of the user's, or all readable files in a folder; a manifest in the folder describes them.

    Raises:
        CorpusError: when there is nothing to read, or the manifest does not fit.

    """
    if path.is_dir():
        if (path / MANIFEST).exists():
            return _described(path)
        files = sorted(file for file in path.iterdir() if file.suffix in READABLE_SUFFIXES)
        if not files:
            msg = f"{path}: in deze map staat geen bestand van het soort {' of '.join(READABLE_SUFFIXES)}."
            raise CorpusError(msg)
        return [_undescribed(file) for file in files]
    if path.suffix not in READABLE_SUFFIXES:
        msg = f"{path}: dit soort bestand wordt niet gelezen; wel {' en '.join(READABLE_SUFFIXES)}."
        raise CorpusError(msg)
    if (path.parent / MANIFEST).exists():
        for file in _described(path.parent, only=path.name):
            return [file]
    return [_undescribed(path)]


def _described(folder: Path, only: str | None = None) -> list[CorpusFile]:
    manifest = folder / MANIFEST
    try:
        stored = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{manifest}: het manifest is niet te lezen ({error}). Herstel het of haal het weg."
        raise CorpusError(msg) from error
    entries = stored.get("source")
    if set(stored) != {"source"} or not isinstance(entries, list) or not entries:
        msg = f"{manifest}: verwacht [[source]] voor elk bestand en niets anders; gevonden: {sorted(stored)}."
        raise CorpusError(msg)
    files = [_entry(manifest, entry) for entry in entries]
    names = [file.source.name for file in files]
    if len(set(names)) < len(names):
        msg = f"{manifest}: een bestand staat er twee keer in; noem elk bestand één keer: {names}."
        raise CorpusError(msg)
    return [file for file in files if only in (None, file.source.name)]


def _entry(manifest: Path, entry: object) -> CorpusFile:
    is_table = isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())
    if not isinstance(entry, dict) or not is_table or not {"file", "title"} <= set(entry) <= _FIELDS:
        known = ", ".join(sorted(_FIELDS))
        msg = (
            f"{manifest}: elk bestand heeft file en title nodig, en verder alleen tekst bij {known}; gevonden: {entry}."
        )
        raise CorpusError(msg)
    try:
        track = Track(entry.get("track", Track.OVERHEID))
    except ValueError as error:
        msg = f"{manifest}: onbekend spoor {entry['track']!r}; kies uit {', '.join(Track)}."
        raise CorpusError(msg) from error
    path = manifest.parent / entry["file"]
    source = Source(
        name=path.name,
        title=entry["title"],
        publisher=entry.get("publisher"),
        date=entry.get("date"),
        track=track,
        reference=entry.get("reference"),
        sha256=entry.get("sha256") or _sha256(path),
    )
    file = CorpusFile(path, source)
    check(file)
    return file


def _undescribed(path: Path) -> CorpusFile:
    """A file without a manifest: its name is its title; who speaks in it shows from its own titles, if at all."""
    title = path.stem.replace("-", " ").replace("_", " ").capitalize()
    return CorpusFile(path, Source(path.name, title, None, None, Track.OVERHEID, None, _sha256(path)))


def check(file: CorpusFile) -> None:
    """Check that a file is the one that its sha256 names.

    Raises:
        CorpusError: when it is missing or was changed.

    """
    sha256 = _sha256(file.path)
    if sha256 != file.source.sha256:
        msg = (
            f"{file.path}: het bestand is beschadigd of gewijzigd (sha256 {sha256[:12]}…, verwacht "
            f"{file.source.sha256[:12]}…). Zet het oorspronkelijke bestand terug of installeer opnieuw."
        )
        raise CorpusError(msg)


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        msg = f"{path}: het bestand ontbreekt of is niet te lezen ({error.strerror}). Zet het terug of kies een ander."
        raise CorpusError(msg) from error
