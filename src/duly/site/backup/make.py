"""Writing a backup: seal the books, then dump, count and hash one moment of them."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from duly.access.queries import entities
from duly.events.sealing import CHAIN as EVENT_CHAIN
from duly.events.sealing import seal_events
from duly.kernel import clock
from duly.kernel.refusals import BadInput, Refused
from duly.ledger.sealing import CHAIN as LEDGER_CHAIN
from duly.ledger.sealing import seal_ledger
from duly.site.backup.archive import DUMP, FILES, FORMAT, KEYS, Manifest, describe, seal_keys, write_archive
from duly.site.backup.database import count_rows, dump, migrations, one_moment, server_major
from duly.site.backup.landing import KEY_FILES
from duly.site.home import Home


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    manifest: Manifest
    file: Path
    bytes: int
    sha256: str


def back_up(home: Home, target: Path, *, passphrase: str | None) -> Made:
    """Write database, files and (with a passphrase) keys into one file; refused where one of that name is.

    The office may go on working: everything is of one moment, and files are never changed once they are there.
    """
    if target.exists():
        raise Refused("backup.file_exists", file=str(target), remedy="choose another name")
    if not target.parent.is_dir():
        raise BadInput("backup.no_such_folder", file=str(target), remedy="make the folder first")
    seal_ledger(clock.now())
    seal_events(clock.now())
    with tempfile.TemporaryDirectory(prefix=".duly-backup-", dir=target.parent) as folder, one_moment() as snapshot:
        members = {DUMP: Path(folder) / DUMP}
        dump(snapshot, members[DUMP])
        members |= files_of(home)
        if passphrase is not None:
            members[KEYS] = Path(folder) / KEYS
            members[KEYS].write_bytes(seal_keys(keys_of(home), passphrase))
        manifest = Manifest(
            FORMAT,
            clock.now().isoformat(),
            server_major(),
            migrations(),
            [entity.code for entity in entities()],
            count_rows(),
            {"ledger": LEDGER_CHAIN.head(), "events": EVENT_CHAIN.head()},
            {name: describe(path) for name, path in members.items()},
        )
        write_archive(target, manifest, members)
    written = describe(target)
    return Made(manifest, target, int(written["bytes"]), str(written["sha256"]))


def files_of(home: Home) -> dict[str, Path]:
    """Return the home's files by their name in the archive; drafts being written are left out."""
    return {
        f"{FILES}/{path.relative_to(home.files).as_posix()}": path
        for path in sorted(home.files.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }


def keys_of(home: Home) -> bytes:
    """Return the keys as one JSON text: file name -> content."""
    home.secret_key()
    home.field_keys()
    return json.dumps({name: (home.keys / name).read_text() for name in KEY_FILES}).encode()
