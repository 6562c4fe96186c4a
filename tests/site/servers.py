"""What the tests of the embedded server do again and again."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from duly.site.embedded import EmbeddedServer, processes, status
from duly.site.home import Home

SOURCES = Path(__file__).parents[2] / "src"
CLERK = """
import sys, time
from duly.site.embedded import attach_or_start
server = attach_or_start(sys.argv[1], fsync=False)
print("attached", flush=True)
time.sleep(600)
"""


def attached(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline().strip() == "attached"


def write(server: EmbeddedServer, words: str) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("create table if not exists kept (words text)")
        connection.execute("insert into kept values (%s)", [words])


def read(server: EmbeddedServer) -> list[str]:
    with psycopg.connect(**server.dsn_params()) as connection:
        return [row[0] for row in connection.execute("select words from kept order by words")]


def eventually(holds: Callable[[], object], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def gone(pid: int) -> bool:
    return processes.born(pid) is None


def running(home: Home) -> tuple[int, int]:
    """Pids of the supervisor and of the server."""
    state = status(home)
    assert state is not None
    assert state.postmaster_pid is not None
    return state.supervisor_pid, state.postmaster_pid


def with_sources() -> dict[str, str]:
    """The environment of another process that imports our code."""
    return os.environ | {"PYTHONPATH": str(SOURCES)}
