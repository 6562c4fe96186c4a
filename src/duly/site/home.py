"""The home folder: where one office keeps its database, files, keys, logs and outgoing mail."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEFAULT_HOME: Final = "~/.local/share/duly"
KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """Keys for encrypted columns: new values take `current`, old ones name the key id they were made with."""

    current: str
    keys: dict[str, bytes]
    blind: bytes
    """For blind indexes (equality search); kept when `current` changes, or nothing would be found again."""


@dataclass(frozen=True, slots=True)
class Home:
    """One office's folder; every path below it is private to the user who runs Duly."""

    path: Path

    @property
    def pg(self) -> Path:
        """The embedded server's data directory."""
        return self.path / "pg"

    @property
    def files(self) -> Path:
        """Documents that were rendered or brought in."""
        return self.path / "files"

    @property
    def keys(self) -> Path:
        """Secrets; a backup without this folder cannot be read."""
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        """Log files of the server and the office."""
        return self.path / "logs"

    @property
    def outbox(self) -> Path:
        """Mail and files that left by the file channel."""
        return self.path / "outbox"

    @property
    def run(self) -> Path:
        """Locks and the state of what runs now; safe to delete while nothing runs."""
        return self.path / "run"

    def create(self) -> "Home":
        """Make the folders that are missing, each readable by their owner only."""
        for folder in (self.path, self.files, self.keys, self.logs, self.outbox, self.run):
            if not folder.exists():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def secret_key(self) -> str:
        """The key that signs sessions and links; made at the first call, the same for ever after."""
        return _kept(self.create().keys / "secret-key", secrets.token_urlsafe(48)).strip()

    def database_password(self) -> str:
        """The password of the embedded server's TCP door; its socket needs none, being private."""
        return _kept(self.create().keys / "database-password", secrets.token_urlsafe(32)).strip()

    def field_keys(self) -> FieldKeys:
        """The keys of encrypted columns; made at the first call."""
        fresh = {"current": "k1", "keys": {"k1": _new_key()}, "blind": _new_key()}
        return _field_keys(_kept(self.create()._field_keys_file, json.dumps(fresh, indent=1)))

    def add_field_key(self) -> FieldKeys:
        """Make a new current key; the former ones stay, to read what they wrote."""
        self.field_keys()
        stored = json.loads(self._field_keys_file.read_text())
        stored["current"] = f"k{len(stored['keys']) + 1}"
        stored["keys"][stored["current"]] = _new_key()
        text = json.dumps(stored, indent=1)
        draft = _private_draft(self._field_keys_file, text)
        draft.replace(self._field_keys_file)
        return _field_keys(text)

    @property
    def _field_keys_file(self) -> Path:
        return self.keys / "fields.json"


def home_at(folder: str | Path | None = None) -> Home:
    """The home that `--home` names, else `DULY_HOME`, else the default; nothing is created yet."""
    named = folder or os.environ.get("DULY_HOME") or DEFAULT_HOME
    return Home(Path(os.path.abspath(Path(named).expanduser())))


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _field_keys(text: str) -> FieldKeys:
    stored = json.loads(text)
    keys = {key_id: base64.urlsafe_b64decode(key) for key_id, key in stored["keys"].items()}
    return FieldKeys(stored["current"], keys, base64.urlsafe_b64decode(stored["blind"]))


def _kept(file: Path, fresh: str) -> str:
    """What `file` says; when it is not there, `fresh` from now on, whoever else writes now."""
    if not file.exists():
        draft = _private_draft(file, fresh)
        try:
            os.link(draft, file)  # fails when another process was first: its secret then holds for both
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()


def _private_draft(file: Path, text: str) -> Path:
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return draft
