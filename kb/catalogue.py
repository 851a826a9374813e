"""The catalogue: sources, reports, passages, quotations and facts, with Dutch full text (SQLAlchemy Core)."""

import dataclasses
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, RowMapping

from kb.errors import StateError
from kb.model import Fact, FactKind, Part, Passage, PassageKind, Quote, Relation, Report, Section, Source, Track
from kb.text import Span, stems, words

Item = TypeVar("Item")
metadata = sa.MetaData()

_sources = sa.Table(
    "sources",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("publisher", sa.String),
    sa.Column("date", sa.String),
    sa.Column("track", sa.String, nullable=False),
    sa.Column("reference", sa.String),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
_reports = sa.Table(
    "reports",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, unique=True, nullable=False),
    sa.Column("source", sa.String, index=True, nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("track", sa.String, nullable=False),
    sa.Column("theme", sa.String),
    sa.Column("span", sa.JSON, nullable=False),
)
_sections = sa.Table(
    "sections",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, unique=True, nullable=False),
    sa.Column("source", sa.String, index=True, nullable=False),
    sa.Column("report_id", sa.String, index=True, nullable=False),
    sa.Column("path", sa.JSON, nullable=False),
    sa.Column("part", sa.String, nullable=False),
    sa.Column("spans", sa.JSON, nullable=False),
)
_passages = sa.Table(
    "passages",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, unique=True, nullable=False),
    sa.Column("source", sa.String, index=True, nullable=False),
    sa.Column("report_id", sa.String, index=True, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("track", sa.String, index=True, nullable=False),
    sa.Column("theme", sa.String, index=True),
    sa.Column("part", sa.String, index=True, nullable=False),
    sa.Column("headings", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("spans", sa.JSON, nullable=False),
    sa.Column("illustrates", sa.String),
    sa.Column("boilerplate", sa.Boolean, nullable=False),
)
_quotes = sa.Table(
    "quotes",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, unique=True, nullable=False),
    sa.Column("source", sa.String, index=True, nullable=False),
    sa.Column("report_id", sa.String, index=True, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("speaker", sa.String),
    sa.Column("dialogue", sa.String),
    sa.Column("track", sa.String, index=True, nullable=False),
    sa.Column("theme", sa.String, index=True),
    sa.Column("part", sa.String, index=True, nullable=False),
    sa.Column("spans", sa.JSON, nullable=False),
    sa.Column("passage_id", sa.String, index=True, nullable=False),
    sa.Column("illustrates", sa.String),
    sa.Column("lineage", sa.JSON, nullable=False),
)
_facts = sa.Table(
    "facts",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("source", sa.String, index=True, nullable=False),
    sa.Column("report_id", sa.String, index=True, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("number", sa.Integer),
    sa.Column("spans", sa.JSON, nullable=False),
)
_OF_SOURCE = (_reports, _sections, _passages, _quotes, _facts)
_FULL_TEXT = "passage_words"


class Catalogue:
    """Rows of the knowledge base in an SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def in_file(cls, path: Path, *, read_only: bool) -> "Catalogue":
        """A catalogue in an SQLite file, made when it is not there and may be written."""
        address = f"file:{quote(str(path))}?mode={'ro' if read_only else 'rwc'}"
        engine = sa.create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False),
            poolclass=sa.pool.QueuePool if read_only else sa.pool.NullPool,
        )
        catalogue = cls(engine)
        if not read_only:
            catalogue._create()
        return catalogue

    def close(self) -> None:
        """Release the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; nothing is changed when it fails."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    def _create(self) -> None:
        with self.writing() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {_FULL_TEXT} USING fts5(stems, words, passage_id UNINDEXED)"
            )

    # --- writing ---------------------------------------------------------------------------------------------------

    def remove_source(self, connection: Connection, name: str) -> None:
        """Remove a source with all its rows."""
        connection.exec_driver_sql(
            f"DELETE FROM {_FULL_TEXT} WHERE passage_id IN (SELECT id FROM passages WHERE source = ?)",  # noqa: S608
            (name,),
        )
        for table in _OF_SOURCE:
            connection.execute(table.delete().where(table.c.source == name))
        connection.execute(_sources.delete().where(_sources.c.name == name))

    def add_source(
        self,
        connection: Connection,
        source: Source,
        text: str,
        *,
        reports: Sequence[Report],
        sections: Sequence[Section],
        passages: Sequence[Passage],
        quotes: Sequence[Quote],
        facts: Sequence[Fact],
    ) -> None:
        """Add a source with all its rows."""
        _insert(connection, _sources, [source], text=text)
        _insert(connection, _reports, reports)
        _insert(connection, _sections, sections, source=source.name)
        _insert(connection, _passages, passages)
        _insert(connection, _quotes, quotes)
        _insert(connection, _facts, facts, source=source.name)
        for passage in passages:
            indexed = " ".join((*passage.headings, passage.text))
            connection.exec_driver_sql(
                f"INSERT INTO {_FULL_TEXT} (stems, words, passage_id) VALUES (?, ?, ?)",  # noqa: S608
                (" ".join(stems(indexed)), " ".join(words(passage.text)), passage.id),
            )

    def set_lineage(self, connection: Connection, lineage: dict[str, tuple[Relation, ...]]) -> None:
        """Record the other versions of each quotation."""
        for row in connection.execute(sa.select(_quotes.c.id, _quotes.c.lineage)).mappings().all():
            wanted = _plain(lineage.get(row["id"], ()))
            if wanted != row["lineage"]:
                connection.execute(_quotes.update().where(_quotes.c.id == row["id"]).values(lineage=wanted))

    def set_boilerplate(self, connection: Connection, ids: set[str]) -> None:
        """Record which passages the reports repeat."""
        for row in connection.execute(sa.select(_passages.c.id, _passages.c.boilerplate)).mappings().all():
            if (row["id"] in ids) != row["boilerplate"]:
                changed = _passages.update().where(_passages.c.id == row["id"])
                connection.execute(changed.values(boilerplate=row["id"] in ids))

    # --- reading ---------------------------------------------------------------------------------------------------

    def sources(self) -> list[Source]:
        """All sources by name."""
        columns = [column for column in _sources.c if column.name != "text"]
        return [_item(Source, row) for row in self._all(sa.select(*columns).order_by("name"))]

    def text(self, source: str) -> str:
        """The text of a source, unchanged."""
        return str(self._all(sa.select(_sources.c.text).where(_sources.c.name == source))[0]["text"])

    def reports(self) -> list[Report]:
        """All reports in the order of their sources."""
        return [_item(Report, row) for row in self._all(sa.select(_reports).order_by(_reports.c.row))]

    def sections(self, report_id: str) -> list[Section]:
        """The sections of a report in order."""
        query = sa.select(_sections).where(_sections.c.report_id == report_id).order_by(_sections.c.row)
        return [_item(Section, row) for row in self._all(query)]

    def passages(self, ids: Sequence[str] | None = None) -> list[Passage]:
        """The passages of these ids, or all, in the order of the sources."""
        query = sa.select(_passages).order_by(_passages.c.row)
        if ids is not None:
            query = query.where(_passages.c.id.in_(ids))
        return [_item(Passage, row) for row in self._all(query)]

    def quotes(self, **wanted: str | None) -> list[Quote]:
        """The quotations with these values (track, theme, part, id, passage_id, …), in the order of the sources."""
        query = sa.select(_quotes).order_by(_quotes.c.row)
        for column, value in wanted.items():
            if value is not None:
                query = query.where(_quotes.c[column] == value)
        return [_item(Quote, row) for row in self._all(query)]

    def facts(self, report_ids: Sequence[str]) -> list[Fact]:
        """What these reports say about who was at the table."""
        query = sa.select(_facts).where(_facts.c.report_id.in_(report_ids)).order_by(_facts.c.row)
        return [_item(Fact, row) for row in self._all(query)]

    def counts(self) -> dict[str, int]:
        """How many reports, passages and quotations there are."""
        tables = {"reports": _reports, "passages": _passages, "quotes": _quotes}
        return {
            name: self._all(sa.select(sa.func.count().label("count")).select_from(table))[0]["count"]
            for name, table in tables.items()
        }

    def themes(self) -> list[str]:
        """The slugs of all themes."""
        query = sa.select(_passages.c.theme).distinct().where(_passages.c.theme.is_not(None)).order_by("theme")
        return [row["theme"] for row in self._all(query)]

    def full_text(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Passages that hold any of the Dutch stems of `text`, with their BM25 score (higher is better)."""
        terms = dict.fromkeys(stems(text))
        match = " OR ".join(f'"{term}"' for term in terms)
        return self._full_text(f"stems : ({match})", limit) if terms else []

    def phrase(self, text: str, limit: int) -> list[str]:
        """Passages that hold the words of `text` one after another."""
        tokens = words(text)
        return [key for key, _ in self._full_text(f'words : "{" ".join(tokens)}"', limit)] if tokens else []

    def _full_text(self, match: str, limit: int) -> list[tuple[str, float]]:
        query = sa.text(
            f"SELECT passage_id, -bm25({_FULL_TEXT}) AS score FROM {_FULL_TEXT} WHERE {_FULL_TEXT} MATCH :match "  # noqa: S608
            "ORDER BY score DESC, passage_id LIMIT :limit"
        )
        rows = self._all(query.bindparams(match=match, limit=limit))
        return [(row["passage_id"], float(row["score"])) for row in rows]

    def _all(self, query: sa.Executable) -> Sequence[RowMapping]:
        with _translated(), self._engine.connect() as connection:
            return connection.execute(query).mappings().all()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        if "full" in str(cause):
            msg = "De schijf is vol: de catalogus kan niet worden geschreven. Maak ruimte vrij en probeer het opnieuw."
            raise StateError(msg) from error
        msg = f"De catalogus is niet te gebruiken ({cause}). Maak de index opnieuw met `dialoog ingest`."
        raise StateError(msg) from error


def _insert(connection: Connection, table: sa.Table, items: Sequence[Any], **extra: str) -> None:
    rows = [
        {**extra, **{field.name: _plain(getattr(item, field.name)) for field in dataclasses.fields(item)}}
        for item in items
    ]
    if rows:
        connection.execute(table.insert(), rows)


def _plain(value: Any) -> Any:  # noqa: ANN401 - the values of all row types
    """A field as JSON and SQL know it: spans and relations as pairs, tuples as lists."""
    if isinstance(value, (Span, Relation)):
        return list(dataclasses.astuple(value))
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


_READ: dict[str, Callable[[Any], Any]] = {
    "track": Track,
    "part": Part,
    "path": tuple,
    "headings": tuple,
    "span": lambda pair: Span(*pair),
    "spans": lambda pairs: tuple(Span(*pair) for pair in pairs),
    "lineage": lambda pairs: tuple(Relation(*pair) for pair in pairs),
}
_KINDS: dict[type, Callable[[Any], Any]] = {Passage: PassageKind, Fact: FactKind}


def _item(kind: type[Item], row: RowMapping) -> Item:
    """A row as the dataclass `kind`, whose fields are the names of its columns."""
    readers = {**_READ, **({"kind": _KINDS[kind]} if kind in _KINDS else {})}
    names = (field.name for field in dataclasses.fields(kind))  # type: ignore[arg-type]
    return kind(**{name: readers[name](row[name]) if name in readers else row[name] for name in names})
