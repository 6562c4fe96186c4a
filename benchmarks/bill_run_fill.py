"""The office a bill run is measured on: parties, accounts, and two priced things a month for each."""

from __future__ import annotations

from datetime import date

from django.db import connection

from duly.access.actions import NewEntity, create_entity
from duly.catalog.setup import make_tax
from duly.invoicing import collect
from duly.invoicing.collect import CollectScope
from duly.ledger.setup import make_chart, make_periods

OPENED = date(2025, 1, 1)

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
CHARGES = """
insert into staged_charge (entity_id, account_id, currency, charge_key, source_kind, source_id, item_id,
    description, period_from, period_to, bill_on, tax_point_on, quantity, unit, unit_price, net_minor,
    tax_code_id, revenue_account_id)
select %(entity)s, a.id, 'EUR', 'term:' || a.id * 2 + t.place || ':2026-01-01', 'agreement',
    a.id * 2 + t.place, t.place + 1, t.description, date '2026-01-01', date '2026-01-31', date '2026-01-01',
    date '2026-01-01', q.quantity, t.unit, t.unit_price, round(q.quantity * t.unit_price * 100), k.id, g.id
from receivables_account as a
cross join (values (0, 'Platform', 'month', 29.00), (1, 'Seats', 'seat', 12.50))
    as t (place, description, unit, unit_price)
cross join lateral (select case when t.place = 0 then 1 else 1 + a.id %% 40 end as quantity) as q
join catalog_tax_code as k on k.entity_id = %(entity)s and k.code = 'DE-S'
join ledger_account as g on g.entity_id = %(entity)s and g.code = '4000'
where a.entity_id = %(entity)s and a.id between %(first)s and %(last)s
"""
EXPECTED = """
insert into staged_expected (entity_id, account_id, currency, due_minor)
select entity_id, account_id, currency, sum(net_minor) from staged_charge group by 1, 2, 3
"""


def fill(accounts: int) -> int:
    """Migrate a fresh database and open an office with so many accounts; returns the entity's id."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    entity_id = create_entity(NewEntity("bench", "Bench", "Bench GmbH", "DE", "EUR"), valid_from=OPENED)
    make_chart(entity_id)
    make_periods(entity_id, OPENED, date(2026, 12, 31))
    make_tax(entity_id)
    with connection.cursor() as cursor:
        cursor.execute(PARTIES, {"entity": entity_id, "accounts": accounts})
        cursor.execute(ACCOUNTS, {"entity": entity_id, "opened": OPENED})
        cursor.execute("vacuum analyze parties_party")
        cursor.execute("vacuum analyze receivables_account")
    collect.COLLECTORS[:] = [stage_two_charges]
    return entity_id


def stage_two_charges(scope: CollectScope) -> None:
    """Stage a flat and a per-unit charge for every account of the range."""
    values = {"entity": scope.entity_id, "first": scope.first_account_id, "last": scope.last_account_id}
    with connection.cursor() as cursor:
        cursor.execute(CHARGES, values)
        cursor.execute(EXPECTED)
