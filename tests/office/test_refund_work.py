"""Refunds and changes of bank details are work for whoever may take the next step."""

from __future__ import annotations

from duly.office.actions import sync_work
from duly.payments.actions.refunds import approve_refund
from duly.payments.actions.refunds_seen import return_refunds
from tests.parties.scenario_bank_change import asked, party_of
from tests.payments.scenario_money import rows
from tests.payments.scenario_refunds import DAY, bank, paid_by_bank, requested
from tests.scenario import Office, account


def waiting(office: Office) -> list[str]:
    sync_work(today=DAY, by=office.system)
    kinds = ["refund", "payout", "returned", "bank_change"]
    return [
        row[0]
        for row in rows(
            "select kind from office_work where entity_id = %s and kind = any(%s) and state in ('open', 'claimed')"
            " order by kind",
            *(office.entity_id, kinds),
        )
    ]


def test_a_refund_is_work_at_each_step_until_it_is_paid_or_given_anew(office: Office) -> None:
    from duly.banking.actions.refunds import release_refunds

    ann, ours = account(office), bank(office)
    refund_id = requested(office, ann, 60_00, paid_by_bank(office, ann, 100_00))
    assert waiting(office) == ["refund"]

    approve_refund(refund_id, today=DAY, by=office.coordinator)
    assert waiting(office) == ["payout"]
    release_refunds([refund_id], bank_account_id=ours, today=DAY, by=office.accountant)
    assert waiting(office) == []
    return_refunds([refund_id], [""], ["account closed"], today=DAY, by=office.accountant)

    assert waiting(office) == ["returned"]


def test_a_change_of_bank_details_is_work_until_it_is_confirmed(office: Office) -> None:
    asked(office, party_of(office, account(office)), on=DAY)

    assert waiting(office) == ["bank_change"]
