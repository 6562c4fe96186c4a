"""Corrections say why they are: a transfer, a write-off, a refund with every check."""

from __future__ import annotations

from duly.receivables.actions.transfers import Transfer, transfer
from duly.receivables.actions.writeoffs import WriteOff, write_off
from duly.receivables.queries import explain_balance
from duly.reports.why.ask import why
from tests.payments.scenario_money import DAY, owe
from tests.payments.scenario_refunds import bank, paid_by_bank, requested
from tests.scenario import Office, account


def test_a_transfer_and_a_write_off_name_what_they_are_of_and_their_postings(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    transfer([Transfer(owed, bob, 40_00)], reason="half was Bob's", today=DAY, by=office.system)
    write_off([WriteOff(owed)], reason="insolvent", today=DAY, by=office.system)

    moved, given_up = (why(office.entity_id, name, as_of=DAY).lines() for name in ("TRF-2026-000001", "WO-2026-000001"))

    assert moved[0].startswith("TRF-2026-000001 of 2026-03-02: 40.00 EUR of OPEN-2026-000001 moved from A-2024-000001")
    assert "60.00 EUR of OPEN-2026-000001 on A-2024-000001 given up by Duly: The customer is insolvent" in given_up[0]
    assert any("debit 6950 Bad debt 60.00 EUR" in line for line in given_up)


def test_a_balance_adds_up_with_what_was_moved_and_written_off(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    transfer([Transfer(owed, bob, 40_00)], reason="half was Bob's", today=DAY, by=office.system)
    write_off([WriteOff(owed, 10_00)], reason="insolvent", today=DAY, by=office.system)

    found = explain_balance(office.entity_id, ann, DAY)

    assert found.balance_minor == 50_00
    assert {line.kind: line.amount_minor for line in found.lines if line.amount_minor} == {
        "opening": 100_00,
        "transfer_out": -40_00,
        "write_off": -10_00,
    }
    assert explain_balance(office.entity_id, bob, DAY).balance_minor == 40_00


def test_a_refund_names_its_money_and_every_check(office: Office) -> None:
    ann = account(office)
    bank(office)
    requested(office, ann, 60_00, paid_by_bank(office, ann, 100_00))

    said = why(office.entity_id, "RFD-2026-000001", as_of=DAY).lines()

    assert "60.00 EUR to Ann on the account ending in 5030, asked for by Specialist" in said[0]
    assert "    60.00 EUR of RCT-2026-000001" in said
    assert any(line.strip().startswith("request: No dispute and no stop on the account: pass") for line in said)
