"""What a line is, and that one verb takes it back whole."""

from __future__ import annotations

from datetime import date

import pytest

from duly.banking.actions import Part, accept_gap, place, record_opening, unplace
from duly.banking.queries import line, placements_of, reconcile, statements
from duly.banking.verify import checks
from duly.events.actions import undo
from duly.kernel.refusals import Refused
from duly.payments.actions import apply
from duly.payments.queries import receipt, undeposited
from duly.payments.rules import Application
from tests.banking.scenario_bank import Booked, arrives, bank, camt, lines_in, open_lines, statement
from tests.payments.scenario_money import balance, item_of, one, open_minor, owe, paid, rows
from tests.scenario import Office, account

TODAY = date(2026, 3, 9)
END = date(2026, 3, 31)


def balances(office: Office, *codes: str) -> list[int]:
    return [balance(office, code) for code in codes]


def test_a_line_of_an_account_is_bank_money_and_unapplied_cash(office: Office) -> None:
    bank(office)
    ann = account(office)
    [paid_in] = lines_in(office, [Booked(100_00, "thanks")])

    place([Part(paid_in.id, "receipt", account_id=ann)], today=TODAY, by=office.specialist)

    assert balances(office, "1100", "2150") == [100_00, -100_00]
    [placed] = placements_of(office.entity_id, paid_in.id)
    assert (placed.receipt_number, placed.posted_on) == ("RCT-2026-000001", date(2026, 3, 2))
    assert line(office.entity_id, paid_in.id).placed_as == "receipt"
    assert reconcile(office.entity_id, END).reconciled
    assert checks(office.entity_id) == []


def test_unidentified_money_and_charges_go_to_their_own_ledger_accounts(office: Office) -> None:
    bank(office)
    strange, charge = lines_in(office, [Booked(40_00, "?"), Booked(-3_00, "fee")])

    place(
        [Part(strange.id, "unidentified"), Part(charge.id, "ledger", gl_code="6100", memo="March")],
        today=TODAY,
        by=office.specialist,
    )

    assert balances(office, "1100", "2160", "6100") == [37_00, -40_00, 3_00]


def test_a_line_splits_into_what_was_paid_and_what_the_bank_kept(office: Office) -> None:
    # 97.00 arrived of 100.00: the bank kept 3.00
    bank(office)
    ann = account(office)
    [net] = lines_in(office, [Booked(97_00, "INV")])

    place(
        [
            Part(net.id, "receipt", account_id=ann, amount_minor=100_00),
            Part(net.id, "ledger", gl_code="6100", amount_minor=-3_00),
        ],
        today=TODAY,
        by=office.specialist,
    )

    assert balances(office, "1100", "2150", "6100") == [97_00, -100_00, 3_00]
    assert line(office.entity_id, net.id).placed_as == "split"
    assert checks(office.entity_id) == []


@pytest.mark.parametrize(
    ("part", "code"),
    [
        pytest.param({"kind": "receipt", "amount_minor": 99_99}, "parts_do_not_add_up", id="a cent is missing"),
        pytest.param({"kind": "refund"}, "return_must_be_money_out", id="money in is no refund"),
        pytest.param({"kind": "ledger", "gl_code": "1200"}, "control_account_needs_an_open_item", id="control account"),
        pytest.param({"kind": "ledger", "gl_code": "none"}, "ledger_account_missing", id="no such ledger account"),
        pytest.param({"kind": "receipt", "line_version": 7}, "line_changed_meanwhile", id="somebody was faster"),
        pytest.param({"kind": "receipt", "account_id": None}, "account_missing", id="whose?"),
    ],
)
def test_a_placement_that_cannot_stand_is_refused(office: Office, part: dict[str, object], code: str) -> None:
    bank(office)
    ann = account(office)
    [paid_in] = lines_in(office, [Booked(100_00)])

    with pytest.raises(Refused, match=rf"bank\.{code}"):
        place([Part(**{"line_id": paid_in.id, "account_id": ann, **part})], today=TODAY, by=office.specialist)  # type: ignore[arg-type]

    assert balance(office, "1100") == 0


def test_a_line_is_placed_once(office: Office) -> None:
    bank(office)
    [paid_in] = lines_in(office, [Booked(100_00)])
    place([Part(paid_in.id, "unidentified")], today=TODAY, by=office.specialist)

    with pytest.raises(Refused, match=r"bank\.line_is_placed_already"):
        place([Part(paid_in.id, "unidentified")], today=TODAY, by=office.specialist)


