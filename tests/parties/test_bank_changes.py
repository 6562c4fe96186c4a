"""A customer's bank account changes only by call-back, second person and cooling days; the old one stays meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from duly.events.actions import undo
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.parties.actions.bank_changes import (
    NewDetails,
    bring_into_force,
    call_back,
    confirm_bank_change,
    refuse_bank_change,
    request_bank_change,
)
from duly.parties.queries import bank_account_in_clear, bank_change, bank_changes, bank_details_of, older_contacts
from duly.parties.rules import account_number
from tests.parties.scenario_bank_change import NEW_IBAN, asked, contact, in_force, party_of
from tests.payments.scenario_money import one, rows
from tests.scenario import Office, account, open_office

FRIDAY = date(2026, 3, 6)


@pytest.fixture
def party_id(office: Office) -> int:
    return party_of(office, account(office))


def notices(office: Office) -> list[tuple[str, str]]:
    return rows(
        "select split_part(dedup_key, ':', 3), payload ->> 'to' from events_outbox where entity_id = %s"
        " and topic = 'notice.bank_details' order by id",
        office.entity_id,
    )


def test_a_change_takes_a_call_a_second_person_and_five_working_days(office: Office, party_id: int) -> None:
    whom = contact(office, party_id)
    change = asked(office, party_id, on=FRIDAY)
    call_back(change, whom, said_yes=True, note="spoke to Paula", today=FRIDAY, by=office.coordinator)

    until = confirm_bank_change(change, today=FRIDAY, by=office.accountant)

    assert until == date(2026, 3, 13)
    assert bring_into_force(today=date(2026, 3, 12), by=office.system) == 0
    assert bank_details_of(office.entity_id, party_id) == []
    assert bring_into_force(today=until, by=office.system) == 1
    assert bring_into_force(today=until, by=office.system) == 0
    [detail] = bank_details_of(office.entity_id, party_id)
    assert (detail.last4, detail.in_force_from) == (NEW_IBAN[-4:], until)
    assert bank_account_in_clear(office.entity_id, detail.id).iban == NEW_IBAN
    shown = bank_change(office.entity_id, change)
    assert (shown.state, shown.requested_by_name, shown.called_by_name, shown.confirmed_by_name) == (
        *("in_force", "Specialist", "Coordinator", "Accountant"),
    )


def test_the_old_bank_account_stays_in_force_until_the_new_one_is(office: Office, party_id: int) -> None:
    old = in_force(office, party_id, asked_on=date(2026, 2, 2), on=date(2026, 2, 9))
    change = asked(office, party_id, on=FRIDAY, account="021000021 123456789")
    [whom, *_] = older_contacts(office.entity_id, change)
    call_back(change, whom.id, said_yes=True, note="yes", today=FRIDAY, by=office.coordinator)
    confirm_bank_change(change, today=FRIDAY, by=office.accountant)

    in_force_now = [one.id for one in bank_details_of(office.entity_id, party_id) if one.in_force_from]

    assert in_force_now == [old]
    bring_into_force(today=date(2026, 3, 13), by=office.system)
    [new] = [one for one in bank_details_of(office.entity_id, party_id) if one.in_force_from]
    assert (new.last4, bank_account_in_clear(office.entity_id, new.id).routing) == ("6789", "021000021")


def test_the_customer_hears_of_every_step_at_the_addresses_we_had(office: Office, party_id: int) -> None:
    whom = contact(office, party_id)
    contact(office, party_id, name="Mallory", since=FRIDAY)
    change = asked(office, party_id, on=FRIDAY)
    call_back(change, whom, said_yes=True, note="yes", today=FRIDAY, by=office.coordinator)
    confirm_bank_change(change, today=FRIDAY, by=office.accountant)

    told = notices(office)

    assert told == [
        ("requested", "ann@example.com"),
        ("requested", "paula@example.com"),
        ("confirmed", "ann@example.com"),
        ("confirmed", "paula@example.com"),
    ]
    assert NEW_IBAN not in str(rows("select payload from events_outbox where entity_id = %s", office.entity_id))


def test_only_somebody_known_before_the_request_is_called(office: Office, party_id: int) -> None:
    fresh = contact(office, party_id, name="Mallory", since=FRIDAY)
    change = asked(office, party_id, on=FRIDAY)

    assert older_contacts(office.entity_id, change) == []
    with pytest.raises(Refused, match=r"bank_change\.contact_is_not_older"):
        call_back(change, fresh, said_yes=True, note="yes", today=FRIDAY, by=office.coordinator)
    with pytest.raises(Refused, match=r"bank_change\.contact_is_not_older"):
        call_back(change, 10**9, said_yes=True, note="yes", today=FRIDAY, by=office.coordinator)
    with pytest.raises(Refused, match=r"bank_change\.cannot_become_confirmed"):
        confirm_bank_change(change, today=FRIDAY, by=office.accountant)


def test_who_asks_neither_calls_nor_confirms(office: Office, party_id: int) -> None:
    from dataclasses import replace

    whom = contact(office, party_id)
    both = replace(office.specialist, rights=office.specialist.rights | {"bank_details.confirm"})
    change = asked(office, party_id, on=FRIDAY)
    with pytest.raises(NotAllowed, match=r"bank_change\.caller_is_requester"):
        call_back(change, whom, said_yes=True, note="yes", today=FRIDAY, by=both)
    call_back(change, whom, said_yes=True, note="yes", today=FRIDAY, by=office.coordinator)

    with pytest.raises(NotAllowed, match=r"bank_change\.confirmer_is_requester"):
        confirm_bank_change(change, today=FRIDAY, by=both)
    with pytest.raises(NotAllowed, match=r"bank_change\.confirmer_is_requester"):
        confirm_bank_change(change, today=FRIDAY, by=office.system)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update parties_bank_change set state = 'confirmed', confirmed_by = requested_by, confirmed_on = %s,"
            " cooling_until_on = %s where id = %s",
            [FRIDAY, date(2026, 3, 20), change],
        )


def test_a_customer_who_knows_nothing_of_it_ends_the_change(office: Office, party_id: int) -> None:
    whom = contact(office, party_id)
    change = asked(office, party_id, on=FRIDAY)

    state = call_back(change, whom, said_yes=False, note="never asked for it", today=FRIDAY, by=office.coordinator)

    assert state == "refused"
    assert bank_changes(office.entity_id, states=["requested", "called_back", "confirmed"]) == []
    assert asked(office, party_id, on=FRIDAY) > change


def test_a_confirmed_change_can_be_stopped_until_it_is_in_force(office: Office, party_id: int) -> None:
    whom = contact(office, party_id)
    change = asked(office, party_id, on=FRIDAY)
    call_back(change, whom, said_yes=True, note="yes", today=FRIDAY, by=office.coordinator)
    confirm_bank_change(change, today=FRIDAY, by=office.accountant)
    event = one("select max(id) from events_event where entity_id = %s", office.entity_id)

    undo(event, today=FRIDAY, by=office.accountant)

    assert bank_change(office.entity_id, change).state == "refused"
    assert bring_into_force(today=date(2026, 4, 1), by=office.system) == 0
    with pytest.raises(Refused, match=r"bank_change\.cannot_become_refused"):
        refuse_bank_change(change, reason="again", by=office.coordinator)


def test_one_change_at_a_time(office: Office, party_id: int) -> None:
    asked(office, party_id, on=FRIDAY)

    with pytest.raises(Refused, match=r"bank_change\.another_is_on_its_way"):
        asked(office, party_id, on=FRIDAY)


@pytest.mark.parametrize("text", ["DE00500105175407324931", "12345", "021000020 1", "", "US64SVBKUS6S3300958879"])
def test_an_account_that_does_not_prove_itself_is_refused(office: Office, party_id: int, text: str) -> None:
    assert account_number(text) is None
    with pytest.raises(BadInput, match=r"bank_change\.account_unclear"):
        request_bank_change(NewDetails(party_id, text, "x", "mail"), today=FRIDAY, by=office.specialist)


def test_an_office_never_sees_anothers_changes(office: Office, party_id: int) -> None:
    change = asked(office, party_id, on=FRIDAY)

    with pytest.raises(NotFound):
        confirm_bank_change(change, today=FRIDAY, by=open_office().accountant)
