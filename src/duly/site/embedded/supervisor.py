"""The small process that owns one embedded server.

Why a process of its own: a home is used by several at once (the office serves pages while a bill run is
started from a terminal), and any of them may end first or be killed. So nobody who uses the server owns it.
Every user holds a shared lock on `users.lock`, which the kernel drops however the user ends. The supervisor
starts the server, tries now and then to take that lock whole, and when it gets it nobody is left: it stops
the server, still holding the lock, so that who comes at that moment waits and then starts anew.

The server and all its children inherit `postgres.lock`; while any of them lives, it is taken. Whoever gets
it knows, from the kernel and not from a pid in a file, that no server of ours touches the data. If the
supervisor is killed, the server shuts itself down (parent-death signal; where the system has none, the next
supervisor ends it). If the server is killed, the supervisor starts it again and it recovers.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from duly.site.embedded import cluster as clusters
from duly.site.embedded import processes
from duly.site.embedded.cluster import Cluster
from duly.site.embedded.problems import EmbeddedError, Killed, StartFailed, told
from duly.site.embedded.state import SERVER_LOCK, STATE_FILE, USERS_LOCK, ServerState, write_state
from duly.site.home import Home

GLANCE_SECONDS: Final = 0.1
"""How often to look whether anybody is left."""
ORPHANS_GRACE_SECONDS: Final = 0.5
MOST_CRASHES: Final = 5
CRASH_WINDOW_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Order:
    """What the process that starts a supervisor tells it."""

    home: str
    programs: str
    fsync: bool
    tcp_port: int | None
    namespaces: bool
    reply: int
    """File descriptor on which it waits for `ready` or the problem."""


class Supervisor:
    """Owner of one server, from its start to the moment nobody needs it."""

    def __init__(self, home: Home, order: Order) -> None:
        self._home, self._order = home, order
        self._cluster: Cluster
        self._server: subprocess.Popen[bytes] | None = None
        self._told_to_stop = False
        self._crashes: list[float] = []
        self._users = (home.run / USERS_LOCK).open("a+")
        self._bell = _bell_for(self._stop_asked)

    def supervise(self) -> None:
        """Start, answer, stay while needed, stop."""
        try:
            try:
                self._start()
            except EmbeddedError as problem:
                self._stop()
                self._reply(told(problem))
                return
            self._reply({"code": "ready"})
            while not self._told_to_stop and not self._nobody_is_left():
                select.select([self._bell], [], [], GLANCE_SECONDS)
                with contextlib.suppress(BlockingIOError):
                    os.read(self._bell, 4096)
                self._mend()
        finally:
            self._stop()

    def _start(self) -> None:
        self._note("starting")
        lock = os.open(self._home.run / SERVER_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _wait_for_the_last_server(lock, self._home.pg)
            self._cluster = clusters.cluster_of(
                self._home,
                Path(self._order.programs),
                fsync=self._order.fsync,
                tcp_port=self._order.tcp_port,
                namespaces=self._order.namespaces,
            )
            clusters.make(self._cluster, lock)
            clusters.clear(self._cluster)
            self._server, begins = clusters.launch(self._cluster, lock)
        finally:
            os.close(lock)  # the server has inherited it; a copy of ours would hide that it has gone
        self._note("recovering")
        clusters.wait_until_ready(self._cluster, self._server, begins)
        self._note("ready")

    def _mend(self) -> None:
        """Start the server again after a crash; give up when it keeps crashing."""
        if self._server is None or self._server.poll() is None:
            return
        print(f"duly: the server ended with {self._server.returncode}; starting it again", flush=True)
        now = time.monotonic()
        self._crashes = [at for at in self._crashes if now - at < CRASH_WINDOW_SECONDS] + [now]
        if len(self._crashes) > MOST_CRASHES or not (self._home.pg / "PG_VERSION").exists():
            raise StartFailed("The server keeps ending; see the lines above.")
        with contextlib.suppress(Killed):  # again; the next glance sees it and counts it
            self._start()

    def _stop(self) -> None:
        with contextlib.suppress(FileNotFoundError):  # somebody deleted the home
            self._note("stopping")
        if self._server is not None:
            clusters.stop(self._server)
            for left in self._cluster.socket.glob(".s.PGSQL.*"):
                left.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self._cluster.socket.rmdir()
            self._server = None
        (self._home.run / STATE_FILE).unlink(missing_ok=True)

    def _nobody_is_left(self) -> bool:
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _note(self, phase: str) -> None:
        server = self._server.pid if self._server is not None else None
        made = hasattr(self, "_cluster")
        host, port = (str(self._cluster.socket), self._cluster.port) if made else ("", 0)
        me = os.getpid()
        state = ServerState(phase, me, processes.born(me) or "", server, host, port, self._order.tcp_port)
        write_state(self._home.run, state)

    def _reply(self, facts: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError):  # who asked has gone; others may wait
            os.write(self._order.reply, json.dumps(facts).encode() + b"\n")
        os.close(self._order.reply)

    def _stop_asked(self, *_: object) -> None:
        self._told_to_stop = True


def _wait_for_the_last_server(lock: int, data: Path) -> None:
    """Take the lock that every server inherits, helping a server that lost its supervisor to end."""
    began, asked = time.monotonic(), 0.0
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            waited = time.monotonic() - began
        if waited - asked > ORPHANS_GRACE_SECONDS:
            _end_orphans(data.resolve(), signal.SIGINT if waited < 60.0 else signal.SIGQUIT)
            asked = waited
        time.sleep(0.02)


def _end_orphans(data: Path, sign: signal.Signals) -> None:
    """Signal the server of `data`, or its children where it was killed; never another's process."""
    pid = clusters.pid_in(data / "postmaster.pid")
    if pid is not None and processes.is_postmaster(pid, data):
        _signal([pid], sign)
    else:
        _signal(processes.working_in(data), signal.SIGQUIT)


def _signal(pids: list[int], sign: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)


def _bell_for(stop_asked: Any) -> int:
    """A descriptor that becomes readable at a signal, so that a stop or a crash is seen at once."""
    ear, mouth = os.pipe()
    os.set_blocking(ear, False)
    os.set_blocking(mouth, False)
    signal.set_wakeup_fd(mouth)
    signal.signal(signal.SIGTERM, stop_asked)
    signal.signal(signal.SIGINT, stop_asked)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return ear


def main() -> None:
    """Detach from who started us, then supervise; the lock of the one supervisor was inherited."""
    if os.fork():
        os._exit(0)
    order = Order(**json.loads(sys.argv[1]))
    home = Home(Path(order.home))
    os.set_inheritable(order.reply, False)
    Supervisor(home, order).supervise()


if __name__ == "__main__":
    main()
