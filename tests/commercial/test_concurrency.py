"""Use recorded, agreements changed and plans made at the same time: nothing lost, nothing doubled, no deadlock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection, transaction

from duly.commercial.actions import amend, collect_charges, record_usage
from duly.commercial.models import Amendment, UsageEvent
from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.collect import CollectScope
from tests.commercial.scenario_commercial import agreed, bill, rows, term
from tests.scenario import Office, account

TODAY = date(2026, 2, 10)
JAN = datetime(2026, 1, 15, 12, tzinfo=UTC)
ACCOUNTS = 12
BATCHES = 6


def test_use_changes_and_plans_at_once_lose_nothing(own_database: dict[str, str], office: Office) -> None:
    accounts = [account(office, name=f"Customer {n}") for n in range(ACCOUNTS)]
    calls = term(item="USAGE", price="1.00", model="usage", meter="calls")
    agreements = [agreed(office, "2026-01-01", calls, term(price="31.00"), account_id=a) for a in accounts]

    def record(clerk: int) -> Callable[[], None]:
        def work() -> None:
            for batch in range(BATCHES):
                order = accounts[clerk:] + accounts[:clerk]
                events = [UsageEvent(f"{clerk}-{batch}-{a}", "calls", JAN, Decimal(1), account_id=a) for a in order]
                record_usage(events, today=TODAY, by=office.system)

        return work

    def change() -> None:
        for agreement in agreements:
            amend([Amendment(agreement, date(2026, 1, 11), 2, unit_price=Decimal("62.00"))], by=office.system)

    def planning() -> None:
        for _ in range(BATCHES):
            with transaction.atomic(), charge_batch():
                collect_charges(CollectScope(office.entity_id, min(accounts), max(accounts), TODAY))

    at_once(record(0), record(4), record(8), change, planning)

    bill(office, TODAY.isoformat())
    # each account: 3 clerks x 6 calls at 1.00; January 10.00 + 42.00; February 62.00
    totals = rows("select sum(net_minor) from invoicing_line group by account_id")
    assert totals == [(18_00 + 52_00 + 62_00,)] * ACCOUNTS


def at_once(*works: Callable[[], None]) -> None:
    """Do all at once, each on a connection of its own; the first error is raised."""
    errors: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  carried to the test's own thread
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
