"""Bringing in a CSV of 100,000 customers, checked row by row, against a bare COPY of the same rows.

python -m benchmarks import-rows [--rows 100000]
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_rss_mb, server_cpu_seconds

TODAY = date(2026, 3, 31)
TARGET_SECONDS = 20
FEW = 1_000
HEADS = ("customer number", "name", "email", "street", "postal_code", "city", "country", "language", "currency",
         "terms_days", "vat_id", "phone")  # fmt: skip


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    parser = argparse.ArgumentParser(prog="import-rows", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args(list(argv)).rows
    described = machine()
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot, migrate

        office = boot(Path(folder) / "home")
        try:
            migrate()
            return measure(Path(folder), rows, described)
        finally:
            office.close()


def measure(folder: Path, rows: int, described: dict[str, object]) -> dict[str, Any]:
    """Write the files, time the import, the same file again, and the yardstick."""
    from duly.access.actions import NewEntity
    from duly.kernel.actor import system_actor
    from duly.site.opening import Person, open_office

    people = [Person("Ida Nord", "ida@kontor.example", "owner")]
    entity_id, _ = open_office(
        NewEntity("bench", "Kontor Nord", "Kontor Nord GmbH", "DE", "EUR"), people, books_from=date(2026, 1, 1)
    )
    by = system_actor(entity_id)
    file, few = folder / "customers.csv", folder / "few.csv"
    write_file(few, 1, FEW)
    write_file(file, FEW + 1, rows)
    bring(few, folder, by, FEW)
    before_mb = peak_rss_mb()
    data = folder / "home" / "pg"
    began_cpu, began_server = time.process_time(), server_cpu_seconds(data)
    seconds, _ = timed(lambda: bring(file, folder, by, rows))
    cpu_seconds, server_seconds = time.process_time() - began_cpu, server_cpu_seconds(data) - began_server
    after_mb = peak_rss_mb()
    again_seconds, again = timed(lambda: bring(file, folder, by, None))
    if not again.known:
        raise AssertionError("the same file was brought in twice")
    began_copy = time.process_time() + server_cpu_seconds(data)
    copy_seconds, _ = timed(lambda: bare_copy(file))
    copy_cpu_seconds = time.process_time() + server_cpu_seconds(data) - began_copy
    return {
        "name": "import-rows",
        "value": round(seconds, 2),
        "unit": "seconds",
        "yardstick": "COPY of the same rows, parsed, into a bare table without index, seconds",
        "ratio": round(seconds / copy_seconds, 2),
        "rows": rows,
        "rows_a_second": round(rows / seconds),
        "target_seconds": TARGET_SECONDS,
        "within_target": seconds < TARGET_SECONDS,
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "cpu_seconds": round(cpu_seconds, 2),
        "server_cpu_seconds": round(server_seconds, 2),
        "copy_cpu_seconds": round(copy_cpu_seconds, 2),
        "cpu_ratio": round((cpu_seconds + server_seconds) / copy_cpu_seconds, 2) if copy_cpu_seconds else None,
        "copy_seconds": round(copy_seconds, 2),
        "same_file_again_seconds": round(again_seconds, 2),
        "rss_after_1000_rows_mb": before_mb,
        "peak_rss_mb": after_mb,
        "machine": described,
    }


def bring(file: Path, folder: Path, by: Any, expected: int | None) -> Any:
    """Import a file the way `duly import customers FILE` does; wrong counts end the measurement."""
    from duly.site.imports import kinds  # noqa: F401  registers them
    from duly.site.imports.run import Upload, import_file, kind_named

    with file.open("rb") as source:
        done = import_file(kind_named("customers"), Upload(source, file.name, folder), today=TODAY, by=by)
    if expected is not None and (done.created, done.rejected) != (expected, 0):
        raise AssertionError(
            f"{done.created} of {expected} brought in, {done.rejected} rejected: {done.first_rejected}"
        )
    return done


def write_file(file: Path, first: int, rows: int) -> None:
    """Write customers numbered from `first` on."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADS)
        writer.writerows(
            (f"K{n:07}", f"Kundenhaus {n} GmbH & Co. KG", f"rechnung.{n}@kunde.example", f"Hauptstraße {n % 300}",
             f"{10_000 + n % 80_000}", "Köln", "DE", "de", "EUR", n % 60, "", f"+49 221 {n:07}")
            for n in range(first, first + rows)
        )  # fmt: skip


def bare_copy(file: Path) -> None:
    """COPY the file's cells into a table of text columns that holds nothing else."""
    from django.db import connection

    names = ", ".join(f"c{place} text" for place in range(len(HEADS)))
    with file.open(encoding="utf-8", newline="") as source, connection.cursor() as cursor:
        cursor.execute(f"create table bare_customer ({names})")
        rows = csv.reader(source)
        next(rows)
        with cursor.cursor.copy("copy bare_customer from stdin") as out:
            for row in rows:
                out.write_row(row)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the answer."""
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer
