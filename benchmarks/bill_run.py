"""Billing a million accounts: plan, approve, issue with two workers, against the bare INSERT of the same rows.

python -m benchmarks.bill_run [--accounts 1000000] [--workers 2]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_rss_mb, server_cpu_seconds

TODAY = date(2026, 1, 31)
FLOOR_TABLES = {
    "invoicing_invoice": "id",
    "invoicing_line": "invoice_id",
    "invoicing_tax": "invoice_id",
    "invoicing_run_item": "account_id",
    "receivables_item": "id",
    "receivables_number": "document_id",
    "ledger_entry": "id",
    "ledger_posting": "entry_id",
    "events_outbox": "id",
}
"""What a bill run leaves behind, and the column its rows are split by between the floor's workers."""


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    parser = argparse.ArgumentParser(prog="bill-run", description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(list(argv))
    described = machine()
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot

        office = boot(Path(folder) / "home")
        try:
            return measure(wanted.accounts, wanted.workers, described, office.home.pg)
        finally:
            office.close()


def measure(accounts: int, workers: int, described: dict[str, object], data: Path) -> dict[str, Any]:
    """Fill the books, time the run, time the floor."""
    from benchmarks.bill_run_fill import fill

    say(f"filling {accounts:,} accounts")
    entity_id = fill(accounts)
    before_mb = peak_rss_mb()
    cpu_before = server_cpu_seconds(data)
    seconds = bill(entity_id, workers)
    cpu_seconds = server_cpu_seconds(data) - cpu_before
    rss_mb = peak_rss_mb()
    documents = count(f"select count(*) from invoicing_invoice where entity_id = {entity_id}")
    lines = count(f"select count(*) from invoicing_line where entity_id = {entity_id}")
    if documents != accounts:
        raise AssertionError(f"{documents} documents for {accounts} accounts")
    floor_seconds, floor_cpu_seconds = floor(workers, data)
    total = seconds["plan"] + seconds["issue"]
    return {
        "name": "bill-run",
        "value": round(documents / total),
        "unit": "invoices/s",
        "yardstick": "the same rows by bare INSERT ... SELECT with indexes, seconds",
        "ratio": round(total / floor_seconds, 2),
        "accounts": accounts,
        "lines": lines,
        "workers": workers,
        "seconds": round(total, 1),
        "plan_seconds": round(seconds["plan"], 1),
        "issue_seconds": round(seconds["issue"], 1),
        "floor_seconds": round(floor_seconds, 1),
        "server_cpu_seconds": round(cpu_seconds, 1),
        "floor_cpu_seconds": round(floor_cpu_seconds, 1),
        "cpu_ratio": round(cpu_seconds / floor_cpu_seconds, 2) if floor_cpu_seconds else None,
        "peak_rss_mb": rss_mb,
        "rss_before_mb": before_mb,
        "machine": described,
    }


def bill(entity_id: int, workers: int) -> dict[str, float]:
    """Plan, approve and issue everything; returns the seconds of each half."""
    from duly.invoicing.actions.plan import plan_run
    from duly.invoicing.actions.runs import approve_run
    from duly.invoicing.jobs import work_run
    from duly.kernel.actor import system_actor

    by = system_actor(entity_id)
    started = time.perf_counter()
    run_id = plan_run(TODAY, TODAY, today=TODAY, by=by)
    work_run(run_id, by=by, workers=workers, progress=show)
    planned = time.perf_counter()
    approve_run(run_id, by=by)
    certificate = work_run(run_id, by=by, workers=workers, progress=show)
    ended = time.perf_counter()
    if certificate is None or not certificate.adds_up:
        raise AssertionError(f"the run does not add up: {certificate}")
    return {"plan": planned - started, "issue": ended - planned}


def floor(workers: int, data: Path) -> tuple[float, float]:
    """Copy the rows the run wrote into empty tables with the same indexes; seconds and CPU seconds it took."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in FLOOR_TABLES:
            cursor.execute(f"create table floor_{table} (like {table} including all)")
            cursor.execute(f"analyze {table}")
        ranges = {}
        for table, column in FLOOR_TABLES.items():
            cursor.execute(f"select min({column}), max({column}) from {table}")
            ranges[table] = cursor.fetchone()
        cursor.execute("checkpoint")

    def copy(worker: int) -> None:
        with connection.cursor() as cursor:
            for table, column in FLOOR_TABLES.items():
                low, high = ranges[table]
                step = (high - low) // workers + 1
                first = low + worker * step
                cursor.execute(
                    f"insert into floor_{table} select * from {table}"
                    f" where {column} between {first} and {first + step - 1}"
                )
        connection.close()

    started, cpu_before = time.perf_counter(), server_cpu_seconds(data)
    threads = [threading.Thread(target=copy, args=(worker,)) for worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started, server_cpu_seconds(data) - cpu_before


def count(statement: str) -> int:
    """Return the number a query answers with."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def show(phase: str, done: int, chunks: int) -> None:
    """Show progress on a terminal."""
    if sys.stderr.isatty() or done in (1, chunks) or done % 100 == 0:
        say(f"{phase} {done}/{chunks}")


def say(words: str) -> None:
    """Tell the person who waits."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
