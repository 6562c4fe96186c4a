"""Where a backup lands: an empty home, its keys and files. Runs before the database is up."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from duly.kernel.refusals import BadInput, Refused
from duly.site.backup.archive import FILES, KEYS, Manifest, extract, open_keys
from duly.site.home import Home

KEY_FILES = ("secret-key", "fields.json")
"""The keys worth keeping; the embedded server's password is made anew."""
NOTE = "restoring"


def require_empty(home: Home) -> None:
    """Refuse a home that anything lives in; one whose restore was cut may be used again."""
    if (home.run / NOTE).exists():
        return
    taken = [folder.name for folder in (home.pg, home.keys, home.files) if folder.is_dir() and any(folder.iterdir())]
    if taken:
        raise Refused("backup.home_in_use", home=str(home.path), folders=taken, remedy="choose another --home")


def unpack(home: Home, archive: Path, manifest: Manifest) -> Path:
    """Take every member out into the home's run folder, each proved; returns that folder."""
    room = shutil.disk_usage(home.create().path).free
    if room < 3 * manifest.bytes:
        raise Refused("backup.no_room", home=str(home.path), bytes_free=room, bytes_needed=3 * manifest.bytes)
    folder = home.run / "unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        extract(archive, manifest, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    begin_note(home, manifest)
    return folder


def begin_note(home: Home, manifest: Manifest) -> None:
    """Note in the home which backup is being restored there, so that a restore that is cut can be taken up again."""
    (home.run / NOTE).write_text(_name_of(manifest))


def goes_on(home: Home, manifest: Manifest) -> bool:
    """Whether the restore of this very backup was begun here and cut."""
    note = home.run / NOTE
    return note.is_file() and note.read_text() == _name_of(manifest)


def _name_of(manifest: Manifest) -> str:
    return json.dumps({"made_at": manifest.made_at, "chains": manifest.chains}, sort_keys=True)


def keys_for(manifest: Manifest, unpacked: Path, *, passphrase: str | None, folder: Path | None) -> dict[str, str]:
    """Return the keys by file name: out of the archive by its passphrase, or from the folder they were kept in."""
    if folder is not None:
        if missing := [name for name in KEY_FILES if not (folder / name).is_file()]:
            raise BadInput("backup.keys_missing", folder=str(folder), files=missing)
        return {name: (folder / name).read_text() for name in KEY_FILES}
    if not manifest.has_keys:
        raise BadInput("backup.keys_apart", remedy="name the folder they are kept in with --keys")
    if passphrase is None:
        raise BadInput("backup.passphrase_missing", remedy="--passphrase-file FILE or DULY_BACKUP_PASSPHRASE")
    stored = json.loads(open_keys((unpacked / KEYS).read_bytes(), passphrase))
    return {name: stored[name] for name in KEY_FILES}


def put_keys(home: Home, keys: dict[str, str]) -> None:
    """Write the keys, readable by their owner only."""
    for name, content in keys.items():
        file = home.keys / name
        file.unlink(missing_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(content)


def put_files(home: Home, unpacked: Path) -> int:
    """Move the files to their places; returns how many."""
    source, moved = unpacked / FILES, 0
    for path in sorted(source.rglob("*")) if source.is_dir() else []:
        if path.is_file():
            target = home.files / path.relative_to(source)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(target)
            moved += 1
    return moved


def finish(home: Home, *, is_cut: bool = False) -> None:
    """Leave nothing behind that says a restore is going on, unless one was cut here and is still to be taken up."""
    shutil.rmtree(home.run / "unpacked", ignore_errors=True)
    if not is_cut:
        (home.run / NOTE).unlink(missing_ok=True)


def passphrase_of(file: Path | None) -> str | None:
    """Return the passphrase of a file's first line, else of DULY_BACKUP_PASSPHRASE; None when neither is there."""
    text = file.read_text().partition("\n")[0] if file else os.environ.get("DULY_BACKUP_PASSPHRASE", "")
    if file and not text:
        raise BadInput("backup.passphrase_empty", file=str(file))
    return text or None
