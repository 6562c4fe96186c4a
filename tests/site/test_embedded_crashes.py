"""Whatever is killed or left half written, the next start works, loses nothing and harms no stranger."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from duly.site.embedded import (
    EmbeddedServer,
    attach_or_start,
    processes,
    status,
    stop_running,
)
from duly.site.embedded.state import STATE_FILE
from duly.site.home import Home
from tests.site.servers import attached, eventually, gone, read, running, with_sources, write


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


MOST_STARTS = 24
RESTLESS = """
import random, sys, time
import psycopg
from duly.site.embedded import attach_or_start
server = attach_or_start(sys.argv[1])
for attempt in range(8):
    try:
        with psycopg.connect(server.dsn()) as connection:
            connection.execute("insert into kept values (%s)", [sys.argv[2]])
        break
    except psycopg.Error:
        time.sleep(0.2)
        server.attach()
else:
    raise SystemExit("no database after eight attempts")
print(sys.argv[2], flush=True)
time.sleep(random.random() * 0.3)
"""


@pytest.mark.slow
def test_whoever_is_killed_at_whatever_moment_nothing_committed_is_lost(home: Home) -> None:
    chance = random.Random(20260331)
    with EmbeddedServer(home) as server:
        write(server, "0")
    confirmed, killed, started, at_work = {"0"}, 0, 0, []

    while started < MOST_STARTS or at_work:
        if started < MOST_STARTS and len(at_work) < 3:
            started += 1
            words = [sys.executable, "-c", RESTLESS, str(home.path), str(started)]
            at_work.append(subprocess.Popen(words, env=with_sources(), stdout=subprocess.PIPE, text=True))
        time.sleep(chance.random() * 0.2)
        state = status(home)
        if state is not None and started < MOST_STARTS and chance.random() < 0.3:
            victim = chance.choice([state.supervisor_pid, state.postmaster_pid, at_work[0].pid])
            killed += kill(victim, home)
        for process in [one for one in at_work if one.poll() is not None]:
            at_work.remove(process)
            said = process.communicate()[0].strip()
            assert process.returncode in (0, -signal.SIGKILL)
            confirmed |= {said} if said else set()

    with EmbeddedServer(home) as server:
        kept = read(server)
    assert killed > 2
    assert confirmed <= set(kept)


def kill(pid: int | None, home: Home) -> int:
    """Kill a process that is surely one of ours: an office of this test, its supervisor or its server."""
    line = processes.command_line(pid) if pid else []
    if pid is None or not any(str(home.path) in word for word in line):
        return 0
    os.kill(pid, signal.SIGKILL)
    return 1
