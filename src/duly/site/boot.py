"""Bringing Duly up in this process: home folder, keys, database (embedded or DULY_DATABASE_URL), Django."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django

from duly.kernel import crypto
from duly.site.embedded import EmbeddedServer, attach_or_start
from duly.site.home import Home, home_at


@dataclass(frozen=True, slots=True)
class Office:
    """What keeps running while this process works: the home and its share of the embedded server, if any."""

    home: Home
    server: EmbeddedServer | None

    def close(self) -> None:
        """Give up the share of the embedded server; the last one to do so stops it."""
        from django.db import connections

        connections.close_all()
        if self.server is not None:
            self.server.stop()


def boot(home_folder: str | Path | None = None, *, fsync: bool = True) -> Office:
    """Make the home, reach the database and set Django up; call once a process, before importing anything of ours.

    The database is the one of DULY_DATABASE_URL (postgresql://user:password@host:port/name) or the home's own.
    """
    home = home_at(home_folder).create()
    os.environ["DULY_HOME"] = str(home.path)
    os.environ.setdefault("DULY_SECRET_KEY", home.secret_key())
    server = None
    if url := os.environ.get("DULY_DATABASE_URL"):
        _use(database_of(url))
    else:
        server = attach_or_start(home, fsync=fsync)
        _use({key: str(value) for key, value in server.dsn_params().items()})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly.site.settings")
    django.setup()
    configure_keys(home)
    return Office(home, server)


def configure_keys(home: Home) -> None:
    """Give the kernel the keys of encrypted columns."""
    keys = home.field_keys()
    crypto.configure(current=keys.current, keys=keys.keys, blind=keys.blind)


def database_of(url: str) -> dict[str, str]:
    """Read a postgresql:// address into host, port, user, password and dbname; `?host=` names a socket folder."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(f"DULY_DATABASE_URL must begin with postgresql://, not {parts.scheme or 'nothing'}://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "host": unquote(query.get("host", parts.hostname or "")),
        "port": str(parts.port or query.get("port", "")),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "dbname": unquote(parts.path.lstrip("/")) or "duly",
    }


def _use(database: dict[str, str]) -> None:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    for key, name in names.items():
        os.environ[f"DULY_DB_{name}"] = database.get(key, "")


def migrate() -> None:
    """Bring the schema to this version; safe to repeat, refuses nothing."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
