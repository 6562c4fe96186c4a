"""The trial balance of ten million postings as of a past day, against summing the postings.

python -m benchmarks.trial_balance [--postings 10000000]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from benchmarks.books_fill import fill_books, value
from benchmarks.books_home import cpu_seconds_of, in_own_home, seconds_of

AS_OF = date(2025, 3, 31)
NAIVE = (
    "select count(*) from (select a.code, p.currency, sum(greatest(p.amount_minor, 0)), sum(least(p.amount_minor, 0))"
    " from ledger_posting p join ledger_account a on a.entity_id = p.entity_id and a.id = p.gl_account_id"
    " where p.entity_id = %s and p.effective_on <= %s group by 1, 2) as summed"
)


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    return in_own_home(argv, measure, postings=10_000_000)


def measure(wanted: Any) -> dict[str, Any]:
    """Fill, read the trial balance of a past day, sum the postings of the same day."""
    from duly.ledger.queries import trial_balance

    entity_id = fill_books(wanted.postings)
    taken = seconds_of(lambda: trial_balance(entity_id, AS_OF), times=7)
    cpu_seconds = cpu_seconds_of(lambda: [trial_balance(entity_id, AS_OF) for _ in range(10)]) / 10
    naive = seconds_of(lambda: value(NAIVE, entity_id, AS_OF), times=3)
    rows = trial_balance(entity_id, AS_OF)
    if sum(row.balance_minor for row in rows) or len(rows) != value(NAIVE, entity_id, AS_OF):
        raise AssertionError("the trial balance is not that of the postings")
    return {
        "name": "trial-balance",
        "value": round(1000 * taken),
        "unit": "ms",
        "yardstick": "the same by summing the postings, ms",
        "ratio": round(taken / naive, 3),
        "postings": value("select count(*) from ledger_posting"),
        "as_of": AS_OF.isoformat(),
        "accounts": len(rows),
        "cpu_ms": round(1000 * cpu_seconds, 1),
        "naive_ms": round(1000 * naive),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
