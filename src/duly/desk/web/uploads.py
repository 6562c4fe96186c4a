"""Files between being chosen and being taken in: kept under the home by their hash, per entity, for a day."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from duly.kernel import clock
from duly.kernel.refusals import NotFound

KEPT_FOR = timedelta(days=1)
TOKEN = re.compile(r"[0-9a-f]{64}")


def folder_of(entity_id: int) -> Path:
    """Return where the files of an entity wait."""
    return Path(settings.DULY_HOME) / "files" / "uploads" / str(entity_id)


def keep_upload(entity_id: int, data: bytes) -> str:
    """Keep a file and return its token; the same file twice is one. Files of yesterday go."""
    folder = folder_of(entity_id)
    folder.mkdir(parents=True, exist_ok=True)
    oldest = (clock.now() - KEPT_FOR).timestamp()
    for old in folder.iterdir():
        if old.stat().st_mtime < oldest:
            old.unlink(missing_ok=True)
    token = hashlib.sha256(data).hexdigest()
    draft = folder / f".{token}.{os.getpid()}.{secrets.token_hex(4)}"
    draft.write_bytes(data)
    draft.replace(folder / token)
    return token


def kept_upload(entity_id: int, token: str) -> bytes:
    """Return a kept file; NotFound when it waits no more."""
    file = folder_of(entity_id) / token
    if not TOKEN.fullmatch(token) or not file.is_file():
        raise NotFound("desk.file_gone")
    return file.read_bytes()


def drop_upload(entity_id: int, token: str) -> None:
    """Forget a kept file."""
    if TOKEN.fullmatch(token):
        (folder_of(entity_id) / token).unlink(missing_ok=True)
