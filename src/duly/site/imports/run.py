"""The import as one act: all good rows or none, the rest given back as a file with a reason each."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.db import connection

from duly.access.imports import (
    BatchRecord,
    find_batch,
    known_mapping,
    mark_undone,
    next_batch_id,
    note_batch,
    remember_mapping,
)
from duly.formats.errors import FormatError
from duly.formats.tabular.read import Row, read_rows
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import copy_rows, fetch_sql, fetch_value, run_sql
from duly.site.imports.mapping import Proposal, header_hash, propose
from duly.site.imports.spec import REGISTRY, Batch, Counts, Field, Kind
from duly.site.imports.values import SQL_TYPES, BadCell, read_cell

HERE = "duly.site"
SHOWN_REJECTS = 20


@dataclass(slots=True)
class Rejects:
    """Rows that cannot be taken in, kept as the lines of the file that is given back."""

    header: list[str]
    count: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)
    _text: io.StringIO = field(default_factory=io.StringIO)

    def add(self, line: int, cells: list[str], reason: str, remedy: str) -> None:
        """Keep a row with its reason."""
        if not self.count:
            csv.writer(self._text).writerow([*self.header, "line", "reason", "remedy"])
        padded = [*cells, *[""] * (len(self.header) - len(cells))]
        csv.writer(self._text).writerow([*padded, line, reason, remedy])
        self.count += 1
        if len(self.first) < SHOWN_REJECTS:
            self.first.append({"line": line, "reason": reason, "remedy": remedy})

    def write(self, folder: Path, batch_id: int) -> str:
        """Write the file and return its path; an empty path when nothing was rejected."""
        if not self.count:
            return ""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"import-{batch_id}-rejected.csv"
        file.write_text(self._text.getvalue(), encoding="utf-8")
        return str(file)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    kind: str
    batch_id: int | None
    read: int
    created: int
    updated: int
    skipped: int
    rejected: int
    rejected_file: str
    first_rejected: list[dict[str, Any]]
    columns: dict[str, str]
    unused_columns: tuple[str, ...]
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Marked:
    line: int
    raw: list[str]
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Raw:
    line: int
    raw: list[str]


def kind_named(name: str) -> Kind:
    """Return the import kind, or refuse and name those there are."""
    if name not in REGISTRY:
        raise BadInput("imports.kind_unknown", kind=name, kinds=", ".join(sorted(REGISTRY)))
    return REGISTRY[name]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file brought along: its bytes, its name, where rejected rows go, and columns named by hand."""

    source: BinaryIO
    name: str
    folder: Path
    mapping: Mapping[str, str] | None = None


@action("imports.run")
def import_file(kind: Kind, upload: Upload, *, today: date, by: Actor) -> Imported:
    """Import a CSV or XLSX file: the good rows go in together, the others come back as a file in `upload.folder`.

    The same file twice changes nothing. `upload.mapping` (field -> column name) settles what names do not; it is
    remembered for files with the same header. Refuses when a required field has no column or two columns claim one.
    """
    digest = hashlib.file_digest(cast(Any, upload.source), "sha256").digest()
    upload.source.seek(0)
    if (done := find_batch(by.entity_id, kind.name, digest)) is not None:
        act().quiet = True
        return _known(kind, done)
    rows = _rows(upload.source, upload.name)
    header = list(next(rows).cells)
    places = _place_columns(kind, header, upload.mapping, by)
    rejects = Rejects(header)
    read = _stage(kind, rows, places, rejects)
    for problems in kind.problems:
        run_sql(HERE, problems, entity=by.entity_id, today=today)
    for marked in fetch_sql(HERE, "imports/marked.sql", _Marked):
        rejects.add(marked.line, marked.raw, marked.problem, marked.remedy)
    run_sql(HERE, "imports/drop_marked.sql")
    batch = Batch(next_batch_id(), by.entity_id, today, by, upload.name)
    counts = kind.take_in(batch)
    _add_late(counts, rejects)
    chosen = {field_name: header[place] for field_name, place in places.columns.items()}
    record = BatchRecord(
        batch.id, kind.name, batch.file_name, digest, json.dumps(chosen), read, counts.created, counts.updated,
        counts.skipped, rejects.count, rejects.write(upload.folder, batch.id),
    )  # fmt: skip
    _note(kind, record, by)
    remember_mapping(by.entity_id, kind.name, header_hash(header), chosen)
    return Imported(
        kind.name, batch.id, read, counts.created, counts.updated, counts.skipped, rejects.count,
        record.rejected_file, rejects.first, chosen, places.unused,
    )  # fmt: skip