def test_cheques_recorded_by_hand_meet_the_bank_line_of_their_bundle(office: Office) -> None:
    # 30.00 + 70.00 lay in the drawer, the bank books 100.00
    bank(office)
    ann = account(office)
    cheques = [paid(office, ann, 30_00), paid(office, ann, 70_00)]
    [bundle] = lines_in(office, [Booked(100_00, "cheques")])

    place([Part(bundle.id, "deposit", receipt_ids=tuple(cheques))], today=TODAY, by=office.specialist)

    assert balances(office, "1050", "1100", "2150") == [0, 100_00, -100_00]
    assert undeposited(office.entity_id) == []

    unplace([bundle.id], today=TODAY, by=office.specialist)

    assert balances(office, "1050", "1100") == [100_00, 0]
    assert [row.id for row in undeposited(office.entity_id)] == cheques


def test_a_cheque_meets_one_line_only_and_cannot_be_reversed_below_it(office: Office) -> None:
    bank(office)
    cheque = paid(office, account(office), 30_00)
    first, second = lines_in(office, [Booked(30_00, "a"), Booked(30_00, "b")])
    place([Part(first.id, "deposit", receipt_ids=(cheque,))], today=TODAY, by=office.specialist)

    with pytest.raises(Refused, match=r"receipts\.not_waiting_for_the_bank"):
        place([Part(second.id, "deposit", receipt_ids=(cheque,))], today=TODAY, by=office.specialist)


def test_taking_a_placement_back_opens_line_and_invoice_and_can_be_placed_again(office: Office) -> None:
    bank(office)
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    [paid_in] = lines_in(office, [Booked(100_00)])
    place([Part(paid_in.id, "receipt", account_id=ann)], today=TODAY, by=office.specialist)
    receipt_id = placements_of(office.entity_id, paid_in.id)[0].receipt_id
    assert receipt_id is not None
    apply([Application(item_of(office, receipt_id), owed, 100_00)], today=TODAY, by=office.specialist)

    unplace([paid_in.id], today=TODAY, by=office.specialist)

    assert (open_minor(office, owed), line(office.entity_id, paid_in.id).state) == (100_00, "open")
    assert balances(office, "1100", "1200", "2150") == [0, 100_00, 0]
    assert receipt(office.entity_id, receipt_id).state == "reversed"

    place([Part(paid_in.id, "receipt", account_id=bob)], today=TODAY, by=office.specialist)

    assert balances(office, "1100", "2150") == [100_00, -100_00]
    assert reconcile(office.entity_id, END).reconciled
    assert checks(office.entity_id) == []


def test_one_undo_takes_back_all_lines_placed_in_one_act(office: Office) -> None:
    bank(office)
    first, second = lines_in(office, [Booked(10_00, "a"), Booked(20_00, "b")])
    place([Part(first.id, "unidentified"), Part(second.id, "unidentified")], today=TODAY, by=office.specialist)
    event = one("select max(id) from events_event where entity_id = %s and action = 'bank.place'", office.entity_id)

    undo(event, today=TODAY, by=office.specialist)

    assert [row.state for row in open_lines(office)] == ["open", "open"]
    assert balances(office, "1100", "2160") == [0, 0]


def test_money_that_goes_back_is_a_debt_of_the_account_until_credit_meets_it(office: Office) -> None:
    # overpaid 50.00 by the first line, refunded by the second
    bank(office)
    ann = account(office)
    came, went = lines_in(office, [Booked(50_00, "in"), Booked(-50_00, "refund")])
    parts = [Part(came.id, "receipt", account_id=ann), Part(went.id, "refund", account_id=ann)]
    place(parts, today=TODAY, by=office.specialist)
    receipts = [placements_of(office.entity_id, row.id)[0].receipt_id for row in (came, went)]
    items = [item_of(office, receipt_id) for receipt_id in receipts if receipt_id]

    apply([Application(items[0], items[1], 50_00)], today=TODAY, by=office.specialist)

    assert [open_minor(office, item) for item in items] == [0, 0]
    assert balances(office, "1100", "2150") == [0, 0]


def test_a_line_of_a_closed_month_is_posted_on_the_day_it_is_placed(office: Office) -> None:
    bank(office)
    [old] = lines_in(office, [Booked(10_00, on=date(2026, 2, 27))])

    def february(state: str) -> None:
        rows(
            "update ledger_period set state = %s where entity_id = %s and starts_on = '2026-02-01'",
            state,
            office.entity_id,
        )

    february("closed")

    place([Part(old.id, "unidentified")], today=TODAY, by=office.specialist)

    assert placements_of(office.entity_id, old.id)[0].posted_on == TODAY
    assert [row.amount_minor for row in reconcile(office.entity_id, date(2026, 2, 28)).banks[0].between] == [10_00]
    assert reconcile(office.entity_id, END).reconciled
    february("open")


