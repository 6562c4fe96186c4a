"""The embedded server lives while anybody uses its home, survives every kill, and never harms a stranger."""

import json
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from duly.site.claims import claim, holder, stop_home
from duly.site.embedded import (
    AlreadyRunning,
    EmbeddedServer,
    PortTaken,
    StartFailed,
    attach_or_start,
    bin_dir,
    processes,
    status,
    stop_running,
)
from duly.site.embedded.privileges import SHARED_ROOM, becoming, choose
from duly.site.embedded.state import STATE_FILE
from duly.site.home import Home

SOURCES = Path(__file__).parents[2] / "src"
CLERK = """
import sys, time
from duly.site.embedded import attach_or_start
server = attach_or_start(sys.argv[1], fsync=False)
print("attached", flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "the office's home")
    yield made
    stop_running(made)


@pytest.fixture
def clerk(home: Home) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start other processes that use the home."""
    begun: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", CLERK, str(home.path)],
            env=os.environ | {"PYTHONPATH": str(SOURCES)},
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


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


def test_what_was_written_is_there_after_a_stop_and_a_start(home: Home) -> None:
    with EmbeddedServer(home) as server:
        write(server, "first day")
    assert status(home) is None

    with EmbeddedServer(home) as server:
        assert read(server) == ["first day"]


def test_the_server_keeps_what_it_promised_unless_a_test_asks_otherwise(home: Home) -> None:
    with EmbeddedServer(home) as server, psycopg.connect(server.dsn()) as connection:
        asked = connection.execute("select current_setting('fsync'), current_setting('synchronous_commit')")
        assert asked.fetchone() == ("on", "on")
        assert connection.execute("select current_user, current_database()").fetchone() == ("duly", "duly")


def test_a_second_start_names_the_process_and_how_to_stop_it(home: Home) -> None:
    with EmbeddedServer(home, fsync=False).start():
        supervisor, _ = running(home)

        with pytest.raises(AlreadyRunning, match=f"process {supervisor}.*`duly stop` or `kill {supervisor}`"):
            EmbeddedServer(home).start()


def test_the_server_stays_until_the_last_who_uses_it_has_left(home: Home, clerk) -> None:
    first = EmbeddedServer(home, fsync=False).start()
    other = clerk()
    assert attached(other)
    pids = running(home)

    first.stop()

    assert running(home) == pids
    other.terminate()
    assert eventually(lambda: status(home) is None and all(map(gone, pids)))


def test_many_who_start_at_once_get_one_server(home: Home, clerk) -> None:
    clerks = [clerk() for _ in range(4)]

    assert all(attached(one) for one in clerks)
    with attach_or_start(home) as server:
        write(server, "one server")
    supervisors = [pid for pid in processes.working_in(home.pg) if processes.is_postmaster(pid, home.pg)]
    assert len(supervisors) == (1 if processes.LINUX else 0)


def test_a_killed_office_leaves_no_server_behind_and_loses_nothing(home: Home, clerk) -> None:
    office = clerk()
    assert attached(office)
    with attach_or_start(home) as server:
        write(server, "committed")
    pids = running(home)

    office.kill()

    assert eventually(lambda: all(map(gone, pids)))
    with attach_or_start(home, fsync=False) as server:
        assert read(server) == ["committed"]


def test_a_killed_supervisor_takes_its_server_down_and_a_new_start_waits_for_it(home: Home) -> None:
    server = EmbeddedServer(home, fsync=False).start()
    write(server, "committed")
    supervisor, postmaster = running(home)

    os.kill(supervisor, signal.SIGKILL)
    assert eventually(lambda: gone(supervisor))
    server.attach()

    assert gone(postmaster)
    assert running(home)[0] != supervisor
    assert read(server) == ["committed"]
    server.stop()


def test_a_killed_server_recovers_under_those_who_use_it(home: Home) -> None:
    server = EmbeddedServer(home).start()
    write(server, "committed")
    _, postmaster = running(home)

    os.kill(postmaster, signal.SIGKILL)
    assert eventually(lambda: running(home)[1] != postmaster)
    server.attach()

    assert read(server) == ["committed"]
    server.stop()


def test_a_server_killed_with_its_supervisor_recovers_at_the_next_start(home: Home) -> None:
    server = EmbeddedServer(home).start()
    write(server, "committed")

    pids = running(home)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: all(map(gone, pids)))

    assert read(server.attach()) == ["committed"]
    server.stop()


