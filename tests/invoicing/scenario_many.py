"""Many accounts at once, made by SQL: for runs with several chunks, workers and kills."""

from __future__ import annotations

from django.db import connection

from tests.scenario import Office

PARTIES = """
insert into parties_party (entity_id, name, email, street, postal_code, city, country, created_at)
select %(entity)s, 'Customer ' || n, 'c' || n || '@example.com', 'Main St ' || n, '10115', 'Berlin', 'DE', now()
from generate_series(1, %(count)s) as n
"""
ACCOUNTS = """
insert into receivables_account
    (entity_id, number, party_id, name, currency, billing_email, opened_on, created_at)
select %(entity)s, 'M-' || id, id, name, 'EUR', email, date '2025-01-01', now()
from parties_party where entity_id = %(entity)s and name like 'Customer %%'
returning id
"""
CHARGES = """
insert into invoicing_charge (entity_id, account_id, currency, charge_key, source_kind, description, bill_on,
    tax_point_on, net_minor, tax_code_id, revenue_account_id)
select %(entity)s, a.id, 'EUR', 'many:' || a.id || ':' || n, 'manual', 'Thing ' || n, date '2026-01-10',
    date '2026-01-10', 1000 + a.id %% 777 + n, k.id, g.id
from receivables_account as a
cross join generate_series(1, %(charges)s) as n
join catalog_tax_code as k on k.entity_id = a.entity_id and k.code = 'DE-S'
join ledger_account as g on g.entity_id = a.entity_id and g.code = '4000'
where a.entity_id = %(entity)s and a.number like 'M-%%'
"""


def many_accounts(office: Office, count: int, *, charges: int) -> list[int]:
    """Open so many accounts, each with so many charges due in January 2026; returns the accounts' ids."""
    values = {"entity": office.entity_id, "count": count, "charges": charges}
    with connection.cursor() as cursor:
        cursor.execute(PARTIES, values)
        cursor.execute(ACCOUNTS, values)
        made = [row[0] for row in cursor.fetchall()]
        cursor.execute(CHARGES, values)
    return made
