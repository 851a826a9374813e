"""The reports that an index is made of: the bundled ones and copies of those that the user added.

`library.json` in the state folder says which; it outlives the index, so that a new version of the program, or an
ingest that was interrupted, can make the index again.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kb import manifest
from kb.errors import CorpusError, StateError
from kb.home import Home, replace_file
from kb.manifest import CorpusFile
from kb.model import Source, Track

_FILE = "library.json"


@dataclass(frozen=True)
class Library:
    """The wanted reports: whether the bundled ones are among them, and the user's own."""

    has_bundled: bool
    own: tuple[Source, ...]

    @classmethod
    def of(cls, home: Home) -> "Library":
        """The library of a state folder; an empty one when nothing was added yet.

        Raises:
            StateError: when the file that lists it cannot be read.

        """
        path = home.path / _FILE
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            own = tuple(Source(**{**entry, "track": Track(entry["track"])}) for entry in stored["own"])
            return cls(bool(stored["bundled"]), own)
        except FileNotFoundError:
            return cls(has_bundled=False, own=())
        except (OSError, ValueError, KeyError, TypeError) as error:
            msg = f"{path}: niet te lezen ({error}). Verwijder dit bestand en voeg uw rapporten opnieuw toe."
            raise StateError(msg) from error

    def files(self, home: Home) -> list[CorpusFile]:
        """The files of the library, their sha256 checked.

        Raises:
            CorpusError: when a file is missing or was changed.

        """
        own = [CorpusFile(home.sources / source.name, source) for source in self.own]
        for file in own:
            manifest.check(file)
        return [*(manifest.bundled() if self.has_bundled else []), *own]

    def with_bundled(self) -> "Library":
        """The library with the bundled reports."""
        return Library(has_bundled=True, own=self.own)

    def with_own(self, home: Home, added: Sequence[CorpusFile]) -> "Library":
        """The library with copies of these files; a file replaces one of the same name.

        Raises:
            CorpusError: when a name is that of a bundled report.

        """
        bundled = {path.name for path in manifest.CORPUS.iterdir()}
        for file in added:
            if file.source.name in bundled:
                msg = f"{file.path}: een meegeleverd rapport heeft al deze naam; geef uw bestand een andere naam."
                raise CorpusError(msg)
            home.sources.mkdir(parents=True, exist_ok=True)
            copy = home.sources / file.source.name
            if not copy.exists() or not copy.samefile(file.path):
                shutil.copyfile(file.path, copy.with_suffix(".new"))
                copy.with_suffix(".new").replace(copy)
        own = {source.name: source for source in self.own} | {file.source.name: file.source for file in added}
        return Library(self.has_bundled, tuple(own[name] for name in sorted(own)))

    def save(self, home: Home) -> None:
        """Record the library, when it differs from what is recorded."""
        if self != Library.of(home):
            stored = {"bundled": self.has_bundled, "own": [asdict(source) for source in self.own]}
            replace_file(home.path / _FILE, json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True))