def test_a_stale_pid_that_names_a_stranger_neither_stops_the_start_nor_harms_the_stranger(
    home: Home,
) -> None:
    with EmbeddedServer(home, fsync=False) as server:
        write(server, "before")
        note = (home.pg / "postmaster.pid").read_text()
        state = json.loads((home.run / STATE_FILE).read_text())
    stranger = subprocess.Popen(["sleep", "600"])
    (home.pg / "postmaster.pid").write_text("\n".join([str(stranger.pid), *note.split("\n")[1:]]))
    (home.run / STATE_FILE).write_text(json.dumps(state | {"supervisor_pid": stranger.pid}))

    with EmbeddedServer(home, fsync=False).start() as server:
        words = read(server)
        stopped = stop_running(home)

    assert (words, stopped) == (["before"], True)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize("half", ["", "12", "rubbish\n", "\0\0\0"], ids=["empty", "cut", "rubbish", "zeros"])
def test_a_half_written_pid_file_does_not_stop_the_start(home: Home, half: str) -> None:
    with EmbeddedServer(home, fsync=False) as server:
        write(server, "before")
    (home.pg / "postmaster.pid").write_text(half)
    (home.run / STATE_FILE).write_text(half)

    with EmbeddedServer(home, fsync=False).start() as server:
        assert read(server) == ["before"]


def test_a_first_start_that_was_killed_half_way_is_made_anew(home: Home) -> None:
    home.create()
    half = home.path / "pg.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    with EmbeddedServer(home, fsync=False).start() as server:
        write(server, "whole")
        assert read(server) == ["whole"]


def test_a_folder_of_somebody_elses_files_is_refused_and_left_alone(home: Home) -> None:
    home.create()
    home.pg.mkdir()
    (home.pg / "letter.txt").write_text("dear aunt")

    with pytest.raises(StartFailed, match="not a PostgreSQL data directory"):
        EmbeddedServer(home).start()
    assert (home.pg / "letter.txt").read_text() == "dear aunt"
    assert status(home) is None


def test_a_taken_port_is_named(home: Home) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"TCP port {port} .* taken by another program"):
            EmbeddedServer(home, fsync=False, tcp_port=port).start()
    assert status(home) is None


def test_the_tcp_door_opens_only_when_asked_for_and_only_with_the_password(home: Home) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with EmbeddedServer(home, fsync=False, tcp_port=port):
        door = f"host=127.0.0.1 port={port} user=duly dbname=duly connect_timeout=5"
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(door + " password=guessed")
        with psycopg.connect(door, password=home.database_password()) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)


@pytest.mark.parametrize("name", ["a-long-name-" * 12, "home, new"], ids=["long", "comma"])
def test_a_path_that_no_socket_can_have_gets_it_in_a_short_private_folder(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / name)

    with EmbeddedServer(home, fsync=False) as server:
        write(server, "reached")
        folder = Path(server.dsn_params()["host"])
        assert not folder.is_relative_to(home.path)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_everything_in_a_home_is_private(home: Home) -> None:
    home.secret_key()

    with EmbeddedServer(home, fsync=False):
        folders = [home.path, home.pg, home.keys, home.logs, home.files, home.run]
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
        assert {stat.S_IMODE(key.stat().st_mode) for key in home.keys.iterdir()} == {0o600}


def test_a_server_started_by_other_hands_is_named_and_not_touched(home: Home, tmp_path: Path) -> None:
    with EmbeddedServer(home, fsync=False) as server:
        write(server, "before")
    by_hand = subprocess.Popen(
        [bin_dir() / "postgres", "-D", str(home.pg), "-k", str(tmp_path), "-h", ""],
        stderr=subprocess.DEVNULL,
        preexec_fn=becoming(choose(home.path, home.pg), on_orphan=signal.SIGINT),
    )
    pid_file = home.pg / "postmaster.pid"
    assert eventually(lambda: pid_file.exists() and "ready" in pid_file.read_text())

    with pytest.raises(AlreadyRunning, match=f"process {by_hand.pid}"):
        EmbeddedServer(home).start()
    assert by_hand.poll() is None
    assert (home.pg / "postmaster.pid").exists()
    by_hand.send_signal(signal.SIGINT)
    by_hand.wait(30)


