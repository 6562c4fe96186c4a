"""A dunning run over everything open: planned and released, against the bare INSERT of the rows it leaves behind.

python -m benchmarks dunning [--accounts 200000] [--workers 2]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_rss_mb, server_cpu_seconds

TODAY = date(2026, 3, 10)
FLOOR = (
    "collections_letter",
    "collections_letter_item",
    "collections_step_done",
    "collections_answer",
    "events_outbox",
)


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    wanted = arguments("dunning", argv)
    described = machine()
    os.environ["DULY_NOW"] = f"{TODAY}T10:00:00+00:00"
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot

        office = boot(Path(folder) / "home")
        try:
            return measure(wanted.accounts, wanted.workers, described, office.home.pg)
        finally:
            office.close()


def arguments(name: str, argv: Sequence[str]) -> argparse.Namespace:
    """Read how many accounts (five open items each) and how many workers."""
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args(list(argv))


def measure(accounts: int, workers: int, described: dict[str, object], data: Path) -> dict[str, Any]:
    """Fill the books, time planning and releasing, time the floor."""
    from benchmarks.dunning_fill import fill
    from duly.collections.actions.plan_run import plan_dunning
    from duly.collections.jobs import release_dunning, work_dunning
    from duly.kernel.actor import system_actor

    entity_id = fill(accounts)
    by, cpu_before = system_actor(entity_id), server_cpu_seconds(data)
    started = time.perf_counter()
    run_id = plan_dunning(TODAY, today=TODAY, by=by)
    work_dunning(run_id, today=TODAY, by=by, workers=workers)
    planned = time.perf_counter()
    done = release_dunning(run_id, today=TODAY, by=by, workers=workers)
    seconds, plan_seconds = time.perf_counter() - started, planned - started
    cpu_seconds = server_cpu_seconds(data) - cpu_before
    if not done.certificate["adds_up"] or done.letters != accounts:
        raise AssertionError(f"{done.letters} letters for {accounts} accounts, {done.certificate}")
    floor_seconds = floor(FLOOR)
    return {
        "name": "dunning",
        "value": round(accounts / seconds),
        "unit": "accounts/s",
        "yardstick": "the same letters, steps, answers and outbox rows by bare INSERT ... SELECT with indexes, seconds",
        "ratio": round(seconds / floor_seconds, 2),
        "accounts": accounts,
        "open_items": accounts * 5,
        "letter_items": done.certificate["letter_items"],
        "workers": workers,
        "seconds": round(seconds, 1),
        "plan_seconds": round(plan_seconds, 1),
        "release_seconds": round(seconds - plan_seconds, 1),
        "floor_seconds": round(floor_seconds, 1),
        "server_cpu_seconds": round(cpu_seconds, 1),
        "peak_rss_mb": peak_rss_mb(),
        "machine": described,
    }


def floor(tables: Sequence[str]) -> float:
    """Copy the rows the run wrote into empty tables with the same indexes; seconds it took."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"create table floor_{table} (like {table} including all)")
        cursor.execute("checkpoint")
        started = time.perf_counter()
        for table in tables:
            cursor.execute(f"insert into floor_{table} select * from {table}")
    return time.perf_counter() - started
