"""The office is served by one process a home, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DULY_", "DJANGO_"))}
    folder = tmp_path / "home"
    words = [
        "init",
        "--name",
        "Served",
        "--owner-name",
        "Owner",
        "--owner-email",
        "owner@example.com",
        "--home",
        str(folder),
    ]
    subprocess.run(
        [sys.executable, "-m", "duly", *words], env=environment | {"PYTHONPATH": str(ROOT / "src")}, check=True,
        capture_output=True,
    )  # fmt: skip
    yield folder
    subprocess.run(
        [sys.executable, "-m", "duly", "stop", "--home", str(folder)],
        env=environment | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
        capture_output=True,
    )


def serve(home: Path, port: int) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DULY_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "duly", "serve", "--port", str(port), "--home", str(home)],
        env=environment | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, *, seconds: float = 60) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the office did not open")


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_behind_however_the_office_ends(home: Path, ending: signal.Signals) -> None:
    port = free_port()
    office = serve(home, port)
    assert wait_for(port) == 200
    started = children_of(office.pid)
    assert len(started) >= 2

    office.send_signal(ending)
    office.wait(timeout=40)

    end = time.monotonic() + 20
    while alive(started) and time.monotonic() < end:
        time.sleep(0.1)
    assert alive(started) == []


def test_a_second_office_of_the_same_home_is_told_who_serves_it(home: Path) -> None:
    port = free_port()
    office = serve(home, port)
    wait_for(port)

    second = serve(home, free_port())

    _, said = second.communicate(timeout=60)
    assert second.returncode == 1
    assert str(office.pid) in said
    assert "duly stop" in said
    office.terminate()
    office.wait(timeout=40)


def test_a_taken_port_is_named_with_the_remedy(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        office = serve(home, int(taken.getsockname()[1]))

        _, said = office.communicate(timeout=60)
    assert office.returncode == 1
    assert "serve.port_taken" in said
