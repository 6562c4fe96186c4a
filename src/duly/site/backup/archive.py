"""The file a backup is: a tar whose first member says what the others are, to the byte. Knows no database.

manifest.json     what the office was: counts, chain heads, migrations, and each member's size and sha256
database.dump     pg_dump's custom format, of one snapshot
files/...         documents and files that were brought in
keys.sealed       the keys, under a passphrase; missing where they are kept apart
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from duly.kernel.refusals import BadInput, Refused

FORMAT = 1
MANIFEST, DUMP, KEYS, FILES = "manifest.json", "database.dump", "keys.sealed", "files"
CHUNK = 1 << 20
SALT_BYTES, NONCE_BYTES = 16, 12
SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was backed up. `counts` are rows a table, `members` are name -> {bytes, sha256}."""

    format: int
    made_at: str
    server_version: int
    migrations: list[str]
    entities: list[str]
    counts: dict[str, int]
    chains: dict[str, str]
    members: dict[str, dict[str, Any]]

    @property
    def has_keys(self) -> bool:
        """Whether the keys are inside, sealed."""
        return KEYS in self.members

    @property
    def bytes(self) -> int:
        """What all members need on disk."""
        return sum(int(member["bytes"]) for member in self.members.values())


def describe(file: Path) -> dict[str, Any]:
    """Return a member's size and sha256."""
    with file.open("rb") as source:
        return {"bytes": file.stat().st_size, "sha256": hashlib.file_digest(source, "sha256").hexdigest()}


def write_archive(target: Path, manifest: Manifest, members: dict[str, Path]) -> None:
    """Write the archive whole or not at all; refused where a file of that name is."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                content = json.dumps(asdict(manifest), indent=1).encode()
                _add(tar, MANIFEST, io.BytesIO(content), len(content))
                for name, path in members.items():
                    with path.open("rb") as source:
                        _add(tar, name, source, int(manifest.members[name]["bytes"]))
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, target)  # fails where another file took the name meanwhile
    except FileExistsError as error:
        raise Refused("backup.file_exists", file=str(target), remedy="choose another name") from error
    finally:
        draft.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, source: Any, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, source)


def read_manifest(file: Path) -> Manifest:
    """Return what an archive says of itself; BadInput for what is no backup, Refused for a newer one."""
    with _opened(file) as tar:
        first = tar.next()
        if first is None or first.name != MANIFEST:
            raise BadInput("backup.not_a_backup", file=file.name, remedy="name a file that `duly backup` wrote")
        content = json.loads(_stream(tar, first).read())
        if content.get("format") != FORMAT:
            raise Refused("backup.format_unknown", file=file.name, format=content.get("format"), known=FORMAT)
        return Manifest(**content)


def extract(file: Path, manifest: Manifest, folder: Path) -> None:
    """Write all members under a folder, each proved by its sha256; a cut or changed archive is refused."""
    waiting = dict(manifest.members)
    with _opened(file) as tar:
        for member in tar:
            if member.name == MANIFEST:
                continue
            promised = waiting.pop(member.name, None)
            if promised is None or not member.isfile():
                raise BadInput("backup.unexpected_member", file=file.name, member=member.name)
            _take_out(tar, member, folder / _safe(member.name), str(promised["sha256"]), file.name)
    if waiting:
        raise BadInput("backup.cut", file=file.name, missing=sorted(waiting)[:5], remedy="take a whole copy")


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path, sha256: str, archive: str) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    source = _stream(tar, member)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != sha256:
        raise BadInput("backup.member_changed", file=archive, member=member.name, remedy="take another copy")


def _stream(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    source = tar.extractfile(member)
    if source is None:
        raise BadInput("backup.unexpected_member", member=member.name)
    return source


def _safe(name: str) -> Path:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts:
        raise BadInput("backup.unexpected_member", member=name)
    return Path(*parts)


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError, json.JSONDecodeError, UnicodeDecodeError, TypeError, KeyError) as error:
        raise BadInput(
            "backup.unreadable", file=file.name, problem=str(error), remedy="is it cut? take a whole copy"
        ) from error


def seal_keys(content: bytes, passphrase: str) -> bytes:
    """Return salt, nonce and AES-256-GCM ciphertext under a key that scrypt makes of the passphrase."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, content, KEYS.encode())


def open_keys(sealed: bytes, passphrase: str) -> bytes:
    """Return what was sealed; BadInput for another passphrase, or when it was tampered with."""
    salt, nonce = sealed[:SALT_BYTES], sealed[SALT_BYTES : SALT_BYTES + NONCE_BYTES]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed[SALT_BYTES + NONCE_BYTES :], KEYS.encode())
    except InvalidTag as error:
        raise BadInput("backup.passphrase_wrong", remedy="give the passphrase of the day of the backup") from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, **SCRYPT)
