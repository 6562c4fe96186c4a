"""Oldest first never gives more than there is, on either side."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duly.payments.rules import OpenItem, oldest_first

DAY = date(2026, 1, 1)
items = st.lists(
    st.builds(
        lambda account, days, minor: (account, days, minor),
        st.integers(1, 2),
        st.integers(0, 5),
        st.integers(-9, 9).filter(bool),
    ),
    max_size=12,
).map(
    lambda rows: [
        OpenItem(place, account, "EUR", DAY + timedelta(days), minor)
        for place, (account, days, minor) in enumerate(rows, start=1)
    ]
)


@given(items)
def test_no_item_is_used_beyond_what_it_has_open_and_one_side_is_used_up(open_items: list[OpenItem]) -> None:
    used: Counter[int] = Counter()
    for application in oldest_first(open_items):
        assert application.amount_minor > 0
        used[application.credit_item_id] += application.amount_minor
        used[application.debit_item_id] += application.amount_minor

    assert all(used[item.id] <= abs(item.open_minor) for item in open_items)
    for account_id in (1, 2):
        own = [item for item in open_items if item.account_id == account_id]
        owed = sum(item.open_minor for item in own if item.open_minor > 0)
        had = -sum(item.open_minor for item in own if item.open_minor < 0)
        assert sum(used[item.id] for item in own if item.open_minor > 0) == min(owed, had)