def test_reconciliation_lists_every_line_and_entry_that_lies_between_to_the_cent(office: Office) -> None:
    # bank 25.00 + 10.00 - 3.00 + 6.00 = 38.00; ledger: -3.00 placed, +6.00 taken back, and a cheque of 8.00 posted
    # straight to the bank account by hand
    bank(office)
    arrives(office, camt(statement(25_00, [Booked(10_00, "a"), Booked(-3_00, "fee"), Booked(6_00, "c")])))
    waiting, charge, back = open_lines(office)
    place(
        [Part(charge.id, "ledger", gl_code="6100"), Part(back.id, "unidentified")],
        today=TODAY,
        by=office.specialist,
    )
    unplace([back.id], today=TODAY, by=office.specialist)
    stray = paid(office, account(office), 8_00, method="other", gl_account_id=bank_gl(office))

    answer = reconcile(office.entity_id, END)

    [operating] = answer.banks
    figures = operating.figures
    assert (figures.statement_minor, figures.ledger_minor, figures.difference_minor) == (38_00, 5_00, 33_00)
    assert figures.unexplained_minor == 0
    listed = {(row.kind, row.amount_minor) for row in operating.between}
    assert listed == {("opening", 25_00), ("line", 10_00), ("line", 6_00), ("entry", -8_00)}
    assert not answer.reconciled
    assert stray

    record_opening(figures.bank_account_id, by=office.accountant)
    place([Part(row.id, "unidentified") for row in (waiting, back)], today=TODAY, by=office.specialist)

    [operating] = reconcile(office.entity_id, END).banks
    assert [(row.kind, row.amount_minor) for row in operating.between] == [("entry", -8_00)]
    assert operating.figures.unexplained_minor == 0


def bank_gl(office: Office) -> int:
    return int(one("select gl_account_id from banking_account where entity_id = %s", office.entity_id))


def test_as_of_a_past_day_the_line_placed_later_lies_between(office: Office) -> None:
    bank(office)
    [paid_in] = lines_in(office, [Booked(10_00, on=date(2026, 3, 2))])
    place([Part(paid_in.id, "unidentified")], today=TODAY, by=office.specialist)
    unplace([paid_in.id], today=date(2026, 3, 10), by=office.specialist)
    place([Part(paid_in.id, "unidentified")], today=date(2026, 3, 12), by=office.specialist)

    figures = [reconcile(office.entity_id, date(2026, 3, day)).banks[0].figures for day in (9, 12)]

    assert [(one_day.difference_minor, one_day.unexplained_minor) for one_day in figures] == [(0, 0), (0, 0)]


def test_receivables_and_unapplied_cash_equal_the_open_items_behind_them(office: Office) -> None:
    bank(office)
    ann = account(office)
    owe(office, ann, 100_00)
    [paid_in] = lines_in(office, [Booked(30_00)])
    place([Part(paid_in.id, "receipt", account_id=ann)], today=TODAY, by=office.specialist)

    controls = {row.gl_code: row for row in reconcile(office.entity_id, END).controls}

    assert (controls["1200"].items_minor, controls["2150"].items_minor) == (100_00, -30_00)
    assert [row.difference_minor for row in controls.values()] == [0, 0]


def test_lines_without_balances_reconcile_by_their_sum(office: Office) -> None:
    # 5.00 + 7.00 = 12.00
    account_id = bank(office, iban="")
    arrives(office, b"Date,Amount,Description\n2026-03-13,5.00,a\n2026-03-14,7.00,b\n", bank_account_id=account_id)
    first, second = open_lines(office)
    place([Part(first.id, "unidentified")], today=date(2026, 3, 20), by=office.specialist)

    [csv] = reconcile(office.entity_id, END).banks

    assert (csv.figures.statement_minor, csv.figures.ledger_minor, csv.figures.unexplained_minor) == (12_00, 5_00, 0)
    assert [row.subject_id for row in csv.between] == [second.id]


def test_an_accepted_gap_stays_in_the_reconciliation_until_the_books_hold_it(office: Office) -> None:
    # 5.00 | 3.00 missing | 2.00: the bank says 10.00, the books hold 7.00
    bank(office)
    arrives(office, camt(statement(0, [Booked(5_00, "a")])), "1.xml")
    arrives(office, camt(statement(8_00, [Booked(2_00, "c", date(2026, 3, 4))], sequence=3)), "3.xml")
    [waiting] = statements(office.entity_id, state="quarantined")
    accept_gap(waiting.id, reason="bank lost a day", by=office.accountant)
    place([Part(row.id, "unidentified") for row in open_lines(office)], today=TODAY, by=office.specialist)

    [operating] = reconcile(office.entity_id, END).banks

    assert [(row.kind, row.amount_minor) for row in operating.between] == [("gap", 3_00)]
    assert (operating.figures.difference_minor, operating.figures.unexplained_minor) == (3_00, 0)
    assert not operating.reconciled


def test_a_quarantined_statement_keeps_its_account_from_being_reconciled(office: Office) -> None:
    bank(office)
    arrives(office, camt(statement(10_00, [Booked(5_00)], closing_minor=16_00)))

    answer = reconcile(office.entity_id, END)

    assert answer.banks[0].figures.difference_minor == 0
    assert not answer.reconciled
