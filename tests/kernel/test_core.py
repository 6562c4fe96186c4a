"""The core: items, allocations, numbers, postings and the event of each act."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DataError, connection, transaction

from duly.kernel.actions import rehearsal
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, kept_plans
from duly.ledger.actions import posting_batch
from duly.receivables.actions import allocation_batch, item_batch, number_batch, unallocate
from tests.scenario import Office, account

JAN_31 = date(2026, 1, 31)


def owe(office: Office, account_id: int, minor: int, document_id: int, *, kind: str = "opening") -> int:
    """Put an item straight on an account with the entry that belongs to it; returns the item's id."""
    control, other = ("1200", "4000") if kind == "opening" else ("2150", "1050")
    with connection.cursor() as cursor:
        with item_batch():
            cursor.execute(
                "insert into staged_item (entity_id, account_id, kind, document_id, gl_account_id, currency, issued_on,"
                " due_on, amount_minor) select %s, %s, %s, %s, id, 'EUR', %s, %s, %s from ledger_account"
                " where entity_id = %s and code = %s",
                [office.entity_id, account_id, kind, document_id, JAN_31, JAN_31, minor, office.entity_id, control],
            )
        cursor.execute("select max(id) from receivables_item")
        item_id = int(cursor.fetchone()[0])
        with posting_batch():
            cursor.execute(
                "insert into staged_entry (entity_id, source_kind, source_id, effective_on) values (%s, %s, %s, %s)",
                [office.entity_id, kind, document_id, JAN_31],
            )
            cursor.execute(
                "insert into staged_posting select %s, e.entry_id, row_number() over (), g.id, 'EUR',"
                " case when g.code = %s then %s::bigint else -%s::bigint end,"
                " case when g.code = %s then %s::bigint end, case when g.code = %s then %s::bigint end"
                " from staged_entry e join ledger_account g on g.entity_id = %s and g.code in (%s, %s)",
                [office.entity_id, control, minor, minor, control, account_id, control, item_id]
                + [office.entity_id, control, other],
            )
    return item_id


def settle(office: Office, debit: int, credit: int, minor: int) -> None:
    """Allocate an amount between two items."""
    batch = allocation_batch(entity_id=office.entity_id, effective_on=JAN_31, by=office.specialist)
    with batch, connection.cursor() as cursor:
        cursor.execute(
            "insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor)"
            " values (%s, %s, %s, %s)",
            [office.entity_id, debit, credit, minor],
        )


def open_minor(item_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select open_minor from receivables_item where id = %s", [item_id])
        return int(cursor.fetchone()[0])


def test_an_allocation_settles_both_items_and_moves_the_money_between_control_accounts(office: Office) -> None:
    ann = account(office)
    invoice = owe(office, ann, 100_00, 1)
    payment = owe(office, ann, -60_00, 1, kind="other")

    settle(office, invoice, payment, 60_00)

    assert (open_minor(invoice), open_minor(payment)) == (40_00, 0)


@pytest.mark.parametrize("wanted", [60_01, 100_00])
def test_an_item_cannot_settle_more_than_it_has_open(office: Office, wanted: int) -> None:
    ann = account(office)
    invoice, payment = owe(office, ann, 100_00, 1), owe(office, ann, -60_00, 1, kind="other")

    with pytest.raises(Refused, match=r"receivables\.item_has_less_open"):
        settle(office, invoice, payment, wanted)


def test_taking_an_allocation_back_twice_is_refused(office: Office) -> None:
    ann = account(office)
    invoice, payment = owe(office, ann, 100_00, 1), owe(office, ann, -60_00, 1, kind="other")
    settle(office, invoice, payment, 60_00)
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from receivables_allocation")
        allocation = int(cursor.fetchone()[0])

    unallocate([allocation], effective_on=JAN_31, by=office.specialist)

    assert (open_minor(invoice), open_minor(payment)) == (100_00, -60_00)
    with pytest.raises(Refused, match=r"receivables\.nothing_to_unallocate"):
        unallocate([allocation], effective_on=JAN_31, by=office.specialist)


def test_numbers_have_no_gaps_and_a_payment_reference(office: Office) -> None:
    with number_batch(office.entity_id), connection.cursor() as cursor:
        cursor.execute(
            "insert into staged_number select %s, 'journal', 100 + n, '2026-01-31', n from generate_series(1, 3) as n",
            [office.entity_id],
        )

    with connection.cursor() as cursor:
        cursor.execute(
            "select number, reference from receivables_number where entity_id = %s and document_kind = 'journal'"
            " order by seq",
            [office.entity_id],
        )
        numbers = cursor.fetchall()

    assert [number for number, _ in numbers] == ["JRN-2026-000001", "JRN-2026-000002", "JRN-2026-000003"]
    assert all(int(ref[4:] + "2715" + ref[2:4]) % 97 == 1 for _, ref in numbers)


def test_a_day_outside_every_open_period_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"ledger\.period_closed"), posting_batch(), connection.cursor() as cursor:
        cursor.execute(
            "insert into staged_entry (entity_id, source_kind, source_id, effective_on)"
            " values (%s, 'x', 1, '1999-01-01')",
            [office.entity_id],
        )


def test_a_rehearsal_keeps_nothing(office: Office) -> None:
    with rehearsal():
        account(office, name="Bob")

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from receivables_account where entity_id = %s", [office.entity_id])
        assert cursor.fetchone()[0] == 0


def test_an_act_on_a_few_rows_keeps_its_plans_for_the_connections_next_time(office: Office) -> None:
    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_prepared_statements where statement like '%%access_entity%%'")
            return int(cursor.fetchone()[0])

    before = kept()
    with transaction.atomic(), kept_plans():
        inside = fetch_value("duly.access", "entity_as_json.sql", entity=office.entity_id)
        again = fetch_value("duly.access", "entity_as_json.sql", entity=office.entity_id)
    outside = fetch_value("duly.access", "entity_as_json.sql", entity=office.entity_id)

    assert inside == again == outside
    assert kept() == before + 1


def test_a_statement_with_a_kept_plan_fails_like_any_other(office: Office) -> None:
    with pytest.raises(DataError), transaction.atomic(), kept_plans():
        fetch_value("duly.access", "entity_as_json.sql", entity="no number")
