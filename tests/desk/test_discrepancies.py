"""The discrepancies desk: what is found is shown with its calculation and journal, picked with one key, undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duly.matching.queries.cases import Sought, case, cases
from duly.receivables.queries import items_of_account
from tests.desk.scenario_billing import HARBOR, REDWOOD, MonthEnd, follow, message, month_end, page, refused, undo
from tests.desk.scenario_desk import busy, client_of
from tests.matching.scenario_cases import accept_short
from tests.scenario import Office


@pytest.fixture
def here(office: Office) -> MonthEnd:
    """Redwood has paid 5.00 less than its invoice, and says so: "less fee"."""
    made = month_end(busy(office))
    accept_short(office, made.busy.today, REDWOOD)
    return made


def only_case(here: MonthEnd) -> int:
    [found] = cases(here.entity_id, Sought())
    return found.id


def test_a_short_payment_shows_its_causes_with_calculation_and_journal(here: MonthEnd) -> None:
    client = client_of(here.busy.office.coordinator)

    shown = page(client, "/discrepancies")

    assert "Redwood Analytics" in shown
    assert "Bank fee taken on the way" in shown
    assert "5.00 EUR is what banks usually take of a transfer" in shown
    assert "6100 Bank charges" in shown


def test_picking_settles_the_case_and_undo_opens_it_again(here: MonthEnd) -> None:
    client = client_of(here.busy.office.coordinator)
    found = case(here.entity_id, only_case(here))

    shown = follow(client, f"/discrepancies/{found.id}/pick", {"cause": "bank_fee", "version": found.version})

    assert message(shown).startswith("€5.00 of Redwood Analytics: settled.")
    assert "Everything fits together" in shown
    assert "Bank fee taken on the way" in page(client, "/discrepancies?show=done")

    shown = undo(client, shown)

    assert case(here.entity_id, found.id).state == "open"
    assert "Redwood Analytics" in shown


def test_a_case_seen_before_it_moved_is_not_settled(here: MonthEnd) -> None:
    client = client_of(here.busy.office.coordinator)
    found = case(here.entity_id, only_case(here))

    said = refused(client, f"/discrepancies/{found.id}/pick", {"cause": "bank_fee", "version": found.version + 7})

    assert "look at it again" in said
    assert case(here.entity_id, found.id).state == "open"


def test_a_cause_that_is_not_found_any_more_is_not_picked(here: MonthEnd) -> None:
    client = client_of(here.busy.office.coordinator)

    said = refused(client, f"/discrepancies/{only_case(here)}/pick", {"cause": "withholding", "version": 1})

    assert "not found any more" in said


def test_asking_puts_it_off_and_it_waits_for_the_customer(here: MonthEnd) -> None:
    client = client_of(here.busy.office.specialist)
    found = case(here.entity_id, only_case(here))
    back = here.busy.today + timedelta(days=3)

    follow(
        client,
        f"/discrepancies/{found.id}/ask",
        {"version": found.version, "note": "Why 5.00 less?", "back_on": back.isoformat()},
    )

    waits = case(here.entity_id, found.id)
    assert (waits.state, waits.waiting_on, waits.due_on, waits.note) == ("open", "customer", back, "Why 5.00 less?")
    assert "Waits on the customer" in page(client, f"/discrepancies/{found.id}")


def test_deciding_otherwise_credits_the_invoice(here: MonthEnd) -> None:
    client = client_of(here.busy.office.coordinator)
    found = case(here.entity_id, only_case(here))
    assert "Decide otherwise" in page(client, f"/discrepancies/{found.id}/otherwise")

    follow(
        client,
        f"/discrepancies/{found.id}/otherwise",
        {"version": found.version, "cause": "goodwill", "resolution": "credit", "note": "A good customer"},
    )

    assert case(here.entity_id, found.id).cause == "goodwill"
    assert found.account_id is not None
    assert [item for item in items_of_account(here.entity_id, found.account_id) if item.id == found.item_id] == []


def test_a_form_that_lacks_something_says_what(here: MonthEnd) -> None:
    client = client_of(here.busy.office.coordinator)
    found = case(here.entity_id, only_case(here))

    said = refused(client, f"/discrepancies/{found.id}/otherwise", {"version": found.version, "note": "kept"})

    assert "Choose one" in said
    assert "kept" in said


def test_cases_are_handed_over(here: MonthEnd) -> None:
    office = here.busy.office
    found = only_case(here)

    follow(
        client_of(office.coordinator), "/discrepancies/hand-over", {"pick": found, "owner": office.specialist.user_id}
    )

    assert case(here.entity_id, found).owner_id == office.specialist.user_id


def test_another_office_finds_nothing_of_it(here: MonthEnd) -> None:
    from tests.scenario import open_office

    stranger = client_of(open_office().coordinator)
    found = only_case(here)

    page(stranger, f"/discrepancies/{found}", 404)
    assert stranger.post(f"/discrepancies/{found}/pick", {"cause": "bank_fee", "version": 1}).status_code == 404


def test_the_list_is_filtered_and_exported(here: MonthEnd) -> None:
    client = client_of(here.busy.office.auditor)

    assert "Redwood Analytics" in page(client, "/discrepancies?q=redwood")
    assert "Nothing fits these filters" in page(client, "/discrepancies?q=nobody")
    answer = client.get("/discrepancies?as=csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Redwood Analytics" in text
    assert "5.00" in text
    assert HARBOR not in text


def test_what_may_be_taken_off_needs_a_second_person(here: MonthEnd) -> None:
    client = client_of(here.busy.office.accountant)
    today = here.busy.today

    shown = follow(
        client,
        "/discrepancies/allowances",
        {"kind": "discount", "rate": "2", "days": "14", "grace_days": "3", "valid_from": today.isoformat()},
    )

    assert message(shown).startswith("Sent for approval to")
    assert "Nothing is written down" in page(client, "/discrepancies/allowances")
    said = refused(client, "/discrepancies/allowances", {"kind": "discount", "rate": "", "valid_from": "x"})
    assert "Not saved yet" in said


def test_looking_again_finds_what_the_bank_held_before_its_first_statement(here: MonthEnd) -> None:
    # The first statement opens with 10,000.00 that the books do not hold.
    client = client_of(here.busy.office.coordinator)

    assert "1 new" in message(follow(client, "/discrepancies/look"))

    [bank] = [each for each in cases(here.entity_id, Sought()) if each.kind == "ledger_bank"]
    assert (bank.amount_minor, bank.favours) == (10_000_00, "us")
    assert "Bank and ledger" in page(client, f"/discrepancies/{bank.id}")