def _add_late(counts: Counts, rejects: Rejects) -> None:
    if not counts.rejected:
        return
    lines = [line for line, _, _ in counts.rejected]
    raw = {row.line: row.raw for row in fetch_sql(HERE, "imports/raw_of_lines.sql", _Raw, lines=lines)}
    for line, reason, remedy in sorted(counts.rejected):
        rejects.add(line, raw.get(line, []), reason, remedy)


def _note(kind: Kind, record: BatchRecord, by: Actor) -> None:
    note_batch(record, by=by)
    act().about("import", record.id)
    act().say(
        f"{record.file_name}: {record.rows_created:,} {kind.title} brought in, {record.rows_updated:,} updated,"
        f" {record.rows_rejected:,} rejected",
        batch=record.id,
        rejected_file=record.rejected_file,
    )
    if kind.undo is not None:
        act().undo_with("imports.undo", batch_id=record.id)


@action("imports.run", name="imports.undo")
def undo_import(batch_id: int, *, by: Actor) -> int:
    """Take a batch back, whole; refused when something was built on its rows. Returns how many rows went."""
    kind_name = fetch_value(HERE, "imports/kind_of_batch.sql", entity=by.entity_id, batch=batch_id)
    if kind_name is None:
        raise NotFound("imports.batch_unknown", batch=batch_id)
    kind = kind_named(str(kind_name))
    if kind.undo is None:
        raise Refused("imports.cannot_be_undone", kind=kind.name)
    taken = kind.undo(batch_id, by)
    mark_undone(by.entity_id, batch_id)
    act().about("import", batch_id)
    act().say(f"Import {batch_id} taken back: {taken:,} rows")
    return taken


def _rows(source: BinaryIO, name: str) -> Iterator[Row]:
    try:
        yield from read_rows(source, name=name)
    except FormatError as error:
        raise BadInput("imports.unreadable", file=error.file, line=error.line, problem=error.message,
                       remedy=error.remedy) from error  # fmt: skip


def _place_columns(kind: Kind, header: list[str], mapping: Mapping[str, str] | None, by: Actor) -> Proposal:
    confirmed = mapping or known_mapping(by.entity_id, kind.name, header_hash(header))
    places = propose(header, kind.fields, confirmed)
    if places.tied:
        name, columns = next(iter(places.tied.items()))
        raise BadInput("imports.which_column", field=name, columns=", ".join(columns), remedy=f"--map {name}=COLUMN")
    if places.missing:
        raise BadInput(
            "imports.column_missing", fields=", ".join(places.missing), columns=", ".join(header),
            remedy=f"--map {places.missing[0]}=COLUMN",
        )  # fmt: skip
    return places


def _stage(kind: Kind, rows: Iterator[Row], places: Proposal, rejects: Rejects) -> int:
    columns = ", ".join(f"{known.name} {SQL_TYPES[known.type]}" for known in kind.fields)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists staged_import")
        cursor.execute(
            f"create temp table staged_import (line int, raw text[], problem text, remedy text, {columns})"
            " on commit drop"
        )
    read = 0

    def good() -> Iterator[tuple[Any, ...]]:
        nonlocal read
        for row in rows:
            read += 1
            values = _read_row(kind.fields, places.columns, row, rejects)
            if values is not None:
                yield (row.line, list(row.cells), *values)

    copy_rows("staged_import", ["line", "raw", *(known.name for known in kind.fields)], good())
    with connection.cursor() as cursor:
        cursor.execute("analyze staged_import")
    return read


def _read_row(fields: tuple[Field, ...], columns: dict[str, int], row: Row, rejects: Rejects) -> list[object] | None:
    values: list[object] = []
    for known in fields:
        place = columns.get(known.name)
        text = row.cells[place] if place is not None and place < len(row.cells) else ""
        try:
            values.append(read_cell(text, known))
        except BadCell as bad:
            rejects.add(row.line, list(row.cells), bad.reason, bad.remedy)
            return None
    return values


def _known(kind: Kind, done: BatchRecord) -> Imported:
    return Imported(
        kind.name,
        done.id,
        done.rows_read,
        0,
        0,
        done.rows_read,
        done.rows_rejected,
        done.rejected_file,
        [],
        {},
        (),
        True,
    )
