"""Rating: what a million agreements want billed for a month, computed and staged; nothing is billed.

python -m benchmarks.rating [--accounts 1000000]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_rss_mb

STARTS = date(2026, 1, 1)
CHUNK = 2000
TARGET = 50_000
"""Accounts a second and core."""


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    parser = argparse.ArgumentParser(prog="rating", description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    wanted = parser.parse_args(list(argv))
    described = machine()
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot

        office = boot(Path(folder) / "home", fsync=False)
        try:
            return measure(wanted.accounts, described)
        finally:
            office.close()


def measure(accounts: int, described: dict[str, object]) -> dict[str, Any]:
    """Fill the books, then rate every chunk in one backend; seconds are the server's own processor seconds."""
    from benchmarks.bill_run_fill import fill

    entity_id = fill(accounts)
    wall, seconds, charges = rate_all(entity_id)
    if charges != 2 * accounts:
        raise AssertionError(f"{charges} charges for {accounts} accounts")
    return {
        "name": "rating",
        "value": round(accounts / seconds),
        "unit": "accounts/s and core",
        "yardstick": f"{TARGET} accounts/s and core, two lines each",
        "ratio": round(accounts / seconds / TARGET, 2),
        "accounts": accounts,
        "charges": charges,
        "cpu_seconds": round(seconds, 1),
        "wall_seconds": round(wall, 1),
        "peak_rss_mb": peak_rss_mb(),
        "machine": described,
    }


def rate_all(entity_id: int) -> tuple[float, float, int]:
    """Collect chunk by chunk; returns wall seconds, processor seconds of the backend, and charges staged."""
    from django.db import connection, transaction

    from duly.commercial.actions import collect_charges
    from duly.invoicing.actions.charge_batch import charge_batch
    from duly.invoicing.collect import CollectScope

    wall = seconds = 0.0
    charges = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "select min(id), max(id), pg_backend_pid() from receivables_account where entity_id = %s", [entity_id]
        )
        first, last, backend = cursor.fetchone()
        for low in range(first, last + 1, CHUNK):
            with transaction.atomic(), charge_batch():
                began, used = time.perf_counter(), processor_seconds(backend)
                collect_charges(CollectScope(entity_id, low, min(low + CHUNK - 1, last), STARTS))
                wall += time.perf_counter() - began
                seconds += processor_seconds(backend) - used
                cursor.execute("select count(*) from staged_charge")
                charges += cursor.fetchone()[0]
                cursor.execute("truncate staged_charge, staged_expected")
    return wall, seconds or wall, charges


def processor_seconds(pid: int) -> float:
    """Return the processor seconds a local process has used (0 where the system does not say)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:]), default=str))
