"""Stories over time: disputes, promises, plans, stops and zones, day after day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from duly.collections.actions.agencies import add_agency, hand_over, recall
from duly.collections.actions.contacts import NewConsent, NewContact, log_contact, place_stop, record_consent
from duly.collections.actions.disputes import NewDispute, close_dispute, open_dispute
from duly.collections.actions.keeping import keep_books
from duly.collections.actions.losses import propose_losses
from duly.collections.actions.plans import NewPlan, make_plan
from duly.collections.actions.promises import NewPromise, make_promise
from duly.collections.actions.standing import refresh_board
from duly.collections.actions.statements import Wanted, send_statements
from duly.collections.queries.account import charges_of, contacts_of, instalments_of, plan, promise
from duly.collections.queries.board import card_of
from duly.collections.queries.forecast import expected_cash
from duly.collections.rules.plans import monthly
from duly.kernel.refusals import NeedsConfirmation, NotAllowed, Refused
from duly.ledger.actions.journals import accept_journal
from duly.payments.actions import apply_oldest_first, reverse
from tests.collections.scenario_collections import at_clock, customer, dun, left_out, letters, owe, rows, value
from tests.payments.scenario_money import balance, paid
from tests.scenario import Office

JAN1, JAN20, FEB5, FEB20 = date(2026, 1, 1), date(2026, 1, 20), date(2026, 2, 5), date(2026, 2, 20)


def settle(office: Office, account: int, minor: int, *, on: date) -> None:
    """Money comes in and pays the oldest."""
    with at_clock(noon(on)):
        paid(office, account, minor, on=on)
        apply_oldest_first([account], today=on, by=office.system)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)


def test_only_the_disputed_part_rests_in_the_letter_and_in_the_interest(office: Office) -> None:
    ann = customer(office)
    item = owe(office, ann, 10_000_00, on=JAN1, terms_days=10)
    open_dispute(
        NewDispute(item, 4_000_00, reason="two days were not worked", due_on=date(2026, 3, 31)),
        today=date(2026, 1, 11),
        by=office.specialist,
    )
    for day in (JAN20, FEB5):
        dun(office, day)

    run = dun(office, FEB20)

    [letter] = letters(office, run)
    assert letter.dunned_minor == 6_000_00
    assert [(out.reason, out.amount_minor) for out in left_out(office, run)] == [("disputed_part", 4_000_00)]
    # 6,000.00 * 10.27 / 36,500 * 40 days = 67.53
    assert {charge.kind: charge.amount_minor for charge in charges_of(office.entity_id, ann)} == {
        "interest": 67_53,
        "lump": 40_00,
    }
    assert run.certificate["adds_up"]


def test_a_dispute_that_was_ours_brings_its_interest_with_the_next_letter(office: Office) -> None:
    ann = customer(office)
    item = owe(office, ann, 10_000_00, on=JAN1, terms_days=10)
    wanted = NewDispute(item, 4_000_00, reason="not delivered", due_on=date(2026, 3, 31))
    dispute = open_dispute(wanted, today=date(2026, 1, 11), by=office.specialist)
    for day in (JAN20, FEB5, FEB20):
        dun(office, day)
    close_dispute(
        dispute, outcome="ours", note="the delivery note is signed", today=FEB20 + timedelta(1), by=office.specialist
    )
    rows(
        "update collections_policy_step set charges_interest = true where step = 4 and entity_id = %s returning 1",
        office.entity_id,
    )

    dun(office, date(2026, 3, 12))

    later = next(c.amount_minor for c in charges_of(office.entity_id, ann) if c.kind == "interest")
    # 20 days on 10,000.00, and the 40 days the disputed 4,000.00 rested: 10.27 / 36,500 * 360,000 = 101.29
    assert later == 101_29


def test_what_is_disputed_whole_is_left_out_until_somebody_decides(office: Office) -> None:
    ann = customer(office)
    item = owe(office, ann, 50_00, on=JAN1, terms_days=10)
    wanted = NewDispute(item, 50_00, reason="never ordered", due_on=date(2026, 2, 1))
    dispute = open_dispute(wanted, today=JAN20, by=office.specialist)

    with pytest.raises(Refused, match="more_than_open"):
        open_dispute(NewDispute(item, 1, reason="again", due_on=FEB5, line=2), today=JAN20, by=office.specialist)
    resting = dun(office, JAN20)
    close_dispute(dispute, outcome="withdrawn", note="found the order", today=FEB5, by=office.specialist)
    going_on = dun(office, FEB5)

    assert [(out.reason, out.until_on) for out in left_out(office, resting)] == [("disputed", date(2026, 2, 1))]
    assert going_on.letters == 1


def test_a_promise_holds_reminders_back_until_its_day_and_grace_and_is_broken_then(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 100_00, on=JAN1, terms_days=10)
    made = make_promise(NewPromise(ann, 100_00, date(2026, 1, 25), made_with="Ann"), today=JAN20, by=office.specialist)

    held, broken = dun(office, date(2026, 1, 28)), dun(office, date(2026, 1, 29))

    assert [out.reason for out in left_out(office, held)] == ["promise"]
    assert broken.letters == 1
    assert promise(office.entity_id, made).state == "broken"


def test_a_promise_is_kept_by_the_money_received_and_broken_again_when_the_bank_takes_it_back(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 100_00, on=JAN1, terms_days=10)
    made = make_promise(NewPromise(ann, 100_00, date(2026, 1, 25)), today=JAN20, by=office.specialist)
    with at_clock(noon(date(2026, 1, 24))):
        receipt = paid(office, ann, 100_00, on=date(2026, 1, 24))

    keep_books(date(2026, 1, 26), by=office.system)
    kept = promise(office.entity_id, made)
    reverse([receipt], reason="it bounced", today=date(2026, 1, 27), by=office.system)
    keep_books(date(2026, 1, 29), by=office.system)

    assert (kept.state, kept.received_minor, kept.settled_on) == ("kept", 100_00, date(2026, 1, 24))
    assert promise(office.entity_id, made).state == "broken"


def test_two_promises_are_not_both_kept_by_the_same_money(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 200_00, on=JAN1, terms_days=10)
    first = make_promise(NewPromise(ann, 100_00, date(2026, 1, 25)), today=JAN20, by=office.specialist)
    second = make_promise(NewPromise(ann, 100_00, date(2026, 1, 27)), today=JAN20, by=office.specialist)
    settle(office, ann, 100_00, on=date(2026, 1, 24))

    keep_books(date(2026, 2, 1), by=office.system)

    assert [promise(office.entity_id, each).state for each in (first, second)] == ["kept", "broken"]


def test_a_plan_reschedules_items_without_an_invoice_and_is_kept_by_its_payments(office: Office) -> None:
    ann = customer(office)
    items = [owe(office, ann, 100_00, on=JAN1, terms_days=10), owe(office, ann, 200_00, on=JAN1, terms_days=12)]
    before = value("select count(*) from receivables_item where entity_id = %s", office.entity_id)
    dated = monthly(300_00, 3, date(2026, 2, 1))
    made = make_plan(
        NewPlan(ann, items, [day for day, _ in dated], [minor for _, minor in dated]),
        today=JAN20,
        by=office.coordinator,
    )

    quiet = [dun(office, day).letters for day in (JAN20, date(2026, 2, 2))]
    for day in (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)):
        settle(office, ann, 100_00, on=day)
        quiet.append(dun(office, max(day + timedelta(days=3), date(2026, 2, 4))).letters)

    assert quiet == [0] * 5
    assert [part.state for part in instalments_of(office.entity_id, made, date(2026, 4, 5))] == ["paid"] * 3
    assert plan(office.entity_id, made).state == "kept"
    payments = 3
    assert value("select count(*) from receivables_item where entity_id = %s", office.entity_id) == before + payments


def test_a_plan_in_default_gives_its_items_back_with_their_own_due_days(office: Office) -> None:
    ann = customer(office)
    item = owe(office, ann, 300_00, on=JAN1, terms_days=10)
    dated = monthly(300_00, 3, date(2026, 2, 1))
    made = make_plan(
        NewPlan(ann, [item], [day for day, _ in dated], [minor for _, minor in dated]),
        today=JAN20,
        by=office.coordinator,
    )
    settle(office, ann, 99_99, on=date(2026, 2, 1))  # a cent short

    within_grace, after = dun(office, date(2026, 2, 6)), dun(office, date(2026, 2, 7))

    assert (within_grace.letters, after.letters) == (0, 1)
    assert plan(office.entity_id, made).ended_why == "the instalment of 2026-02-01 was not paid"


def test_a_plan_must_add_up_to_what_is_open(office: Office) -> None:
    ann = customer(office)
    item = owe(office, ann, 300_00, on=JAN1, terms_days=10)

    with pytest.raises(Refused, match="does_not_add_up"):
        make_plan(NewPlan(ann, [item], [FEB5], [299_99]), today=JAN20, by=office.coordinator)


def test_people_across_zones_get_their_mail_in_their_own_daytime_and_dst_does_not_shift_it(office: Office) -> None:
    for name, region in (("Nell", "NY"), ("Cal", "CA"), ("Hana", "HI")):
        owe(office, customer(office, name, kind="person", country="US", region=region), 50_00, on=JAN1, terms_days=30)
    summer = customer(office, "Nora", kind="person", country="US", region="NY")
    owe(office, summer, 50_00, on=date(2026, 2, 1), terms_days=30)

    with at_clock(datetime(2026, 3, 6, 6, 0, tzinfo=UTC)):  # Friday, 7:00 in Berlin, 1:00 in New York
        winter_run = dun(office, date(2026, 3, 6))
    with at_clock(datetime(2026, 3, 30, 6, 0, tzinfo=UTC)):
        summer_run = dun(office, date(2026, 3, 30))

    winter = {letter.name: letter.not_before for letter in letters(office, winter_run)}
    assert winter == {
        "Nell": datetime(2026, 3, 6, 13, 0, tzinfo=UTC),
        "Cal": datetime(2026, 3, 6, 16, 0, tzinfo=UTC),
        "Hana": None,  # 20:00 in Honolulu: still an hour to go
    }
    later = {letter.name: letter.not_before for letter in letters(office, summer_run)}
    assert later["Nora"] == datetime(2026, 3, 30, 12, 0, tzinfo=UTC)  # 8:00 in New York, summer time
    assert later["Nell"] == later["Nora"]
    assert later["Hana"] is None  # Honolulu has no summer time
    asked = "select count(*), count(*) filter (where not allowed) from collections_answer where entity_id = %s"
    assert rows(asked, office.entity_id) == [(7, 5)]


def test_whoever_asked_to_stop_is_left_out_and_the_way_back_is_noted(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 50_00, on=JAN1, terms_days=10)
    party = value("select party_id from receivables_account where id = %s", ann)

    place_stop(party, "cease", "wrote that we shall stop", by=office.coordinator)
    stopped = dun(office, JAN20)
    mailed = customer(office, "Bo")
    owe(office, mailed, 50_00, on=JAN1, terms_days=10)
    bo = value("select party_id from receivables_account where id = %s", mailed)
    record_consent(NewConsent(bo, "email", "revoked", source="link in the mail"), by=office.specialist)
    opted = dun(office, FEB5)

    assert [(out.reason, out.detail) for out in left_out(office, stopped)] == [
        ("stop", "cease: wrote that we shall stop")
    ]
    assert {(out.name, out.reason) for out in left_out(office, opted)} == {("Ann", "stop"), ("Bo", "gate_opted_out")}


def test_a_call_against_the_rules_is_kept_only_when_somebody_is_sure_it_took_place(office: Office) -> None:
    ann = customer(office, kind="person")
    owe(office, ann, 50_00, on=JAN1, terms_days=10)
    with at_clock(datetime(2026, 1, 20, 21, 30, tzinfo=UTC)):  # 22:30 in Berlin
        call = NewContact(ann, "call", "conversation", note="will pay on Friday")
        with pytest.raises(NeedsConfirmation):
            log_contact(call, by=office.specialist)
        log_contact(call, by=office.specialist, sure=True)

    [kept] = contacts_of(office.entity_id, ann)
    assert (kept.outcome, kept.allowed) == ("conversation", False)


def test_a_reply_that_says_stop_ends_the_channel(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 50_00, on=JAN1, terms_days=10)

    log_contact(
        NewContact(ann, "email", "received", note="STOP", direction="in", purpose="reply"), by=office.specialist
    )
    run = dun(office, JAN20)

    assert [out.reason for out in left_out(office, run)] == ["gate_opted_out"]


def test_an_agency_gets_what_is_overdue_and_recall_brings_it_back(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 50_00, on=JAN1, terms_days=10)
    agency = add_agency("Fair Collect", by=office.system)

    hand_over([ann], agency, reason="three letters, no answer", today=JAN20, by=office.coordinator)
    with_them = dun(office, JAN20)
    [handover] = [row[0] for row in rows("select id from collections_handover where account_id = %s", ann)]
    recall([handover], why="she called us", today=FEB5, by=office.coordinator)
    ours = dun(office, FEB5)

    assert [(out.reason, out.detail) for out in left_out(office, with_them)] == [("agency", "Fair Collect")]
    assert ours.letters == 1


def test_expected_losses_wait_for_a_second_person_and_are_proposed_only_once(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 1_000_00, on=date(2025, 6, 1), terms_days=10)
    as_of = date(2026, 1, 31)

    [first] = propose_losses(as_of, by=office.specialist)
    [again] = propose_losses(as_of, by=office.specialist)
    assert first.journal_id is not None
    with pytest.raises(NotAllowed):
        accept_journal(first.journal_id, by=office.specialist)
    accept_journal(first.journal_id, by=office.accountant)

    assert (first.required_minor, first.change_minor, again.change_minor) == (500_00, 500_00, 0)  # over 90 days: half
    assert (balance(office, "6950"), balance(office, "1290")) == (500_00, -500_00)


def test_statements_are_due_once_a_cycle(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 50_00, on=JAN1, terms_days=10)

    made = [
        send_statements(Wanted(day), today=day, by=office.system).queued
        for day in (JAN20, date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    ]

    assert made == [1, 0, 1, 0, 0, 1]
    kept = (
        "select from_on, to_on, opening_minor, closing_minor, past_due_minor from collections_statement"
        " where account_id = %s order by id"
    )
    assert rows(kept, ann)[:2] == [
        (JAN1, JAN20, 0, 50_00, 50_00),
        (date(2026, 1, 21), date(2026, 2, 1), 50_00, 50_00, 50_00),
    ]


def test_the_forecast_follows_how_the_payer_really_pays_with_the_promise_in_it(office: Office) -> None:
    late = customer(office, "Late")
    for month in (6, 7, 8, 9):
        owe(office, late, 100_00, on=date(2025, month, 1), terms_days=0)
        settle(office, late, 100_00, on=date(2025, month, 1) + timedelta(days=20))
    owe(office, late, 100_00, on=date(2026, 1, 12), terms_days=0)
    sure = customer(office, "Sure")
    owe(office, sure, 300_00, on=JAN1, terms_days=10)
    make_promise(NewPromise(sure, 200_00, date(2026, 2, 10)), today=JAN20, by=office.specialist)

    weeks = expected_cash(office.entity_id, JAN20, account_id=late)
    both = expected_cash(office.entity_id, JAN20)

    # due January 12 and always 20 days late: February 1 lies in the second week, and nothing is uncertain about it
    assert [(week.week_on, week.expected_minor, week.low90_minor) for week in weeks if week.expected_minor] == [
        (date(2026, 1, 27), 100_00, 100_00)
    ]
    assert [(week.week_on, week.promises_minor) for week in both if week.promises_minor] == [
        (date(2026, 2, 10), 100_00)  # one of two promises is thought to be kept while nothing is known
    ]


def test_the_board_shows_each_account_in_its_first_true_stage(office: Office) -> None:
    stages = {}
    plain, promised, disputed = (customer(office, name) for name in ("Plain", "Promised", "Disputed"))
    items = [owe(office, account, 50_00, on=JAN1, terms_days=10) for account in (plain, promised, disputed)]
    make_promise(NewPromise(promised, 50_00, FEB5), today=JAN20, by=office.specialist)
    open_dispute(NewDispute(items[2], 10_00, reason="price", due_on=FEB5), today=JAN20, by=office.specialist)

    refresh_board(JAN20, by=office.system)

    for account in (plain, promised, disputed):
        card = card_of(office.entity_id, account)
        assert card is not None
        stages[card.name] = (card.stage, card.next_on)
    assert stages == {"Plain": ("reminder", None), "Promised": ("promise", FEB5), "Disputed": ("dispute", FEB5)}
