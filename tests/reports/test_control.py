"""What was given up and why differences arose is what the ledger and the cases say; looks name what to look at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from duly.invoicing.actions.credit import credit_invoice
from duly.matching.actions import put_on_account
from duly.payments.actions.refunds import RefundWish, request_refund
from duly.receivables.actions.writeoffs import WriteOff, take_write_offs_back, write_off
from duly.reports.actions import note_staff_account
from duly.reports.models import Report
from duly.reports.queries import report
from tests.banking.scenario_bank import ANN_IBAN, Booked, bank, lines_in
from tests.matching.scenario_cases import TODAY, billed, pays, pick, swept
from tests.payments.scenario_money import one, owe, paid, rows
from tests.scenario import Office, account

END = date(2026, 3, 31)


def built(office: Office, name: str, **values: str) -> Report:
    return report(office.entity_id, name, today=END, values=values)


def looks(office: Office, look: str) -> list[tuple[object, ...]]:
    return list(built(office, "fraud-looks", look=look).rows())


def test_what_was_given_up_is_the_ledger_by_reason_and_person(office: Office) -> None:
    # 0.50 small difference, 200.00 bad debt, of it taken back again; a credit note of 23.80.
    ann = account(office)
    small, bad = owe(office, ann, 50), owe(office, account(office, name="Bob"), 200_00)
    bill = billed(office, name="Cid")
    write_off([WriteOff(small)], reason="small_difference", today=TODAY, by=office.coordinator)
    [given_up] = write_off([WriteOff(bad)], reason="insolvent", today=TODAY, by=office.coordinator)
    credit_invoice(bill.invoice_id, amount_minor=23_80, reason="Goodwill", today=TODAY, by=office.specialist)

    found = built(office, "given-up")

    assert {(row[0], row[1], row[2], row[5]) for row in found.rows()} == {
        ("Write-off", "Small difference", "Coordinator", 50),
        ("Write-off", "The customer is insolvent", "Coordinator", 200_00),
        ("Credit note", "Goodwill", "Specialist", 23_80),
    }
    # 0.50 + 200.00 + 23.80 = 224.30, in the documents and in the ledger.
    assert [(proof.report_minor, proof.difference_minor) for proof in found.proofs] == [(224_30, 0)]
    assert len(list(built(office, "given-up", by="rows").rows())) == 3

    take_write_offs_back([given_up], today=TODAY, by=office.coordinator)

    assert [(proof.report_minor, proof.difference_minor) for proof in built(office, "given-up").proofs] == [(24_30, 0)]


def test_causes_stand_by_amount_with_their_running_share(office: Office) -> None:
    # 19.00 of open credit and 5.00 of fee: 19.00 / 24.00 = 79.2 %, then 100 %.
    bank(office)
    first, second = billed(office), billed(office, name="Bob")
    paid(office, first.account_id, 19_00)
    pays(first, 100_00)
    pays(second, 114_00, text=f"{second.number} LESS CHARGES", opening=100_00, no=2)
    for case in [each for each in swept(office) if each.kind in ("short_payment", "deduction")]:
        pick(office, case)

    found = built(office, "causes")

    assert [(row[0], row[3], row[5], row[6]) for row in found.rows()] == [
        ("open_credit", 1, 19_00, Decimal("79.2")),
        ("bank_fee", 1, 5_00, Decimal("100.0")),
    ]
    assert found.totals[0][5] == 24_00
    assert found.chart is not None
    assert found.chart.series[0].values == (19_00, 5_00)


def test_money_from_anothers_bank_account_is_looked_at(office: Office) -> None:
    bank(office)
    ann, bob = account(office), account(office, name="Bob")
    first = lines_in(office, [Booked(10_00, "one", payer="Ann", iban=ANN_IBAN, on=date(2026, 3, 2))])[-1]
    put_on_account(first.id, ann, line_version=first.version, today=TODAY, by=office.specialist)
    later = Booked(20_00, "two", payer="Ann", iban=ANN_IBAN, on=date(2026, 3, 5))
    second = lines_in(office, [later], opening_minor=10_00, sequence=2)[-1]
    put_on_account(second.id, bob, line_version=second.version, today=TODAY, by=office.specialist)

    [row] = looks(office, "lapping")

    assert (row[1], row[3], row[7]) == ("Specialist", "Bob", 20_00)
    assert row[8] == "paid from a bank account of Ann, credited to Bob"


def test_late_application_is_counted_for_each_clerk(office: Office) -> None:
    # Came on Mar 2, applied on Mar 9: seven days, more than three.
    bank(office)
    pays(billed(office), 119_00)

    [row] = looks(office, "late")
    [clerk] = list(built(office, "application-lag").rows())

    assert (row[1], row[7], row[8]) == ("Specialist", 119_00, "applied 7 days after it came")
    assert clerk == ("Specialist", "EUR", 1, Decimal("7.0"), 7, 1, 119_00)


def test_write_offs_just_under_a_limit_are_looked_at(office: Office) -> None:
    # The coordinator's limit is 1,000.00: 950.00 is 95 % of it, 500.00 is half.
    ann = account(office)
    for minor in (950_00, 500_00):
        write_off([WriteOff(owe(office, ann, minor))], reason="insolvent", today=TODAY, by=office.coordinator)

    found = looks(office, "limit")

    assert {(row[1], row[7]) for row in found} == {("Coordinator", 950_00)}
    assert "95 % of the limit of 1,000.00 EUR as coordinator" in [row[8] for row in found]


def test_a_refund_after_a_credit_note_and_to_a_colleagues_account_is_looked_at(office: Office) -> None:
    # 119.00 paid, 119.00 credited nine days later: 50.00 is asked back to the bank account it came from.
    bank(office)
    bill = billed(office)
    booked = Booked(119_00, bill.number, payer="Ann", iban=ANN_IBAN)
    line = lines_in(office, [booked])[-1]
    put_on_account(line.id, bill.account_id, line_version=line.version, today=TODAY, by=office.specialist)
    credit_invoice(bill.invoice_id, reason="Goodwill", today=TODAY, by=office.specialist)
    detail = one("select id from parties_bank_detail where entity_id = %s", office.entity_id)
    request_refund(RefundWish(bill.account_id, 50_00, detail, "overpaid"), today=TODAY, by=office.specialist)
    user_id = office.coordinator.user_id
    assert user_id is not None
    note_staff_account(user_id, ANN_IBAN, today=TODAY, by=office.owner)

    [after_credit], [shared] = looks(office, "refund"), looks(office, "shared")

    assert (after_credit[7], after_credit[8][:37]) == (50_00, "asked for 0 days after credit note CN")  # type: ignore[index]
    assert shared[8] == "to the bank account ending in 5030, which is also of Coordinator, who works here" or (
        "Coordinator, who works here" in str(shared[8])
    )
    assert rows("select count(*) from reports_staff_account where account_hash is not null") == [(1,)]
