"""The list of accounts: found by beginning, paged by key, true to the cent."""

from __future__ import annotations

from datetime import date

import pytest

from duly.events.actions import undo
from duly.kernel.actions import last_event_id
from duly.kernel.refusals import NotFound
from duly.receivables.actions.accounts import NewHold, change_account, hold_accounts
from duly.receivables.queries import AccountFilter, account, account_by_number, accounts_page, holds_of
from tests.receivables.scenario_receivables import account as open_account
from tests.receivables.scenario_receivables import invoice, pay
from tests.scenario import Office

TODAY = date(2026, 3, 1)


def names(office: Office, where: AccountFilter | None = None, *, sort: str = "name") -> list[str]:
    found, after = [], None
    while rows := accounts_page(office.entity_id, TODAY, where=where, sort=sort, after=after, limit=2):
        found += [row.name for row in rows]
        after = (rows[-1].sort_key, rows[-1].id)
    return found


def test_accounts_come_in_order_of_name_each_once_also_with_equal_names(office: Office) -> None:
    for name in ("Zoo", "ann", "Ann", "Ann", "Ärger", "bob"):
        open_account(office, name=name)

    assert names(office) == ["ann", "Ann", "Ann", "bob", "Zoo", "Ärger"]
    assert names(office, sort="number") == ["Zoo", "ann", "Ann", "Ann", "Ärger", "bob"]


def test_accounts_are_found_by_how_their_name_begins_and_signs_mean_themselves(office: Office) -> None:
    for name in ("100% Ltd", "100 Acres", "1000", "An_a", "Anna"):
        open_account(office, name=name)

    assert names(office, AccountFilter(begins="100")) == ["100 Acres", "100% Ltd", "1000"]
    assert names(office, AccountFilter(begins="100%")) == ["100% Ltd"]
    assert names(office, AccountFilter(begins="an_")) == ["An_a"]


def test_a_line_shows_what_is_owed_what_is_late_and_since_when(office: Office) -> None:
    ann = open_account(office, name="Ann")
    invoice(office, ann, 10_00, on=date(2026, 1, 1), terms=30)
    invoice(office, ann, 20_00, on=date(2026, 2, 1), terms=60)
    pay(office, ann, 5_00, on=TODAY)

    [row] = accounts_page(office.entity_id, TODAY)

    assert (row.balance_minor, row.past_due_minor, row.oldest_due_on, row.open_items) == (
        25_00,
        10_00,
        date(2026, 1, 31),
        3,
    )


def test_only_late_ones_are_shown_when_asked(office: Office) -> None:
    late, fine = open_account(office, name="Late"), open_account(office, name="Fine")
    invoice(office, late, 1, on=date(2026, 1, 1))
    invoice(office, fine, 1, on=TODAY)

    assert names(office, AccountFilter(past_due_only=True)) == ["Late"]


def test_only_held_ones_are_shown_when_asked(office: Office) -> None:
    open_account(office, name="Free")
    held = open_account(office, name="Held")
    hold = NewHold(held, scope="billing", reason="disputes price", deadline_on=date(2026, 3, 9))
    hold_accounts([hold], by=office.coordinator)

    assert names(office, AccountFilter(held_only=True)) == ["Held"]
    assert [hold.reason for hold in holds_of(office.entity_id, held)] == ["disputes price"]


def test_an_account_of_another_office_is_not_there(office: Office) -> None:
    from tests.scenario import open_office

    ann = account(office.entity_id, open_account(office))
    other = open_office()

    assert account_by_number(office.entity_id, ann.number) == ann
    with pytest.raises(NotFound):
        account(other.entity_id, ann.id)
    with pytest.raises(NotFound):
        account_by_number(other.entity_id, ann.number)
    assert accounts_page(other.entity_id, TODAY) == []


def test_an_account_may_lose_its_owner_and_get_it_back(office: Office) -> None:
    ann = open_account(office, name="Ann")
    owner = office.specialist.user_id
    change_account(ann, {"owner_id": owner}, version=1, by=office.specialist)

    change_account(ann, {"owner_id": None}, version=2, by=office.specialist)
    event_id = last_event_id()
    without = account(office.entity_id, ann).owner_id
    assert event_id is not None
    undo(event_id, by=office.specialist)

    assert without is None
    assert account(office.entity_id, ann).owner_id == owner


def test_other_changes_leave_the_owner_alone(office: Office) -> None:
    ann = open_account(office, name="Ann")
    change_account(ann, {"owner_id": office.specialist.user_id}, version=1, by=office.specialist)

    change_account(ann, {"terms_days": 14}, version=2, by=office.specialist)

    assert account(office.entity_id, ann).owner_id == office.specialist.user_id
