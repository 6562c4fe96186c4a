"""The database's part of a backup: dump of one snapshot, counts of the same snapshot, restore, transaction numbers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from psycopg import sql

from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.site.embedded import bin_dir
from duly.site.embedded.problems import StartFailed

HERE = "duly.site"
SERVER = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
NUMBERS_A_STEP = 20_000
NEWER_SETTING = b"SET transaction_timeout = 0;\n"
"""What pg_restore 17 and newer writes and no server before 17 knows."""
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/{major}/bin",
    "/usr/pgsql-{major}/bin",
    "/opt/homebrew/opt/postgresql@{major}/bin",
)


@dataclass(frozen=True, slots=True)
class _Named:
    name: str


def server_major() -> int:
    """Return the server's version, as 18."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def program(name: str) -> str:
    """Return pg_dump, pg_restore or psql: the embedded server's, else the system's of the server's version."""
    folders = [folder.format(major=server_major()) for folder in SYSTEM_FOLDERS]
    with suppress(StartFailed):
        folders.insert(0, str(bin_dir()))
    found = next((path for folder in folders if (path := shutil.which(name, path=folder))), None) or shutil.which(name)
    if found is None:
        raise Refused("backup.program_missing", program=name, remedy="install PostgreSQL's client programs")
    return found


def environment() -> dict[str, str]:
    """Return the environment in which PostgreSQL's programs reach our database."""
    settings = connection.settings_dict
    ours = {name: str(settings.get(key) or "") for key, name in SERVER.items()}
    return os.environ | {name: value for name, value in ours.items() if value}


@contextmanager
def one_moment() -> Iterator[str]:
    """Read everything inside as of one moment; yields the name by which pg_dump sees the same."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield str(fetch_value(HERE, "backup/snapshot.sql"))


def dump(snapshot: str, target: Path) -> None:
    """Write the database as of a snapshot in pg_dump's custom format."""
    words = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    done = subprocess.run([*words, f"--file={target}"], env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused("backup.dump_failed", problem=done.stderr.strip()[-500:])


def restore_dump(source: Path) -> None:
    """Bring a dump into the empty database, whole or not at all."""
    write = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
    read = [
        program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
    ]
    with (
        subprocess.Popen(write, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as script,
        subprocess.Popen(read, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as server,
    ):
        assert script.stdout is not None
        assert script.stderr is not None
        assert server.stdin is not None
        assert server.stderr is not None
        cut = _hand_over(script.stdout, server.stdin)
        problem = (script.stderr.read() + server.stderr.read()).decode(errors="replace").strip()
    if cut or script.returncode or server.returncode:
        raise Refused("backup.restore_failed", problem=problem[-800:] or "the database closed the door")


def _hand_over(source: IO[bytes], target: IO[bytes]) -> bool:
    """Pass the script on, without the one setting old servers do not know; whether the reader went away."""
    try:
        for line in source:
            if line != NEWER_SETTING:
                target.write(line)
            if line.startswith(b"COPY "):
                break
        shutil.copyfileobj(source, target, 1 << 20)
        target.close()
    except BrokenPipeError:
        return True
    return False


def tables() -> list[str]:
    """Return the names of all tables of the database."""
    return [row.name for row in fetch_sql(HERE, "backup/tables.sql", _Named)]


def count_rows() -> dict[str, int]:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for name in tables():
            cursor.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name)))
            counts[name] = int(cursor.fetchone()[0])
    return counts


def migrations() -> list[str]:
    """Return the migrations that made the schema."""
    return [row.name for row in fetch_sql(HERE, "backup/migrations.sql", _Named)]


def pass_transaction_numbers(progress: Callable[[str, int, int], None] | None = None) -> int:
    """Bring the server's transaction numbers past those that restored rows bear; returns how many were used up.

    The chains seal rows in the order of their transactions; a server of its own begins to count at the beginning, and
    rows written from now on would sort before the sealed ones.
    """
    behind = int(fetch_value(HERE, "backup/numbers_behind.sql"))
    if behind:
        run_sql(HERE, "backup/make_use_up.sql")
    for used in range(0, behind, NUMBERS_A_STEP):
        fetch_value(HERE, "backup/use_up.sql", numbers=min(NUMBERS_A_STEP, behind - used))
        if progress is not None:
            progress("Passing transaction numbers", min(used + NUMBERS_A_STEP, behind), behind)
    return behind
