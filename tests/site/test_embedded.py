"""The embedded server lives while anybody uses its home, and only that long."""

import signal
import socket
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from duly.site.claims import stop_home
from duly.site.embedded import (
    AlreadyRunning,
    EmbeddedServer,
    PortTaken,
    StartFailed,
    attach_or_start,
    bin_dir,
    processes,
    status,
)
from duly.site.embedded.privileges import becoming, choose
from duly.site.home import Home
from tests.site.servers import attached, eventually, gone, read, running, write


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
