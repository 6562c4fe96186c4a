"""How the screens bring files in: an upload waits under the home until its person has looked at it."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from duly.access.imports import known_mapping
from duly.desk.ports import FileLook, ImportKind, ImportOutcome, KindField
from duly.formats.errors import FormatError
from duly.formats.tabular.read import read_rows
from duly.kernel.actions import rehearsal
from duly.kernel.actor import Actor
from duly.kernel.clock import now
from duly.kernel.refusals import BadInput, NotFound
from duly.kernel.sql import fetch_value
from duly.site.home import home_at
from duly.site.imports import kinds  # noqa: F401  registers them
from duly.site.imports.mapping import header_hash, propose
from duly.site.imports.run import Imported, Upload, import_file, kind_named, undo_import
from duly.site.imports.spec import REGISTRY

KEPT_SECONDS = 24 * 3600
SAMPLE_ROWS = 5
TOKEN = re.compile(r"[a-f0-9]{32}\.(csv|xlsx|tsv|txt)")


class FileImporter:
    """The importer of the screens, over the same import as the command line."""

    def kinds(self) -> list[ImportKind]:
        """Return what can be brought in, in order of the title."""
        return [
            ImportKind(
                kind.name,
                kind.title,
                tuple(KindField(known.name, known.required, known.help) for known in kind.fields),
                kind.undo is not None,
            )
            for kind in REGISTRY.values()
        ]

    def keep(self, source: BinaryIO, name: str, *, by: Actor) -> str:
        """Keep an uploaded file for a day; older ones go."""
        folder = _folder(by)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in folder.iterdir():
            if now().timestamp() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink(missing_ok=True)
        ending = Path(name).suffix.lower().lstrip(".")
        if ending not in ("csv", "xlsx", "tsv", "txt"):
            raise BadInput("imports.unknown_ending", file=name, remedy="Give a CSV or XLSX file")
        token = f"{secrets.token_hex(16)}.{ending}"
        with (folder / token).open("wb") as kept:
            shutil.copyfileobj(source, kept)
        (folder / f"{token}.name").write_text(Path(name).name, encoding="utf-8")
        return token

    def look(self, kind: str, token: str, mapping: Mapping[str, str], *, by: Actor) -> FileLook:
        """Read the head of a waiting file and propose which column is which field."""
        known = kind_named(kind)
        with _opened(token, by) as (source, name):
            rows = _head(source, name)
        header = rows[0] if rows else []
        confirmed = dict(known_mapping(by.entity_id, kind, header_hash(header)) or {}) | dict(mapping)
        places = propose(header, known.fields, confirmed)
        columns = {field: header[place] for field, place in places.columns.items()}
        return FileLook(name, header, columns, places.missing, places.tied, places.unused, rows[1:])

    def rehearse(self, kind: str, token: str, mapping: Mapping[str, str], *, today: date, by: Actor) -> ImportOutcome:
        """Do everything and keep nothing."""
        with rehearsal(), tempfile.TemporaryDirectory() as folder:
            return self._run(kind, token, mapping, today=today, by=by, folder=Path(folder))

    def commit(self, kind: str, token: str, mapping: Mapping[str, str], *, today: date, by: Actor) -> ImportOutcome:
        """Bring the file in; it waits no longer."""
        done = self._run(kind, token, mapping, today=today, by=by, folder=home_at().files / "imports")
        for file in _folder(by).glob(f"{token}*"):
            file.unlink(missing_ok=True)
        return done

    def undo(self, batch_id: int, *, by: Actor) -> int:
        """Take a batch back, whole."""
        return undo_import(batch_id, by=by)

    def rejected(self, batch_id: int, *, by: Actor) -> Path | None:
        """Return the file of a batch's rejected rows, if it is still there."""
        name = fetch_value("duly.site", "imports/rejected_file.sql", entity=by.entity_id, batch=batch_id)
        file = Path(str(name)) if name else None
        return file if file is not None and file.is_file() else None

    def _run(
        self, kind: str, token: str, mapping: Mapping[str, str], *, today: date, by: Actor, folder: Path
    ) -> ImportOutcome:
        with _opened(token, by) as (source, name):
            upload = Upload(source, name, folder, dict(mapping) or None)
            return _told(import_file(kind_named(kind), upload, today=today, by=by))


def _head(source: BinaryIO, name: str) -> list[list[str]]:
    """Return the header and the first rows as they stand in the file."""
    try:
        return [list(row.cells) for row in islice(read_rows(source, name=name), SAMPLE_ROWS + 1)]
    except FormatError as error:
        raise BadInput(
            "imports.unreadable", file=error.file, line=error.line, problem=error.message, remedy=error.remedy
        ) from error


def _folder(by: Actor) -> Path:
    return home_at().files / "imports" / "waiting" / f"{by.entity_id}-{by.user_id}"


@contextmanager
def _opened(token: str, by: Actor) -> Iterator[tuple[BinaryIO, str]]:
    """Open the waiting file of this person that the token names."""
    file = _folder(by) / token
    if not TOKEN.fullmatch(token) or not file.is_file():
        raise NotFound("imports.file_gone", remedy="Choose the file again")
    name = (file.parent / f"{token}.name").read_text(encoding="utf-8")
    with file.open("rb") as source:
        yield source, name


def _told(done: Imported) -> ImportOutcome:
    return ImportOutcome(
        done.batch_id,
        done.read,
        done.created,
        done.updated,
        done.skipped,
        done.rejected,
        done.first_rejected,
        done.known,
    )
