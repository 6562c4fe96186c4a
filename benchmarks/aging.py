"""Aging as of a past day over millions of items and allocations, against the sums from the beginning.

python -m benchmarks.aging [--postings 10000000]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from benchmarks.books_fill import LAST, fill_books, value
from benchmarks.books_home import cpu_seconds_of, in_own_home, seconds_of

AS_OF = date(2024, 6, 30)
NAIVE = (
    "select sum(open)::bigint from (select i.id, i.amount_minor - coalesce(d.minor, 0) + coalesce(c.minor, 0) as open"
    " from receivables_item i"
    " left join (select debit_item_id as id, sum(amount_minor) as minor from receivables_allocation"
    "   where effective_on <= %(day)s group by 1) d on d.id = i.id"
    " left join (select credit_item_id as id, sum(amount_minor) as minor from receivables_allocation"
    "   where effective_on <= %(day)s group by 1) c on c.id = i.id"
    " where i.issued_on <= %(day)s) as summed"
)


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    return in_own_home(argv, measure, postings=10_000_000)


def measure(wanted: Any) -> dict[str, Any]:
    """Fill, age as of a past day and as of today, each in total and account by account."""
    from django.db import connection, transaction

    from duly.receivables.queries import aging_page, aging_totals, stream_aging

    entity_id = fill_books(wanted.postings)

    def every_account() -> int:
        with transaction.atomic():
            return sum(1 for _ in stream_aging(entity_id, AS_OF))

    def naive() -> int:
        with connection.cursor() as cursor:
            cursor.execute(NAIVE, {"day": AS_OF})
            return int(cursor.fetchone()[0])

    past = seconds_of(lambda: aging_totals(entity_id, AS_OF), times=3)
    now = seconds_of(lambda: aging_totals(entity_id, LAST), times=3)
    accounts = seconds_of(every_account)
    page = seconds_of(lambda: aging_page(entity_id, AS_OF), times=7)
    cpu_seconds = cpu_seconds_of(lambda: aging_totals(entity_id, AS_OF))
    summed = seconds_of(naive)
    naive_cpu_seconds = cpu_seconds_of(naive)
    if naive() != aging_totals(entity_id, AS_OF)[0].total_minor:
        raise AssertionError("the aging is not that of the items and allocations")
    return {
        "name": "aging",
        "value": round(past, 2),
        "unit": "s",
        "yardstick": "the total alone, from all items and allocations up to the day, s",
        "ratio": round(past / summed, 2),
        "as_of": AS_OF.isoformat(),
        "items": value("select count(*) from receivables_item"),
        "allocations": value("select count(*) from receivables_allocation"),
        "cpu_seconds": round(cpu_seconds, 2),
        "naive_cpu_seconds": round(naive_cpu_seconds, 2),
        "naive_seconds": round(summed, 2),
        "today_seconds": round(now, 2),
        "every_account_seconds": round(accounts, 2),
        "page_ms": round(1000 * page, 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
