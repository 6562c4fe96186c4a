"""Proving ten million postings: every check of every capability and both hash chains.

python -m benchmarks.verify [--postings 10000000]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.books_fill import fill_books, value
from benchmarks.books_home import cpu_seconds_of, in_own_home, seconds_of


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    return in_own_home(argv, measure, postings=10_000_000)


def measure(wanted: Any) -> dict[str, Any]:
    """Fill, seal, prove; the yardstick is one bare pass over the postings."""
    from duly.events.sealing import seal_events
    from duly.ledger.sealing import seal_ledger
    from duly.site.verify import verify

    entity_id = fill_books(wanted.postings)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    sealing = seconds_of(lambda: (seal_ledger(at), seal_events(at)))
    verdicts: list[Any] = []
    cpu_seconds = cpu_seconds_of(lambda: verdicts.append(verify([entity_id])))
    verdict = verdicts[0]
    if not verdict.clean:
        raise AssertionError(verdict.problems[:5])
    quick = verify([entity_id], quick=True)
    bare = seconds_of(lambda: value("select sum(amount_minor), count(*) from ledger_posting"), times=3)
    return {
        "name": "verify",
        "value": round(verdict.postings / verdict.seconds),
        "unit": "postings/s",
        "yardstick": "select sum(amount_minor), count(*) from ledger_posting: one bare pass, seconds",
        "ratio": round(verdict.seconds / bare, 1),
        "postings": verdict.postings,
        "seconds": round(verdict.seconds, 1),
        "cpu_seconds": round(cpu_seconds, 1),
        "postings_a_cpu_second": round(verdict.postings / cpu_seconds),
        "quick_seconds": round(quick.seconds, 1),
        "seal_seconds": round(sealing, 1),
        "bare_seconds": round(bare, 2),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
