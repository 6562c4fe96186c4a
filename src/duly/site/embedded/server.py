"""The embedded server as those see it who use it: attach, ask for the DSN, leave."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from duly.site.embedded import processes
from duly.site.embedded.binaries import bin_dir
from duly.site.embedded.cluster import DATABASE, USER
from duly.site.embedded.problems import AlreadyRunning, Killed, StartFailed, retold
from duly.site.embedded.state import SUPERVISOR_LOCK, USERS_LOCK, ServerState, read_state
from duly.site.home import Home, home_at

SOURCES: Final = Path(__file__).resolve().parents[3]
PAUSE_SECONDS: Final = 0.02
MOST_KILLS: Final = 12
LOG_LIMIT: Final = 20_000_000
"""Bytes."""


class EmbeddedServer:
    """This process's share of the server of one home; the server stays while any process has a share."""

    def __init__(
        self,
        home: Home | Path | str,
        *,
        fsync: bool = True,
        tcp_port: int | None = None,
        namespaces: bool = True,
    ) -> None:
        self.home = home if isinstance(home, Home) else home_at(home)
        self._fsync, self._tcp_port, self._namespaces = fsync, tcp_port, namespaces
        self._share: TextIOWrapper | None = None
        self._state: ServerState | None = None

    def start(self) -> Self:
        """Start the server; raises AlreadyRunning when this home has one, PortTaken, StartFailed."""
        return self._attach(must_be_first=True)

    def attach(self) -> Self:
        """Use the server that runs, or start it; call again after it was lost, to have it back."""
        return self._attach(must_be_first=False)

    def stop(self) -> None:
        """Give up our share; when it was the last one, wait until the server has ended."""
        if self._share is None:
            return
        self._share.close()
        self._share = self._state = None
        while (state := read_state(self.home.run)) is not None and not _others_use(self.home):
            _wait_while(state, seconds=PAUSE_SECONDS)

    close = stop

    def status(self) -> ServerState | None:
        """What runs in our home now, whoever started it; None when nothing does."""
        return read_state(self.home.run)

    def dsn_params(self, dbname: str = DATABASE) -> dict[str, Any]:
        """Host (a folder), port, user and dbname for psycopg, by the private Unix socket."""
        if self._state is None:
            raise StartFailed("Not attached to the database; call attach() first.")
        return {"host": self._state.host, "port": self._state.port, "user": USER, "dbname": dbname}

    def dsn(self, dbname: str = DATABASE) -> str:
        """The same as one string, safe for paths with spaces and quotes."""
        words = [f"{name}={_quoted(str(value))}" for name, value in self.dsn_params(dbname).items()]
        return " ".join(words)

    def __enter__(self) -> Self:
        return self.attach()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _attach(self, *, must_be_first: bool) -> Self:
        self.home.create()
        try:
            if self._share is None:
                self._share = _take_share(self.home)
            state = self._try(must_be_first=must_be_first)
        except BaseException:
            if self._share is not None:
                self._share.close()
                self._share = None
            raise
        self._state = state
        return self

    def _try(self, *, must_be_first: bool) -> ServerState:
        kills = 0
        while True:
            try:
                state = self._join_or_start(must_be_first=must_be_first)
            except Killed:
                kills += 1
                if kills > MOST_KILLS:
                    raise
                continue
            if state is not None:
                return state
            time.sleep(PAUSE_SECONDS)

    def _join_or_start(self, *, must_be_first: bool) -> ServerState | None:
        with (self.home.run / SUPERVISOR_LOCK).open("a+") as guard:
            try:
                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._join(must_be_first=must_be_first)
            self._spawn(guard.fileno())
        return read_state(self.home.run)

    def _join(self, *, must_be_first: bool) -> ServerState | None:
        state = read_state(self.home.run)
        if state is None or state.phase == "stopping":
            return None
        if must_be_first:
            raise AlreadyRunning(state.supervisor_pid, str(self.home.path))
        return state if state.phase == "ready" else None

    def _spawn(self, guard: int) -> None:
        """Start a supervisor that inherits `guard`; returns when the server is ready."""
        log_file = _fresh_enough(self.home.logs / "database.log")
        ear, mouth = os.pipe()
        order = {
            "home": str(self.home.path),
            "programs": str(bin_dir()),
            "fsync": self._fsync,
            "tcp_port": self._tcp_port,
            "namespaces": self._namespaces,
            "reply": mouth,
        }
        with open(ear, "rb") as answer, log_file.open("ab") as log:
            begins = log.tell()
            try:
                subprocess.run(
                    [sys.executable, "-m", "duly.site.embedded.supervisor", json.dumps(order)],
                    pass_fds=(guard, mouth),
                    start_new_session=True,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=os.environ | {"PYTHONPATH": str(SOURCES)},
                    check=False,
                )
            finally:
                os.close(mouth)
            said = answer.readline()
        facts = json.loads(said) if said else {"code": Killed.code, "message": self._last_words(begins)}
        if facts["code"] != "ready":
            raise retold(facts)

    def _last_words(self, begins: int) -> str:
        with (self.home.logs / "database.log").open("rb") as log:
            log.seek(begins)
            return f"The database's supervisor ended:\n{log.read().decode(errors='replace')[-1500:]}"


def attach_or_start(home: Home | Path | str, *, fsync: bool = True, tcp_port: int | None = None) -> EmbeddedServer:
    """Our share of the server of `home`, started if it does not run; one that runs keeps its options."""
    return EmbeddedServer(home, fsync=fsync, tcp_port=tcp_port).attach()


def status(home: Home | Path | str) -> ServerState | None:
    """What runs in `home` now; None when nothing does."""
    return EmbeddedServer(home).status()


def stop_running(home: Home | Path | str) -> bool:
    """Stop the server of `home` whoever uses it, and wait for its end; False when there was none."""
    state = status(home)
    if state is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(state.supervisor_pid, signal.SIGTERM)
    _wait_while(state)
    return True


def _fresh_enough(log: Path) -> Path:
    """The log, turned over when it has grown long; one old one is kept."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return log


def _take_share(home: Home) -> TextIOWrapper:
    share = (home.run / USERS_LOCK).open("a+")
    fcntl.flock(share, fcntl.LOCK_SH)  # waits only while a supervisor that saw nobody stops its server
    return share


def _others_use(home: Home) -> bool:
    """Whether the lock of the users is held in shares: the stopping supervisor holds it whole."""
    try:
        with (home.run / USERS_LOCK).open("a+") as share:
            fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return _shared(home)
    return False


def _shared(home: Home) -> bool:
    with (home.run / USERS_LOCK).open("a+") as share:
        try:
            fcntl.flock(share, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _wait_while(state: ServerState, seconds: float | None = None) -> None:
    end = None if seconds is None else time.monotonic() + seconds
    while processes.born(state.supervisor_pid) == state.supervisor_born:
        if end is not None and time.monotonic() > end:
            return
        time.sleep(PAUSE_SECONDS)


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
