"""The next bills of an agreement, computed by the same collection that bills them, and kept nowhere."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.db import transaction

from duly.commercial.actions.collect import collect_charges
from duly.commercial.queries import BillLine, ComingBill, agreement, look_ahead
from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.collect import CollectScope
from duly.kernel.sql import fetch_sql

HERE = "duly.commercial"


class _Seen(Exception):
    """Everything was looked at; the rehearsal is over."""


def next_bills(entity_id: int, agreement_id: int, *, today: date, bills: int = 12) -> list[ComingBill]:
    """Return what is not billed yet of an agreement, by day, about `bills` days on which something is billed.

    Amounts are as known today: prices set for later count, use to come does not.
    """
    found = agreement(entity_id, today=today, agreement_id=agreement_id)
    account_id = found.facts.account_id
    through = look_ahead(found.terms, today, bills)
    lines: list[BillLine] = []
    try:
        with transaction.atomic(), charge_batch():
            collect_charges(CollectScope(entity_id, account_id, account_id, through, [account_id]))
            lines = fetch_sql(HERE, "look/next_bills.sql", BillLine, entity=entity_id, agreement=agreement_id)
            raise _Seen
    except _Seen:
        pass
    return _by_day(lines)[:bills]


def _by_day(lines: list[BillLine]) -> list[ComingBill]:
    days = [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.bill_on)]
    return [ComingBill(day, sum(line.net_minor or 0 for line in group), group) for day, group in days]
