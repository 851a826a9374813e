"""The state folder: which index answers, how it is replaced as a whole, and the lock that one ingest holds.

$DIALOOG_HOME/
  index.json                 the index in force: replaced in one step
  generations/<name>/        catalogue.sqlite and chroma/ of an index; never changed once in force
  generations/<name>.new/    one that is being made; removed by the next ingest when it was left unfinished
  sources/                   copies of the reports that the user added
  vectors.sqlite             vectors by text, so that an interrupted ingest goes on where it was
"""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.errors import LockedError, NoIndexError, StateError

# Raised when rows or vectors change meaning: an older index is then made anew.
FORMAT = 3
_INDEX = "index.json"
# The index before the last stays, because a running server may still answer from it.
_GENERATIONS_KEPT = 2
# The libraries below report a full disk in many ways; with less room than this it is the cause.
_FULL_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class IndexState:
    """The index in force. `fingerprint` is of the corpus: names and sha256 of its sources."""

    format: int
    generation: str
    embedder: str
    fingerprint: str


class Home:
    """A state folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sources = path / "sources"
        self.vectors = path / "vectors.sqlite"
        self._generations = path / "generations"

    def state(self) -> IndexState:
        """The index in force.

        Raises:
            NoIndexError: when there is none.
            StateError: when it is another version's, or damaged.

        """
        try:
            stored = json.loads((self.path / _INDEX).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            msg = f"Er is nog geen index in {self.path}. Maak die met `dialoog ingest`."
            raise NoIndexError(msg) from error
        except (OSError, ValueError) as error:
            msg = f"{self.path / _INDEX}: niet te lezen ({error}). Maak de index opnieuw met `dialoog ingest`."
            raise StateError(msg) from error
        if not isinstance(stored, dict) or stored.get("format") != FORMAT:
            found = stored.get("format") if isinstance(stored, dict) else stored
            msg = (
                f"De index in {self.path} is van een andere versie van het programma (vorm {found}, deze versie leest "
                f"{FORMAT}). Maak hem opnieuw met `dialoog ingest`."
            )
            raise StateError(msg)
        try:
            return IndexState(**stored)
        except TypeError as error:
            msg = f"{self.path / _INDEX}: onvolledig. Maak de index opnieuw met `dialoog ingest`."
            raise StateError(msg) from error

    def folder(self, generation: str) -> Path:
        """The folder of an index."""
        return self._generations / generation

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one ingest.

        Raises:
            LockedError: when another ingest is at work.
            StateError: when the folder cannot be written.

        """
        from filelock import FileLock, Timeout

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / "lock", timeout=0):
                yield
        except Timeout as error:
            msg = f"Er loopt al een `dialoog ingest` in {self.path}. Wacht tot die klaar is en probeer het opnieuw."
            raise LockedError(msg) from error
        except OSError as error:
            raise unwritable(self.path, error) from error

    @contextmanager
    def replacing(self, state: IndexState, start_from: str | None) -> Iterator[Path]:
        """A new folder to make an index in, a copy of `start_from` when given; at the end it comes into force.

        When making it fails, the folder is removed and the index in force stays.
        """
        folder = self.folder(state.generation)
        new = folder.with_name(folder.name + ".new")
        self._clear(new)
        try:
            if start_from:
                shutil.copytree(self.folder(start_from), new)
            new.mkdir(parents=True, exist_ok=True)
            yield new
            self._clear(folder)
            new.rename(folder)
            self._put_in_force(state)
        except OSError as error:
            raise unwritable(self.path, error) from error
        except StateError as error:
            if _is_full(self.path):
                raise unwritable(self.path, OSError()) from error
            raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
        self._forget_old(state.generation, start_from)

    def clear_unfinished(self) -> None:
        """Remove what an interrupted ingest left."""
        for folder in self._generations.glob("*.new"):
            shutil.rmtree(folder, ignore_errors=True)

    def _clear(self, folder: Path) -> None:
        if folder.exists():
            shutil.rmtree(folder)

    def _put_in_force(self, state: IndexState) -> None:
        replace_file(self.path / _INDEX, json.dumps(asdict(state), indent=1, sort_keys=True))

    def _forget_old(self, *kept: str | None) -> None:
        folders = sorted(self._generations.iterdir(), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
        for folder in [folder for folder in folders if folder.name not in kept][_GENERATIONS_KEPT - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)


def _is_full(path: Path) -> bool:
    return path.exists() and shutil.disk_usage(path).free < _FULL_BYTES


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file so that it is seen either as it was or as it becomes; text is written as UTF-8, as it is."""
    written = path.with_name(path.name + ".new")
    with written.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)


def unwritable(path: Path, error: OSError) -> StateError:
    """What to tell when the state folder cannot be written."""
    if error.errno == errno.ENOSPC or _is_full(path):
        msg = (
            f"De schijf is vol: {path} kan niet worden geschreven. Maak ruimte vrij; de vorige index blijft antwoorden."
        )
    else:
        msg = (
            f"In de map {path} kan niet worden geschreven ({error.strerror or error}). Kies een andere map met "
            "DIALOOG_HOME of pas de rechten aan."
        )
    return StateError(msg)
