"""Money that came in: recorded once, applied, taken back whole."""

from __future__ import annotations

from datetime import date

import pytest

from duly.events.actions import undo
from duly.kernel.refusals import BadInput, Proposed, Refused
from duly.payments.actions import (
    ReceiptRow,
    apply,
    apply_oldest_first,
    record,
    record_receipts,
    reverse,
    unapply,
)
from duly.payments.queries import allocations_of, receipt, receipts, unapplied_cash, undeposited
from duly.payments.rules import Application
from duly.payments.verify import checks
from tests.payments.scenario_money import DAY, balance, item_of, one, open_minor, owe, paid
from tests.scenario import Office, account


def test_a_receipt_by_hand_is_undeposited_money_and_unapplied_cash_of_its_account(office: Office) -> None:
    ann = account(office)

    receipt_id = paid(office, ann, 100_00, method="cheque", reference="cheque 17")

    assert (balance(office, "1050"), balance(office, "2150")) == (100_00, -100_00)
    shown = receipt(office.entity_id, receipt_id)
    assert (shown.number, shown.unapplied_minor) == ("RCT-2026-000001", 100_00)
    assert [row.id for row in undeposited(office.entity_id)] == [receipt_id]
    assert checks(office.entity_id) == []


def test_the_same_receipt_brought_twice_is_one_receipt(office: Office) -> None:
    ann = account(office)
    row = ReceiptRow(ann, "EUR", 40_00, DAY, source_key="till-7")

    first = record_receipts([row, row], by=office.specialist)
    again = record_receipts([row], by=office.specialist)

    assert {*first, *again} == {first[0]}
    assert balance(office, "1050") == 40_00
    assert (
        one(
            "select count(*) from events_event where entity_id = %s and action like 'receipts%%'",
            office.entity_id,
        )
        == 1
    )


def test_a_key_used_for_other_content_is_refused(office: Office) -> None:
    ann = account(office)
    record(ReceiptRow(ann, "EUR", 40_00, DAY, source_key="till-7"), by=office.specialist)

    with pytest.raises(Refused, match=r"receipts\.key_used_for_other_content"):
        record(ReceiptRow(ann, "EUR", 41_00, DAY, source_key="till-7"), by=office.specialist)

    assert balance(office, "1050") == 40_00


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param({"currency": "USD"}, "receipts.currency_differs_from_account", id="other currency"),
        pytest.param({"amount_minor": 0}, "receipts.amount_not_above_zero", id="nothing"),
        pytest.param({"account_id": 10**9}, "receipts.account_unknown", id="nobody's"),
        pytest.param({"received_on": date(2030, 1, 1)}, "ledger.period_closed", id="no open period"),
    ],
)
def test_a_receipt_that_cannot_stand_is_refused(office: Office, row: dict[str, object], code: str) -> None:
    wanted = {
        "account_id": account(office),
        "currency": "EUR",
        "amount_minor": 5_00,
        "received_on": DAY,
        **row,
    }

    with pytest.raises((Refused, BadInput), match=code.replace(".", r"\.")):
        record(ReceiptRow(**wanted), by=office.specialist)  # type: ignore[arg-type]

    assert balance(office, "1050") == 0


def test_one_payment_settles_many_invoices_and_many_payments_one(office: Office) -> None:
    # 100.00 + 50.00 owed; paid 120.00 and 30.00: 100.00 + 20.00 from the first, 30.00 from the second
    ann = account(office)
    old, new = owe(office, ann, 100_00), owe(office, ann, 50_00, on=date(2026, 2, 15))
    first, second = item_of(office, paid(office, ann, 120_00)), item_of(office, paid(office, ann, 30_00))

    apply(
        [Application(first, old, 100_00), Application(first, new, 20_00), Application(second, new, 30_00)],
        today=DAY,
        by=office.specialist,
    )

    assert [open_minor(office, item) for item in (old, new, first, second)] == [0, 0, 0, 0]
    assert (balance(office, "1200"), balance(office, "2150"), balance(office, "1050")) == (0, 0, 150_00)


@pytest.mark.parametrize(
    ("amount_minor", "open_after", "unapplied_after"),
    [
        pytest.param(4_00, [6_00, 5_00], 0, id="part of the oldest"),
        pytest.param(12_00, [0, 3_00], 0, id="oldest, then part of the next"),
        pytest.param(20_00, [0, 0], 5_00, id="more than owed stays unapplied"),
    ],
)
def test_payment_pays_the_oldest_invoice_first(
    office: Office, amount_minor: int, open_after: list[int], unapplied_after: int
) -> None:
    ann = account(office)
    owed = [owe(office, ann, 10_00), owe(office, ann, 5_00, on=date(2026, 2, 20))]
    receipt_id = paid(office, ann, amount_minor)

    apply_oldest_first([ann], today=DAY, by=office.specialist)

    assert [open_minor(office, item) for item in owed] == open_after
    assert receipt(office.entity_id, receipt_id).unapplied_minor == unapplied_after


