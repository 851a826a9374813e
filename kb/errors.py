"""Errors that a user can cause or mend.

    DialoogError                 everything below; the command line prints it and exits with 2
    ├── SettingsError            a setting has a value that cannot work
    ├── CorpusError              a corpus file or the manifest is missing, damaged or unreadable
    ├── StateError               the state folder cannot be read or written, or is another version's
    │   ├── NoIndexError         nothing has been ingested yet
    │   └── LockedError          another ingest is at work in this state folder
    ├── EmbedderError            the embedding model is missing, or is not the one of the index
    ├── ModelError               the language model or its server fails
    └── InputError               a question, filter or text that cannot be used

Messages are Dutch: they are shown to users as they are. Each says where, what was found and what to do.
"""


class DialoogError(Exception):
    """An error to show to the user; its message says what to do."""


class SettingsError(DialoogError):
    """A setting has a value that cannot work."""


class CorpusError(DialoogError):
    """A corpus file or the manifest is missing, damaged or unreadable."""


class StateError(DialoogError):
    """The state folder cannot be used."""


class NoIndexError(StateError):
    """Nothing has been ingested yet."""


class LockedError(StateError):
    """Another ingest is at work in this state folder."""


class EmbedderError(DialoogError):
    """The embedding model is missing, or is not the one of the index."""


class ModelError(DialoogError):
    """The language model or its server fails; `status` is that of HTTP, where there is one."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class InputError(DialoogError):
    """A question, filter or text that cannot be used."""