def test_stopping_a_home_ends_its_server_whoever_uses_it(home: Home, clerk) -> None:
    assert attached(clerk())
    pids = running(home)

    stopped = stop_home(home)

    assert stopped == ["database"]
    assert all(map(gone, pids))
    assert stop_home(home) == []


def test_only_one_office_opens_in_a_home_and_the_second_is_told_where_the_first_is(home: Home) -> None:
    held = f"""
import sys, time
from duly.site.claims import claim
from duly.site.home import home_at
with claim(home_at({str(home.path)!r}), url="http://localhost:8000/"):
    print("attached", flush=True)
    time.sleep(600)
"""
    first = subprocess.Popen(
        [sys.executable, "-c", held],
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert attached(first)

    with pytest.raises(AlreadyRunning, match=rf"localhost:8000.*process {first.pid}"), claim(home):
        pass
    first.kill()
    first.communicate()
    with claim(home, url="http://localhost:8001/"):
        mine = holder(home)

    assert mine is not None
    assert mine.facts == {"url": "http://localhost:8001/"}
    assert holder(home) is None


def test_keys_are_made_once_and_a_new_field_key_keeps_the_old_ones(home: Home) -> None:
    first, secret = home.field_keys(), home.secret_key()

    second = home.add_field_key()

    assert (first.current, second.current) == ("k1", "k2")
    assert second.keys["k1"] == first.keys["k1"]
    assert second.blind == first.blind
    assert home.secret_key() == secret
    assert home.field_keys() == second


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_runs_a_server() -> None:
    python = _python_for_everybody()
    nobody = pwd.getpwnam("nobody")
    folder = Path(tempfile.mkdtemp(prefix="duly test ", dir=_folder_for_everybody()))
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    script = CLERK.replace("time.sleep(600)", "print(server.status().host); server.stop()")

    try:
        done = subprocess.run(
            [python, "-c", script, str(folder / "home")],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            env={"PYTHONPATH": str(SOURCES), "DULY_PG_BIN": str(bin_dir()), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )

        assert done.stdout.split("\n")[:2] == ["attached", str(folder / "home" / "socket")], done.stderr
        assert (folder / "home" / "pg").stat().st_uid == nobody.pw_uid
        assert status(folder / "home") is None
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs to become somebody else")
def test_root_without_user_namespaces_runs_the_server_as_nobody(home: Home) -> None:
    with EmbeddedServer(home, fsync=False, namespaces=False).start() as server:
        write(server, "as nobody")
        room = home.pg.resolve()
        assert room.is_relative_to(SHARED_ROOM)
        assert room.stat().st_uid == pwd.getpwnam("nobody").pw_uid

    with EmbeddedServer(home, fsync=False).start() as server:
        assert read(server) == ["as nobody"]
        supervisor, _ = running(home)
        os.kill(supervisor, signal.SIGKILL)
        assert eventually(lambda: gone(supervisor))
        assert read(server.attach()) == ["as nobody"]
        server.stop()
    shutil.rmtree(room.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root works in homes of others")
def test_root_in_the_home_of_another_user_runs_the_server_as_that_user() -> None:
    nobody = pwd.getpwnam("nobody")
    folder = Path(tempfile.mkdtemp(prefix="duly test ", dir=_folder_for_everybody()))
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    try:
        with EmbeddedServer(folder, fsync=False).start() as server:
            write(server, "as the owner")
            _, postmaster = running(server.home)
            assert (Path("/proc") / str(postmaster)).stat().st_uid == nobody.pw_uid
            assert not (folder / "pg").is_symlink()
    finally:
        stop_running(folder)
        shutil.rmtree(folder)


def _folder_for_everybody() -> Path:
    """A folder for temporary files that others than root may pass through."""
    for folder in (Path(tempfile.gettempdir()), Path("/var/tmp")):
        if all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents)):
            return folder
    pytest.skip("no temporary folder that an ordinary user may pass through here")


def _python_for_everybody() -> str:
    """An interpreter that others than root may run: root's own is often in its private folder."""
    nobody = pwd.getpwnam("nobody")
    looks = f"import sys, os; os.stat({str(SOURCES / 'duly')!r}); assert sys.version_info >= (3, 11)"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            done = subprocess.run(
                [python, "-c", looks],
                user=nobody.pw_uid,
                group=nobody.pw_gid,
                extra_groups=[],
                capture_output=True,
                check=False,
                cwd="/",
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if done.returncode == 0:
            return python
    pytest.skip("no Python 3.11 that an ordinary user may run here")
