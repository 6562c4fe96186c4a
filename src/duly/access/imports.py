"""The record of import batches and of the column mappings people confirmed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_one, fetch_value, run_sql

HERE = "duly.access"


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """What one import did."""

    id: int
    kind: str
    file_name: str
    sha256: bytes
    mapping: str
    rows_read: int
    rows_created: int
    rows_updated: int
    rows_skipped: int
    rows_rejected: int
    rejected_file: str


def next_batch_id() -> int:
    """Return the id of a batch that is about to be written."""
    return int(fetch_value(HERE, "imports/next_id.sql"))


def note_batch(batch: BatchRecord, *, by: Actor) -> None:
    """Write what an import did; the same file twice is refused by its unique hash."""
    values = {name: getattr(batch, name) for name in BatchRecord.__dataclass_fields__}
    run_sql(HERE, "imports/note.sql", entity=by.entity_id, **values, by_id=by.user_id, by_name=by.name, at=clock.now())


def find_batch(entity_id: int, kind: str, sha256: bytes) -> BatchRecord | None:
    """Return the committed batch of this very file, if any."""
    return fetch_one(HERE, "imports/find.sql", BatchRecord, entity=entity_id, kind=kind, sha256=sha256)


def mark_undone(entity_id: int, batch_id: int) -> None:
    """Note that a batch was taken back: the same file may come again."""
    run_sql(HERE, "imports/mark_undone.sql", entity=entity_id, id=batch_id)


def known_mapping(entity_id: int, kind: str, header: bytes) -> dict[str, str] | None:
    """Return the mapping once confirmed for files with this header."""
    found: dict[str, str] | None = fetch_value(
        HERE, "imports/known_mapping.sql", entity=entity_id, kind=kind, header=header
    )
    return found


def remember_mapping(entity_id: int, kind: str, header: bytes, mapping: dict[str, str]) -> None:
    """Remember field -> column name for files with this header."""
    run_sql(
        HERE,
        "imports/remember_mapping.sql",
        entity=entity_id,
        kind=kind,
        header=header,
        mapping=json.dumps(mapping),
        at=clock.now(),
    )
