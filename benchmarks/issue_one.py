"""Issuing one invoice through the same action as the bill run: planned, reviewed, taxed, posted, numbered.

python -m benchmarks.issue_one [--invoices 200] [--accounts 20000]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_rss_mb

TODAY = date(2026, 1, 31)
YARDSTICK_MS = 30.0


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    parser = argparse.ArgumentParser(prog="issue-one", description=__doc__)
    parser.add_argument("--invoices", type=int, default=200)
    parser.add_argument("--accounts", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(list(argv))
    described = machine()
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot

        office = boot(Path(folder) / "home")
        try:
            return measure(wanted.accounts, wanted.invoices, described)
        finally:
            office.close()


def measure(accounts: int, invoices: int, described: dict[str, object]) -> dict[str, Any]:
    """Issue invoices one by one, each in its own transaction with fsync, and take the median."""
    from benchmarks.bill_run_fill import fill
    from duly.invoicing.actions import issue_invoices
    from duly.kernel.actor import system_actor

    entity_id = fill(accounts)
    by = system_actor(entity_id)
    step = accounts // invoices
    spent = []
    for place in range(invoices + 5):
        started = time.perf_counter()
        issued = issue_invoices([1 + place * step % accounts], through_on=TODAY, issued_on=TODAY, today=TODAY, by=by)
        spent.append((time.perf_counter() - started) * 1000)
        if place < invoices and issued.documents != 1:
            raise AssertionError(f"account {1 + place * step} was not billed: {issued}")
    measured = spent[5:invoices]
    median = statistics.median(measured)
    return {
        "name": "issue-one",
        "value": round(median, 2),
        "unit": "ms",
        "yardstick": f"{YARDSTICK_MS:.0f} ms",
        "ratio": round(median / YARDSTICK_MS, 2),
        "p95_ms": round(statistics.quantiles(measured, n=20)[18], 2),
        "invoices": len(measured),
        "accounts": accounts,
        "peak_rss_mb": peak_rss_mb(),
        "machine": described,
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
