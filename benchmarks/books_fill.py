"""Three years of books by plain SQL: invoices, receipts and what settled what, in chunks of their own
transactions."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from django.db import connection

FIRST = date(2023, 1, 1)
DAYS = 1095
LAST = date(2025, 12, 30)
POSTINGS_AN_INVOICE = 7
CHUNK = 50_000
TABLES = ("ledger_entry", "ledger_posting", "receivables_item", "receivables_allocation", "ledger_daily")


def fill_books(postings: int, *, paid_percent: int = 70, accounts: int = 100_000) -> int:
    """Fill an entity with about so many postings (7 a paid invoice, 3 an open one); returns the entity's id.

    An invoice is 3 postings (receivable, revenue, tax), its receipt 2, its allocation 2. Triggers that check
    what the
    fill does are off meanwhile; `duly verify` proves the result.
    """
    entity_id = make_entity(accounts)
    invoices = round(postings / (3 + 4 * paid_percent / 100))
    switch("disable")
    for first in range(1, invoices + 1, CHUNK):
        last = min(invoices, first + CHUNK - 1)
        fill_chunk(entity_id, first, last, paid_percent=paid_percent, accounts=accounts, invoices=invoices)
        say(f"{last:,} of {invoices:,} invoices")
    switch("enable")
    run(
        "insert into ledger_daily (entity_id, gl_account_id, currency, on_day, shard, debit_minor, credit_minor,"
        " postings)"
        " select entity_id, gl_account_id, currency, effective_on, (entry_id / 150000) %% 16,"
        " sum(greatest(amount_minor, 0)),"
        " -sum(least(amount_minor, 0)), count(*) from ledger_posting"
        " group by 1, 2, 3, 4, 5"
    )
    for table in TABLES:
        run(f"vacuum analyze {table}")
    return entity_id


def make_entity(accounts: int) -> int:
    """Make the entity, its chart with a hundred ledger accounts, its periods and its accounts."""
    from duly.access.actions import NewEntity, create_entity
    from duly.ledger.setup import make_chart, make_periods

    wanted = NewEntity("bench", "Bench", "Bench Ltd", "DE", "EUR")
    entity_id = create_entity(wanted, valid_from=FIRST)
    make_chart(entity_id)
    make_periods(entity_id, FIRST, date(2026, 12, 31))
    run(
        "insert into ledger_account (entity_id, code, name, kind)"
        " select %s, (4200 + i)::text, 'Revenue ' || i, 'income' from generate_series(1, 87) as i",
        entity_id,
    )
    run(
        "insert into receivables_account (entity_id, id, number, party_id, name, currency, opened_on, created_at)"
        " select %(e)s, i, 'B-' || lpad(i::text, 8, '0'), i, 'Customer ' || md5(i::text), 'EUR', '2023-01-01', now()"
        " from generate_series(1, %(n)s) as i",
        e=entity_id,
        n=accounts,
    )
    run("select setval('receivables_account_id_seq', %s)", accounts)
    run("vacuum analyze receivables_account")
    return entity_id


CODE = "(select id from ledger_account where entity_id = %(e)s and code = '{}')"
DAY = f"'{FIRST}'::date + ((i * {DAYS - 60}::bigint) / %(n)s)::int"
PAID = f"least({DAY} + 10 + (i %% 41)::int, '{LAST}'::date)"
MINOR = "(1190 + (i %% 1000) * 119)"
RECEIVABLE, BANK, UNAPPLIED, TAX = (CODE.format(code) for code in ("1200", "1100", "2150", "2200"))
CUSTOMER = "1 + i %% %(a)s"
CHUNK_SQL = (
    # Ids: invoice entry 3i, receipt entry 3i+1, allocation entry 3i+2; items 2i (invoice) and 2i+1 (receipt).
    "insert into ledger_entry (entity_id, id, effective_on, source_kind, source_id, memo)"
    f" select %(e)s, 3 * i, {DAY}, 'bench', 3 * i, '' from {{r}}"
    f" union all select %(e)s, 3 * i + 1, {PAID}, 'bench', 3 * i + 1, '' from {{r}} where {{paid}}"
    f" union all select %(e)s, 3 * i + 2, {PAID}, 'bench', 3 * i + 2, '' from {{r}} where {{paid}} order by 2",
    "insert into ledger_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, effective_on,"
    " account_id, item_id)"
    f" select %(e)s, 3 * i, 1, {RECEIVABLE}, 'EUR', {MINOR}, {DAY}, {CUSTOMER}, 2 * i from {{r}}"
    f" union all select %(e)s, 3 * i, 2, g.id, 'EUR', -{MINOR} + {MINOR} / 119 * 19, {DAY}, null, null from {{r}}"
    "     join ledger_account as g on g.entity_id = %(e)s and g.code = (4201 + i %% 87)::text"
    f" union all select %(e)s, 3 * i, 3, {TAX}, 'EUR', -{MINOR} / 119 * 19, {DAY}, null, null from {{r}}"
    f" union all select %(e)s, 3 * i + 1, 1, {BANK}, 'EUR', {MINOR}, {PAID}, null, null"
    "     from {r} where {paid}"
    f" union all select %(e)s, 3 * i + 1, 2, {UNAPPLIED}, 'EUR', -{MINOR}, {PAID}, {CUSTOMER}, 2 * i + 1"
    "     from {r} where {paid}"
    f" union all select %(e)s, 3 * i + 2, 1, {UNAPPLIED}, 'EUR', {MINOR}, {PAID}, {CUSTOMER}, 2 * i + 1"
    "     from {r} where {paid}"
    f" union all select %(e)s, 3 * i + 2, 2, {RECEIVABLE}, 'EUR', -{MINOR}, {PAID}, {CUSTOMER}, 2 * i"
    "     from {r} where {paid} order by 2, 3",
    "insert into receivables_item (entity_id, id, account_id, kind, document_id, gl_account_id, currency, issued_on,"
    " due_on, amount_minor, open_minor, closed_on)"
    f" select %(e)s, 2 * i, {CUSTOMER}, 'opening', 2 * i, {RECEIVABLE}, 'EUR', {DAY}, {DAY} + 30, {MINOR},"
    f" case when {{paid}} then 0 else {MINOR} end, case when {{paid}} then {PAID} end from {{r}}"
    f" union all select %(e)s, 2 * i + 1, {CUSTOMER}, 'opening', 2 * i + 1, {UNAPPLIED}, 'EUR', {PAID},"
    f" {PAID}, -{MINOR}, 0, {PAID} from {{r}} where {{paid}} order by 2",
    "insert into receivables_allocation (entity_id, id, account_id, debit_item_id, credit_item_id, amount_minor,"
    f" currency, effective_on) select %(e)s, i, {CUSTOMER}, 2 * i, 2 * i + 1, {MINOR}, 'EUR', {PAID}"
    " from {r} where {paid}",
)


def fill_chunk(entity_id: int, first: int, last: int, *, paid_percent: int, accounts: int, invoices: int) -> None:
    """Write the invoices numbered `first` to `last` with what paid them, one transaction."""
    from django.db import transaction

    with transaction.atomic():
        for statement in CHUNK_SQL:
            text = statement.replace("{r}", "generate_series(%(first)s::bigint, %(last)s) as i")
            text = text.replace("{paid}", "i %% 100 < %(paid)s")
            run(text, e=entity_id, a=accounts, n=invoices, first=first, last=last, paid=paid_percent)


def switch(how: str) -> None:
    """Switch the triggers that check each statement off or on again."""
    for table, trigger in (("ledger_entry", "period"), ("ledger_posting", "balance")):
        run(f"alter table {table} {how} trigger {trigger}")


def run(statement: str, *args: Any, **named: Any) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, named or list(args))


def rows(statement: str, *args: Any) -> list[Any]:
    """Return the rows a query answers with."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(args))
        return list(cursor.fetchall())


def value(statement: str, *args: Any) -> Any:
    """Return the first value a query answers with."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(args))
        row = cursor.fetchone()
        return row[0] if row else None


def say(words: str) -> None:
    """Tell the person who waits."""
    print(words, file=sys.stderr, flush=True)
