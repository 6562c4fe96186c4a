"""A home of its own for each test, and other processes that use it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duly.site.embedded import stop_running
from duly.site.home import Home
from tests.site.servers import CLERK, with_sources


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
            env=with_sources(),
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()