def test_more_than_an_item_has_open_is_refused(office: Office) -> None:
    ann = account(office)
    owed, cash = owe(office, ann, 10_00), item_of(office, paid(office, ann, 20_00))

    with pytest.raises(Refused, match=r"receivables\.item_has_less_open"):
        apply([Application(cash, owed, 10_01)], today=DAY, by=office.specialist)

    assert open_minor(office, owed) == 10_00


def test_money_of_one_account_does_not_settle_anothers_debt_by_mistake(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed, cash = owe(office, ann, 10_00), item_of(office, paid(office, bob, 10_00))

    with pytest.raises(Refused, match=r"receipts\.items_of_two_accounts"):
        apply([Application(cash, owed, 10_00)], today=DAY, by=office.specialist)


def test_unapplying_opens_debt_and_money_again(office: Office) -> None:
    ann = account(office)
    owed, receipt_id = owe(office, ann, 10_00), paid(office, ann, 10_00)
    cash = item_of(office, receipt_id)
    made = apply([Application(cash, owed, 10_00)], today=DAY, by=office.specialist)

    unapply(made, today=DAY, by=office.specialist)

    assert (open_minor(office, owed), open_minor(office, cash)) == (10_00, -10_00)
    assert (balance(office, "1200"), balance(office, "2150")) == (10_00, -10_00)
    assert [row.taken_back for row in allocations_of(office.entity_id, receipt_id)] == [True]


def test_reversing_a_receipt_opens_what_it_paid_and_takes_the_money_out(office: Office) -> None:
    ann = account(office)
    owed, receipt_id = owe(office, ann, 10_00), paid(office, ann, 15_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)

    [mirror] = reverse([receipt_id], reason="cheque bounced", today=date(2026, 3, 9), by=office.specialist)

    assert open_minor(office, owed) == 10_00
    assert open_minor(office, item_of(office, receipt_id)) == open_minor(office, item_of(office, mirror)) == 0
    assert (balance(office, "1050"), balance(office, "2150"), balance(office, "1200")) == (0, 0, 10_00)
    assert receipt(office.entity_id, receipt_id).state == "reversed"
    assert sum(row.amount_minor for row in receipts(office.entity_id)) == 0
    assert checks(office.entity_id) == []


def test_a_receipt_is_reversed_once(office: Office) -> None:
    receipt_id = paid(office, account(office), 15_00)
    reverse([receipt_id], reason="twice entered", today=DAY, by=office.specialist)

    with pytest.raises(Refused, match=r"receipts\.cannot_become_reversed"):
        reverse([receipt_id], reason="twice entered", today=DAY, by=office.specialist)


def test_a_specialist_asks_for_a_reversal_above_the_limit(office: Office) -> None:
    receipt_id = paid(office, account(office), 5_000_01)

    with pytest.raises(Proposed, match="Coordinator"):
        reverse([receipt_id], reason="wrong account", today=DAY, by=office.specialist)


def test_undo_of_a_recorded_receipt_is_its_reversal(office: Office) -> None:
    receipt_id = paid(office, account(office), 15_00)
    event = one("select max(id) from events_event where entity_id = %s", office.entity_id)

    undo(event, today=DAY, by=office.specialist)

    assert receipt(office.entity_id, receipt_id).state == "reversed"
    assert balance(office, "1050") == 0


def test_unapplied_cash_is_listed_oldest_first_with_what_the_account_owes(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owe(office, bob, 70_00)
    paid(office, bob, 20_00, on=date(2026, 3, 5))
    paid(office, ann, 10_00, on=date(2026, 3, 1))

    listed = unapplied_cash(office.entity_id, as_of=date(2026, 3, 11))

    assert [(row.account_name, row.open_minor, row.days_old, row.owed_minor) for row in listed] == [
        ("Ann", -10_00, 10, 0),
        ("Bob", -20_00, 6, 70_00),
    ]
    page = unapplied_cash(office.entity_id, as_of=date(2026, 3, 11), after=(listed[0].received_on, listed[0].item_id))
    assert [row.account_name for row in page] == ["Bob"]
