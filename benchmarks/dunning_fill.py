"""An office in which everybody owes five items, three of them overdue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection

from benchmarks.bill_run_fill import ACCOUNTS, OPENED, PARTIES
from benchmarks.dunning import TODAY
from duly.access.actions import NewEntity, create_entity
from duly.catalog.setup import make_tax
from duly.collections.setup import make_collections
from duly.ledger.setup import make_chart, make_periods
from duly.site.wiring import connect

ITEMS = """
insert into receivables_item
    (entity_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on, amount_minor, open_minor)
select a.entity_id, a.id, 'opening', 5 * a.id + n, g.id, a.currency, %(first)s::date - 30 * n,
    %(first)s::date - 30 * n + 40,
    1190 + (a.id %% 1000) * 119, 1190 + (a.id %% 1000) * 119
from receivables_account as a
cross join generate_series(0, 4) as n
join ledger_account as g on g.entity_id = a.entity_id and g.code = '1200'
where a.entity_id = %(entity)s
order by a.id, n
"""
NUMBERS = """
insert into receivables_number (entity_id, series_id, seq, document_kind, document_id, number, reference)
select entity_id, 1, document_id, 'opening', document_id, 'OPEN-' || document_id, 'RF' || document_id
from receivables_item where entity_id = %(entity)s
"""


def fill(accounts: int) -> int:
    """Migrate a fresh database and open an office with so many accounts; returns the entity's id."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    entity_id = create_entity(NewEntity("bench", "Bench", "Bench GmbH", "DE", "EUR"), valid_from=OPENED)
    make_chart(entity_id)
    make_periods(entity_id, OPENED, date(2026, 12, 31))
    make_tax(entity_id)
    make_collections(entity_id, country="DE", currency="EUR")
    connect()
    values: dict[str, Any] = {
        "entity": entity_id,
        "accounts": accounts,
        "opened": OPENED,
        "first": TODAY - timedelta(days=10),
    }
    with connection.cursor() as cursor:
        for statement in (PARTIES, ACCOUNTS, ITEMS, NUMBERS):
            cursor.execute(statement, values)
        for table in ("parties_party", "receivables_account", "receivables_item", "receivables_number"):
            cursor.execute(f"vacuum analyze {table}")
    return entity_id
