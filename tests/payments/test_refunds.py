"""A refund: own free money only, every check kept with what it saw, a second person, a file, and each step undone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from duly.access.queries import actor_of
from duly.banking.actions import NewBankAccount, open_bank_accounts
from duly.banking.actions.refunds import release_refunds
from duly.events.actions import undo
from duly.formats.sepa import NAMESPACE
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from duly.payments.actions import apply, apply_oldest_first, move
from duly.payments.actions.refunds import RefundWish, approve_refund, cancel_file, refuse_refund, request_refund
from duly.payments.actions.refunds_seen import return_refunds
from duly.payments.queries.refunds import checks_of, file_content, money_of, refund, refund_files, refunds
from duly.payments.rules import Application
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.banking.scenario_bank import ANN_IBAN, BOB_IBAN
from tests.parties.scenario_bank_change import asked, in_force, party_of
from tests.payments.scenario_money import balance, item_of, one, open_minor, owe, paid
from tests.payments.scenario_refunds import DAY, bank, paid_by_bank, released, requested, state_of
from tests.scenario import Office, account, open_office


def last_event(office: Office) -> int:
    return int(one("select max(id) from events_event where entity_id = %s", office.entity_id))


def outcomes(office: Office, refund_id: int, stage: str = "request") -> dict[str, str]:
    return {row.name: row.outcome for row in checks_of(office.entity_id, refund_id) if row.stage == stage}


def test_a_refund_goes_from_asking_to_the_file_by_three_people(office: Office) -> None:
    ann, ours = account(office), bank(office)
    detail = paid_by_bank(office, ann, 100_00)

    refund_id = requested(office, ann, 60_00, detail)
    assert set(outcomes(office, refund_id).values()) == {"pass"}
    approve_refund(refund_id, today=DAY, by=office.coordinator)
    file_id = release_refunds([refund_id], bank_account_id=ours, today=DAY, by=office.accountant)

    shown = refund(office.entity_id, refund_id)
    assert (shown.number, shown.state, shown.last4) == ("RFD-2026-000001", "released", ANN_IBAN[-4:])
    assert (shown.requested_by_name, shown.approved_by_name, shown.released_by_name) == (
        *("Specialist", "Coordinator", "Accountant"),
    )
    # 1100 +100.00; 2150 -100.00 +60.00; 2170 -60.00 until the bank shows it
    assert (balance(office, "1100"), balance(office, "2150"), balance(office, "2170")) == (100_00, -40_00, -60_00)
    root = ET.fromstring(file_content(office.entity_id, file_id))
    texts = {node.tag.removeprefix(f"{{{NAMESPACE}}}"): node.text for node in root.iter()}
    assert (texts["EndToEndId"], texts["InstdAmt"], texts["IBAN"]) == ("RFD-2026-000001", "60.00", ANN_IBAN)


def test_every_check_is_kept_at_every_stage_with_what_it_saw(office: Office) -> None:
    ann, ours = account(office), bank(office)
    refund_id = released(office, ann, 60_00, paid_by_bank(office, ann, 100_00), ours)

    kept = checks_of(office.entity_id, refund_id)

    assert [row.stage for row in kept] == ["request"] * 6 + ["approve"] * 6 + ["release"] * 6
    came = next(row for row in kept if row.name == "original_instrument")
    assert came.sentence == f"All of it came from the account ending in {ANN_IBAN[-4:]}."
    assert came.evidence["to"] == f"…{ANN_IBAN[-4:]}"
    with (
        pytest.raises(Exception, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update payments_refund_check set outcome = 'pass'")


def test_more_than_lies_free_is_not_asked_for(office: Office) -> None:
    ann = account(office)
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    requested(office, ann, 70_00, detail)

    with pytest.raises(Refused, match=r"refunds\.less_money_is_free .*free_minor=3000"):
        requested(office, ann, 30_01, detail)
    with pytest.raises(BadInput, match=r"refunds\.amount_not_above_zero"):
        requested(office, ann, 0, detail)

    assert len(refunds(office.entity_id)) == 1


def test_money_of_another_account_is_not_refunded(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    theirs = item_of(office, paid(office, bob, 50_00))

    with pytest.raises(Refused, match=r"refunds\.not_their_money"):
        request_refund(RefundWish(ann, 10_00, detail, "x", item_ids=(theirs,)), today=DAY, by=office.specialist)


def test_money_goes_back_to_where_it_came_from_or_nowhere(office: Office) -> None:
    ann = account(office)
    bank(office)
    paid_by_bank(office, ann, 100_00)
    other = paid_by_bank(office, ann, 5_00, iban=BOB_IBAN, sequence=2, opening_minor=100_00)

    refund_id = requested(office, ann, 60_00, other)

    assert outcomes(office, refund_id)["original_instrument"] == "fail"
    with pytest.raises(Refused, match=r"refunds\.check_failed .*where it came from"):
        approve_refund(refund_id, today=DAY, by=office.coordinator)


def test_money_moved_from_another_account_still_goes_back_to_where_it_came_from(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    bank(office)
    paid_by_bank(office, ann, 100_00)
    of_bob = paid_by_bank(office, bob, 5_00, iban=BOB_IBAN, sequence=2, opening_minor=100_00)
    receipt_id = one("select min(id) from payments_receipt where entity_id = %s", office.entity_id)
    move(receipt_id, bob, reason="it was for Bob", today=DAY, by=office.system)

    refund_id = requested(office, bob, 105_00, of_bob)

    failed = next(row for row in checks_of(office.entity_id, refund_id) if row.name == "original_instrument")
    assert (failed.outcome, len(failed.evidence["came"])) == ("fail", 2)


def test_a_cheque_is_refunded_to_an_account_confirmed_by_call_back(office: Office) -> None:
    ann = account(office)
    paid(office, ann, 80_00)
    detail = in_force(office, party_of(office, ann), asked_on=date(2026, 2, 2), on=date(2026, 2, 9))

    refund_id = requested(office, ann, 80_00, detail)

    assert set(outcomes(office, refund_id).values()) == {"pass"}
    approve_refund(refund_id, today=DAY, by=office.coordinator)


def test_nothing_is_paid_while_bank_details_change_or_soon_after(office: Office) -> None:
    ann = account(office)
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    asked(office, party_of(office, ann), on=DAY)
    refund_id = requested(office, ann, 60_00, detail)

    with pytest.raises(Refused, match=r"refunds\.check_failed .*on its way"):
        approve_refund(refund_id, today=DAY, by=office.coordinator)

    bob = account(office, name="Bob")
    paid(office, bob, 10_00)
    fresh = in_force(office, party_of(office, bob), asked_on=date(2026, 3, 2), on=DAY, account=BOB_IBAN)
    assert outcomes(office, requested(office, bob, 10_00, fresh))["bank_details"] == "fail"


def test_nothing_goes_back_while_everything_is_stopped(office: Office) -> None:
    ann = account(office)
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    hold_accounts([NewHold(ann, "all", "They dispute an invoice", date(2026, 4, 1))], by=office.specialist)

    refund_id = requested(office, ann, 60_00, detail)

    assert outcomes(office, refund_id)["no_dispute"] == "fail"


def test_the_same_amount_again_must_be_looked_at_and_accepted_by_name(office: Office) -> None:
    ann, ours = account(office), bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    released(office, ann, 20_00, detail, ours)
    twin = requested(office, ann, 20_00, detail)
    assert outcomes(office, twin)["no_duplicate"] == "warn"

    with pytest.raises(Refused, match=r"refunds\.warning_not_accepted"):
        approve_refund(twin, today=DAY, by=office.coordinator)
    approve_refund(twin, accept=["no_duplicate"], today=DAY, by=office.coordinator)
    release_refunds([twin], bank_account_id=ours, today=DAY, by=office.accountant)

    assert refund(office.entity_id, twin).accepted_warnings == ["no_duplicate"]
    third = requested(office, ann, 30_00, detail)
    fourth = requested(office, ann, 30_00, detail)
    assert (outcomes(office, third)["no_duplicate"], state_of(office, fourth)) == ("pass", "requested")
    approve_refund(third, today=DAY, by=office.coordinator)
    with pytest.raises(Refused, match=r"refunds\.check_failed .*asks for the same amount already"):
        approve_refund(fourth, today=DAY, by=office.coordinator)


def test_who_asks_neither_approves_nor_pays(office: Office) -> None:
    ann, ours = account(office), bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    every = replace(office.specialist, rights=frozenset(["*"]), limits={})
    refund_id = requested(office, ann, 60_00, detail, by=every)
    with pytest.raises(NotAllowed, match=r"refunds\.approver_is_requester"):
        approve_refund(refund_id, today=DAY, by=every)
    with pytest.raises(NotAllowed, match=r"refunds\.approver_is_requester"):
        approve_refund(refund_id, today=DAY, by=office.system)
    approve_refund(refund_id, today=DAY, by=office.coordinator)

    with pytest.raises(NotAllowed, match=r"refunds\.payer_is_requester"):
        release_refunds([refund_id], bank_account_id=ours, today=DAY, by=every)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update payments_refund set approved_by = requested_by where id = %s", [refund_id])


def test_money_used_meanwhile_stops_the_refund(office: Office) -> None:
    ann, ours = account(office), bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    refund_id = requested(office, ann, 100_00, detail)
    owed = owe(office, ann, 30_00)
    with pytest.raises(Refused, match=r"receipts\.nothing_to_apply"):  # no run takes money that is about to go back
        apply_oldest_first([ann], today=DAY, by=office.specialist)
    approve_refund(refund_id, today=DAY, by=office.coordinator)
    [money] = money_of(office.entity_id, refund_id)

    apply([Application(money.item_id, owed, 30_00)], today=DAY, by=office.specialist)

    with pytest.raises(Refused, match=r"refunds\.check_failed .*used meanwhile"):
        release_refunds([refund_id], bank_account_id=ours, today=DAY, by=office.accountant)
    assert balance(office, "2170") == 0


def test_a_refused_refund_frees_the_money(office: Office) -> None:
    ann = account(office)
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    refund_id = requested(office, ann, 100_00, detail)

    refuse_refund(refund_id, reason="they will use it", today=DAY, by=office.coordinator)

    owed = owe(office, ann, 30_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)
    assert (state_of(office, refund_id), open_minor(office, owed)) == ("refused", 0)


def test_each_step_is_undone_by_its_own_undo(office: Office) -> None:
    ann, ours = account(office), bank(office)
    refund_id = released(office, ann, 60_00, paid_by_bank(office, ann, 100_00), ours)

    undo(last_event(office), today=DAY, by=office.accountant)
    assert (state_of(office, refund_id), balance(office, "2150"), balance(office, "2170")) == ("approved", -100_00, 0)
    assert refund_files(office.entity_id)[0].state == "cancelled"
    undo(last_event(office) - 2, today=DAY, by=office.coordinator)
    assert state_of(office, refund_id) == "requested"
    undo(last_event(office) - 4, today=DAY, by=office.specialist)
    assert state_of(office, refund_id) == "refused"
    assert requested(office, ann, 100_00, refund(office.entity_id, refund_id).bank_detail_id) > refund_id


def test_a_cancelled_file_can_be_made_anew_and_pays_once(office: Office) -> None:
    ann, ours = account(office), bank(office)
    refund_id = released(office, ann, 60_00, paid_by_bank(office, ann, 100_00), ours)
    [first] = refund_files(office.entity_id)

    cancel_file(first.id, today=DAY, by=office.accountant)
    release_refunds([refund_id], bank_account_id=ours, today=DAY, by=office.accountant)

    assert (balance(office, "2150"), balance(office, "2170")) == (-40_00, -60_00)
    with pytest.raises(Refused, match=r"refunds\.file_is_carried_out"):
        cancel_file(first.id, today=DAY, by=office.accountant)
    with pytest.raises(Refused, match=r"refund\.cannot_become_released"):
        release_refunds([refund_id], bank_account_id=ours, today=DAY, by=office.accountant)


def test_a_refund_the_bank_rejects_is_unapplied_money_again(office: Office) -> None:
    ann, ours = account(office), bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    refund_id = released(office, ann, 60_00, detail, ours)

    return_refunds([refund_id], [""], ["account closed"], today=DAY, by=office.accountant)

    assert (state_of(office, refund_id), balance(office, "2150"), balance(office, "2170")) == ("returned", -100_00, 0)
    wish = RefundWish(ann, 60_00, detail, "again", again_of=refund_id)
    again = request_refund(wish, today=DAY, by=office.specialist)
    assert refund(office.entity_id, again).again_of_id == refund_id


def test_a_refund_above_the_limit_asks_somebody_else(office: Office) -> None:
    ann = account(office)
    bank(office)
    refund_id = requested(office, ann, 6_000_00, paid_by_bank(office, ann, 6_000_00))
    coordinator = actor_of(int(office.coordinator.user_id or 0), office.entity_id)

    with pytest.raises(Refused, match=r"access\.(proposed|limit_exceeded)"):
        approve_refund(refund_id, today=DAY, by=coordinator)

    assert state_of(office, refund_id) == "requested"


def test_american_accounts_are_paid_by_a_nacha_file(office: Office) -> None:
    ann = account(office, currency="USD")
    paid(office, ann, 80_00, currency="USD")
    ours = NewBankAccount("Dollars", "USD", "1110", routing="121000248", ach_company_id="1234567890")
    [bank_id] = open_bank_accounts([ours], by=office.accountant)
    detail = in_force(
        office, party_of(office, ann), asked_on=date(2026, 2, 2), on=date(2026, 2, 9), account="021000021 123456789"
    )
    refund_id = requested(office, ann, 80_00, detail)
    approve_refund(refund_id, today=DAY, by=replace(office.coordinator, limits={}))

    file_id = release_refunds([refund_id], bank_account_id=bank_id, today=DAY, by=office.accountant)

    records = file_content(office.entity_id, file_id).decode().split("\r\n")
    assert refund_files(office.entity_id)[0].format == "nacha"
    assert (records[1][50:53], records[2][3:12], records[2][29:39]) == ("CCD", "021000021", "0000008000")
    assert "RFD-2026-000001" in records[2]


def test_ibans_and_routing_numbers_do_not_share_a_file(office: Office) -> None:
    ann, bob, ours = account(office), account(office, name="Bob"), bank(office)
    first = requested(office, ann, 60_00, paid_by_bank(office, ann, 100_00))
    paid(office, bob, 10_00)
    routing = in_force(
        office, party_of(office, bob), asked_on=date(2026, 2, 2), on=date(2026, 2, 9), account="021000021 123456789"
    )
    second = requested(office, bob, 10_00, routing)
    for refund_id in (first, second):
        approve_refund(refund_id, today=DAY, by=office.coordinator)

    with pytest.raises(Refused, match=r"refunds\.two_kinds_of_accounts"):
        release_refunds([first, second], bank_account_id=ours, today=DAY, by=office.accountant)

    assert (balance(office, "2170"), refund_files(office.entity_id)) == (0, [])


def test_an_open_dispute_stops_a_refund(office: Office) -> None:
    from duly.site.corrections import disputes_in_sentences

    ann = account(office)
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    owed = owe(office, ann, 30_00)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into collections_dispute (entity_id, account_id, item_id, amount_minor, currency, reason,"
            " opened_on, due_on, made_by, made_at) values (%s, %s, %s, 1000, 'EUR', 'price', %s, %s, 'Ann', now())",
            [office.entity_id, ann, owed, DAY, DAY],
        )

    refund_id = requested(office, ann, 60_00, detail)

    assert disputes_in_sentences(office.entity_id, ann) == ["10.00 EUR is disputed since 2026-03-09: price"]
    assert outcomes(office, refund_id)["no_dispute"] == "fail"


def test_another_office_finds_nothing(office: Office) -> None:
    ann = account(office)
    bank(office)
    refund_id = requested(office, ann, 60_00, paid_by_bank(office, ann, 100_00))

    with pytest.raises(Refused, match=r"refunds\.unknown"):
        approve_refund(refund_id, today=DAY, by=open_office().coordinator)
