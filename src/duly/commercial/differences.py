"""What agreements know of differences: a price that was not agreed, a period that nobody billed."""

from __future__ import annotations

from collections.abc import Sequence

from duly.kernel.sql import fetch_sql, run_sql
from duly.matching.differences import Known, Search

HERE = "duly.commercial"
KINDS = ("price", "missing_charge")


def find_differences(search: Search) -> None:
    """Stage lines billed at another price than agreed, and periods between two billed ones that no line holds."""
    for step in ("price", "missing"):
        run_sql(
            HERE,
            f"differences/{step}.sql",
            entity=search.entity_id,
            accounts=search.account_ids,
            since=search.since,
        )


def known_prices(entity_id: int, case_ids: Sequence[int]) -> list[Known]:
    """Return what was billed above the agreed price on the invoices of short payments."""
    return fetch_sql(HERE, "differences/known_prices.sql", Known, entity=entity_id, cases=list(case_ids))
