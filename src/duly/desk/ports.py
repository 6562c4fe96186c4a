"""What the desk needs of the site, which stands above it: the site puts it in when it is wired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class KindField:
    """A column of an import: whether a row needs it, and what it is."""

    name: str
    required: bool
    help: str


@dataclass(frozen=True, slots=True)
class ImportKind:
    """Something that can be brought in as a file."""

    name: str
    title: str
    fields: tuple[KindField, ...]
    undoable: bool


@dataclass(frozen=True, slots=True)
class FileLook:
    """A waiting file as it looks: its columns, which of them is which field, and its first rows."""

    name: str
    header: Sequence[str]
    columns: Mapping[str, str]
    missing: Sequence[str]
    tied: Mapping[str, Sequence[str]]
    unused: Sequence[str]
    sample: Sequence[Sequence[str]]

    @property
    def is_clear(self) -> bool:
        """Whether every needed field has its column."""
        return not self.missing and not self.tied


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do."""

    batch_id: int | None
    read: int
    created: int
    updated: int
    skipped: int
    rejected: int
    first_rejected: Sequence[Mapping[str, Any]]
    known: bool


class Importer(Protocol):
    """Brings files in: kept until somebody has looked at them, rehearsed, committed, taken back."""

    def kinds(self) -> list[ImportKind]:
        """Return what can be brought in."""

    def keep(self, source: BinaryIO, name: str, *, by: Actor) -> str:
        """Keep an uploaded file for this person's next steps; returns the token that names it."""

    def look(self, kind: str, token: str, mapping: Mapping[str, str], *, by: Actor) -> FileLook:
        """Read the head of a waiting file and propose which column is which field."""

    def rehearse(self, kind: str, token: str, mapping: Mapping[str, str], *, today: date, by: Actor) -> ImportOutcome:
        """Do everything and keep nothing."""

    def commit(self, kind: str, token: str, mapping: Mapping[str, str], *, today: date, by: Actor) -> ImportOutcome:
        """Bring the file in: all good rows or none."""

    def undo(self, batch_id: int, *, by: Actor) -> int:
        """Take a batch back, whole; returns how many rows went."""

    def rejected(self, batch_id: int, *, by: Actor) -> Path | None:
        """Return the file of a batch's rejected rows."""


_importers: list[Importer] = []


def import_with(importer: Importer) -> None:
    """Set who brings files in (the site does, when it is wired)."""
    _importers[:] = [importer]


def importer() -> Importer:
    """Return who brings files in; refused where nobody was wired."""
    if not _importers:
        raise Refused("imports.not_wired")
    return _importers[0]
