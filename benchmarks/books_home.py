"""A home of their own for the measurements of the books."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_rss_mb, server_cpu_seconds

DATA: list[Path] = []
"""Where the server of this run keeps its data: its processes are found by it."""


def in_own_home(
    argv: Sequence[str], measure: Callable[[argparse.Namespace], dict[str, Any]], **defaults: int
) -> dict[str, Any]:
    """Parse options, start a server in a temporary home, measure, and say on what machine."""
    parser = argparse.ArgumentParser()
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(list(argv))
    described = machine()
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot, migrate

        office = boot(Path(folder) / "home")
        DATA[:] = [Path(folder) / "home" / "pg"]
        try:
            migrate()
            return {**measure(wanted), "peak_rss_mb": peak_rss_mb(), "machine": described}
        finally:
            office.close()


def seconds_of(work: Callable[[], object], *, times: int = 1) -> float:
    """Return the median of how long something takes, in seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[len(taken) // 2]


def cpu_seconds_of(work: Callable[[], object]) -> float:
    """Return the CPU seconds the server and this process spent on something: on shared cores the clock
    lies."""
    before = time.process_time() + server_cpu_seconds(DATA[0])
    work()
    return time.process_time() + server_cpu_seconds(DATA[0]) - before
