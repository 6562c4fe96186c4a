"""Statements of account by schedule for everybody: made, past the gate, in the outbox.

python -m benchmarks statements [--accounts 200000] [--workers 2]
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.dunning import TODAY, arguments, floor
from benchmarks.machine import machine, peak_rss_mb, server_cpu_seconds

FLOOR = ("collections_statement", "collections_answer", "events_outbox")


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    wanted = arguments("statements", argv)
    described = machine()
    os.environ["DULY_NOW"] = f"{TODAY}T10:00:00+00:00"
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot

        office = boot(Path(folder) / "home")
        try:
            return measure(wanted.accounts, wanted.workers, described, office.home.pg)
        finally:
            office.close()


def measure(accounts: int, workers: int, described: dict[str, object], data: Path) -> dict[str, Any]:
    """Fill the books, time the statements, time the floor."""
    from benchmarks.dunning_fill import fill
    from duly.collections.jobs import send_due_statements
    from duly.kernel.actor import system_actor

    entity_id = fill(accounts)
    by, cpu_before, started = system_actor(entity_id), server_cpu_seconds(data), time.perf_counter()
    made = send_due_statements(TODAY, today=TODAY, by=by, workers=workers)
    seconds = time.perf_counter() - started
    cpu_seconds = server_cpu_seconds(data) - cpu_before
    if made.queued != accounts:
        raise AssertionError(f"{made.queued} statements for {accounts} accounts")
    floor_seconds = floor(FLOOR)
    return {
        "name": "statements",
        "value": round(accounts / seconds),
        "unit": "accounts/s",
        "yardstick": "the same statements, answers and outbox rows by bare INSERT ... SELECT with indexes, seconds",
        "ratio": round(seconds / floor_seconds, 2),
        "accounts": accounts,
        "open_items": accounts * 5,
        "workers": workers,
        "seconds": round(seconds, 1),
        "floor_seconds": round(floor_seconds, 1),
        "server_cpu_seconds": round(cpu_seconds, 1),
        "peak_rss_mb": peak_rss_mb(),
        "machine": described,
    }
