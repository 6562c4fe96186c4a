"""The people of a customer on the screen: entered, changed, ended, each taken back by Undo."""

from __future__ import annotations

from duly.kernel.clock import today_in
from duly.parties.contacts import NewContact, add_contact, contacts_of
from duly.receivables.queries import account as account_of
from tests.desk.scenario_desk import client_of
from tests.desk.test_accounts import follow, page, undo
from tests.scenario import Office, account, open_office

TODAY = today_in("Europe/Berlin")


def people(office: Office, party_id: int) -> list[tuple[str, str]]:
    return [(row.name, row.phone) for row in contacts_of(office.entity_id, party_id)]


def test_a_person_is_entered_and_taken_back(office: Office) -> None:
    ann = account_of(office.entity_id, account(office))
    client = client_of(office.specialist)
    form = {"name": "Eva Roth", "email": "eva@example.com", "phone": "030 1", "duty": "payables", "language": "de"}

    shown = follow(client, f"/accounts/{ann.number}/contacts/new", form)

    assert people(office, ann.party_id) == [("Eva Roth", "030 1")]
    assert "Eva Roth is a contact" in page(client, f"/accounts/{ann.number}")
    undo(client, shown)
    assert people(office, ann.party_id) == []


def test_a_changed_contact_keeps_what_it_was_on_record_and_undo_brings_it_back(office: Office) -> None:
    ann = account_of(office.entity_id, account(office))
    eva = add_contact(ann.party_id, NewContact("Eva Roth", phone="030 1"), today=TODAY, by=office.specialist)
    client = client_of(office.specialist)

    shown = follow(client, f"/accounts/{ann.number}/contacts/{eva}", {"name": "Eva Roth", "phone": "030 2"})
    late = client.post(f"/accounts/{ann.number}/contacts/{eva}", {"name": "Eva Roth", "phone": "030 3"})

    assert people(office, ann.party_id) == [("Eva Roth", "030 2")]
    assert late.status_code == 404
    assert "phone changed" in page(client, f"/accounts/{ann.number}")
    undo(client, shown)
    assert people(office, ann.party_id) == [("Eva Roth", "030 1")]


def test_an_ended_contact_is_gone_until_undo(office: Office) -> None:
    ann = account_of(office.entity_id, account(office))
    eva = add_contact(ann.party_id, NewContact("Eva Roth"), today=TODAY, by=office.specialist)
    client = client_of(office.specialist)

    shown = follow(client, f"/accounts/{ann.number}/contacts/{eva}/end")

    assert people(office, ann.party_id) == []
    undo(client, shown)
    assert people(office, ann.party_id) == [("Eva Roth", "")]


def test_a_contact_needs_a_name_and_who_may_not_edit_sees_no_door(office: Office) -> None:
    ann = account_of(office.entity_id, account(office))
    add_contact(ann.party_id, NewContact("Eva Roth"), today=TODAY, by=office.specialist)

    nameless = client_of(office.specialist).post(f"/accounts/{ann.number}/contacts/new", {"name": " "})
    seen = page(client_of(office.auditor), f"/accounts/{ann.number}?tab=contacts")

    assert nameless.status_code == 422
    assert "Eva Roth" in seen
    assert "/contacts/" not in seen


def test_a_contact_of_another_customer_or_office_is_unknown(office: Office) -> None:
    ann = account_of(office.entity_id, account(office))
    bob = account_of(office.entity_id, account(office, name="Bob"))
    eva = add_contact(ann.party_id, NewContact("Eva Roth"), today=TODAY, by=office.specialist)
    other = open_office()

    assert client_of(office.specialist).get(f"/accounts/{bob.number}/contacts/{eva}").status_code == 404
    assert client_of(other.specialist).post(f"/accounts/{ann.number}/contacts/{eva}/end").status_code == 404
