"""One data directory: made, served, and cleared of what a crash left in it."""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from duly.site.embedded import privileges, processes, tuning
from duly.site.embedded.privileges import Privilege
from duly.site.embedded.problems import AlreadyRunning, EmbeddedError, Killed, PortTaken, StartFailed
from duly.site.home import Home

USER: Final = "duly"
DATABASE: Final = "duly"
SOCKET_PORT: Final = 5432
LONGEST_SOCKET_FOLDER: Final = 103 - len("/.s.PGSQL.5432")
"""Bytes: a Unix socket's path has room for 103 on macOS, 107 on Linux."""
LOG_TAIL: Final = 1500


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data directory and what is needed to serve it."""

    home: Home
    programs: Path
    data: Path
    privilege: Privilege
    fsync: bool
    tcp_port: int | None

    @property
    def log(self) -> Path:
        """Where the server writes."""
        return self.home.logs / "database.log"

    @property
    def port(self) -> int:
        """The number in the socket's name, and the TCP port when one was asked for."""
        return self.tcp_port or SOCKET_PORT

    @property
    def socket(self) -> Path:
        """A private folder whose path is short enough, and without a comma (it separates hosts in a DSN)."""
        near = self.data.with_name("socket")
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER and "," not in str(near):
            return near
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        name = f"duly-{os.geteuid()}-{mark}"
        for folder in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/var/run", "/var/tmp"):
            if folder and os.access(folder, os.W_OK) and len(os.fsencode(folder)) + len(name) < LONGEST_SOCKET_FOLDER:
                return Path(folder, name)
        raise StartFailed(f"No folder with a short path for the socket of {self.home.path}; set XDG_RUNTIME_DIR.")


def cluster_of(home: Home, programs: Path, *, fsync: bool, tcp_port: int | None, namespaces: bool) -> Cluster:
    """The cluster of `home`, with its folders where the server's user can reach them."""
    privilege = privileges.choose(home.path, home.pg, namespaces=namespaces)
    data = privileges.data_room(home.path, home.pg, privilege)
    reachable = privileges.programs_room(programs, privilege)
    return Cluster(home, reachable, data, privilege, fsync, tcp_port)


def make(cluster: Cluster, lock: int) -> None:
    """Make the data directory, with our database in it, unless it is there: whole or not at all."""
    if (cluster.data / "PG_VERSION").exists():
        return
    if cluster.data.exists() and any(cluster.data.iterdir()):
        raise StartFailed(f"{cluster.data} is not empty and not a PostgreSQL data directory.")
    draft = cluster.data.with_name("pg.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    privileges.give(draft, cluster.privilege)
    _initialise(replace(cluster, data=draft), lock)
    draft.rename(cluster.data)


def _initialise(draft: Cluster, lock: int) -> None:
    pass_file = draft.data.with_name("pg.password")
    pass_file.unlink(missing_ok=True)
    pass_file.touch(mode=0o600)
    pass_file.write_text(draft.home.database_password())
    try:
        privileges.give(pass_file, draft.privilege)
        options = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={pass_file}"]
        options += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options += ["--no-instructions"] + ([] if draft.fsync else ["--no-sync"])
        _run(draft, ["initdb", "-D", str(draft.data), "-U", USER, *options], lock)
    finally:
        pass_file.unlink()
    with (draft.data / "postgresql.conf").open("a") as configuration:
        configuration.write(f"\ninclude_if_exists = '{tuning.SETTINGS_FILE}'\n")
    alone = ["postgres", "--single", "-D", str(draft.data), "-c", f"fsync={'on' if draft.fsync else 'off'}"]
    _run(draft, [*alone, "postgres"], lock, typed=f"create database {DATABASE};\n")


def clear(cluster: Cluster) -> None:
    """Remove what a crash left; call only while holding the lock that every server of ours inherits."""
    pid = pid_in(cluster.data / "postmaster.pid")
    if pid is not None and processes.is_postmaster(pid, cluster.data):
        # Started by other hands, or it would have our lock: theirs to stop.
        raise AlreadyRunning(pid, str(cluster.data), "A PostgreSQL server")
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for left in cluster.socket.glob(".s.PGSQL.*"):
        left.unlink()


def launch(cluster: Cluster, lock: int) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server; answers the process and where in the log it begins to write."""
    tuning.write_settings(cluster.data, fsync=cluster.fsync)
    _make_socket_folder(cluster)
    quoted = str(cluster.socket).replace('"', '""')
    fixed = {
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "listen_addresses": "127.0.0.1" if cluster.tcp_port else "",
        "port": str(cluster.port),
    }
    words = ["postgres", "-D", str(cluster.data)]
    for name, value in fixed.items():
        words += ["-c", f"{name}={value}"]
    with cluster.log.open("ab") as log:
        begins = log.tell()
        server = subprocess.Popen(
            [cluster.programs / words[0], *words[1:]], **_as_server(cluster, lock), stdout=log, stderr=log
        )
    return server, begins


def wait_until_ready(cluster: Cluster, server: subprocess.Popen[bytes], begins: int) -> None:
    """Wait as long as recovery takes: a limit here would make a long recovery start over for ever."""
    while server.poll() is None:
        try:
            lines = (cluster.data / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, ValueError):
            lines = []
        if len(lines) >= 8 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return
        time.sleep(0.01)
    raise _why(cluster, server.returncode, begins)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: sessions are ended, a checkpoint is written; harder only after minutes."""
    for sign, patience in ((signal.SIGINT, 300), (signal.SIGQUIT, 30), (signal.SIGKILL, None)):
        if server.poll() is not None:
            return
        server.send_signal(sign)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def _make_socket_folder(cluster: Cluster) -> None:
    folder = cluster.socket
    try:
        folder.mkdir(mode=0o700)
        privileges.give(folder, cluster.privilege)
    except FileExistsError:
        found = folder.lstat()
        ours = {os.geteuid(), cluster.privilege.uid} if not cluster.privilege.namespace else {os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours or found.st_mode & 0o077:
            raise StartFailed(f"{folder} is not a private folder of ours; remove it.") from None


def _run(cluster: Cluster, words: Sequence[str], lock: int, *, typed: str = "") -> None:
    done = subprocess.run(
        [cluster.programs / words[0], *words[1:]],
        **_as_server(cluster, lock, typed=typed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace")[-LOG_TAIL:]
        raise StartFailed(f"{words[0]} failed on {cluster.data}:\n{said}")


def _as_server(cluster: Cluster, lock: int, *, typed: str | None = None) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    # A fast shutdown of the server, or the end of initdb, when the supervisor vanishes.
    become = privileges.becoming(cluster.privilege, on_orphan=signal.SIGINT)
    common = {"preexec_fn": become, "pass_fds": (lock,), "cwd": "/", "env": environment | {"LC_ALL": "C"}}
    return common | ({"stdin": subprocess.DEVNULL} if typed is None else {"input": typed.encode()})


def pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _why(cluster: Cluster, ended_with: int, begins: int) -> EmbeddedError:
    with cluster.log.open("rb") as log:
        log.seek(begins)
        said = log.read().decode(errors="replace")
    if cluster.tcp_port and "Address already in use" in said:
        return PortTaken(cluster.tcp_port)
    kind = Killed if ended_with == -signal.SIGKILL else StartFailed
    return kind(f"PostgreSQL did not start on {cluster.data}:\n{said[-LOG_TAIL:]}")
