"""The office a bill run is measured on: parties, accounts, and an agreement of two priced lines for each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from duly.access.actions import NewEntity, create_entity
from duly.catalog.setup import make_tax
from duly.ledger.setup import make_chart, make_periods
from duly.site.wiring import connect

OPENED = date(2025, 1, 1)
FIRST_PERIOD = date(2026, 1, 1)

PARTIES = """
insert into parties_party
    (entity_id, name, email, street, postal_code, city, country, created_at)
select %(entity)s, 'Customer ' || n, 'c' || n || '@example.com', 'Main St ' || n, '10115', 'Berlin', 'DE',
    now()
from generate_series(1, %(accounts)s) as n
"""
ACCOUNTS = """
insert into receivables_account
    (entity_id, number, party_id, name, currency, billing_email, opened_on, created_at)
select %(entity)s, 'A-' || lpad(row_number() over (order by id)::text, 7, '0'), id, name, 'EUR', email,
    %(opened)s, now()
from parties_party where entity_id = %(entity)s order by id
"""
ITEMS = """
insert into catalog_item (entity_id, code, name, unit, tax_class, revenue_account)
values (%(entity)s, 'PLATFORM', 'Platform', 'month', 'standard', '4000'),
    (%(entity)s, 'SEAT', 'Seats', 'seat', 'standard', '4000')
"""
AGREEMENTS = """
insert into commercial_agreement (entity_id, number, account_id, currency, starts_on, created_at)
select entity_id, 'AGR-' || id, id, 'EUR', %(first)s, now()
from receivables_account where entity_id = %(entity)s order by id
"""
TERMS = """
insert into commercial_term (entity_id, agreement_id, account_id, line, line_since, valid_from, item_id, model,
    quantity, unit_price, interval_unit, interval_count, phase, anchor_day, timing, recorded_at)
select a.entity_id, a.id, a.account_id, t.line, a.starts_on, a.starts_on, i.id, t.model,
    case t.line when 1 then 1 else 1 + a.account_id %% 40 end, t.unit_price, 'month', 1,
    commercial_phase('month', 1, 'calendar', a.starts_on), 1, 'advance', now()
from commercial_agreement as a
cross join (values (1, 'PLATFORM', 'flat', 29.00), (2, 'SEAT', 'per_unit', 12.50))
    as t (line, code, model, unit_price)
join catalog_item as i on i.entity_id = a.entity_id and i.code = t.code
where a.entity_id = %(entity)s
order by a.id, t.line
"""
FILLED = (
    "parties_party",
    "receivables_account",
    "catalog_item",
    "commercial_agreement",
    "commercial_term",
)


def fill(accounts: int) -> int:
    """Migrate a fresh database and open an office with so many accounts; returns the entity's id."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    entity_id = create_entity(NewEntity("bench", "Bench", "Bench GmbH", "DE", "EUR"), valid_from=OPENED)
    make_chart(entity_id)
    make_periods(entity_id, OPENED, date(2026, 12, 31))
    make_tax(entity_id)
    connect()
    values: dict[str, Any] = {"entity": entity_id, "accounts": accounts, "opened": OPENED, "first": FIRST_PERIOD}
    with connection.cursor() as cursor:
        for statement in (PARTIES, ACCOUNTS, ITEMS, AGREEMENTS, TERMS):
            cursor.execute(statement, values)
        for table in FILLED:
            cursor.execute(f"vacuum analyze {table}")
    return entity_id
