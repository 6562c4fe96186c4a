"""Parties are entered many at once; a known number is the same party; changes never overwrite each other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from duly.kernel.refusals import NotFound, Refused
from duly.parties.actions import NewParty, change_party, create_parties
from duly.parties.contacts import contact_batch, contacts_of
from duly.parties.queries import party
from tests.scenario import Office, open_office


def test_parties_are_entered_in_order(office: Office) -> None:
    ids = create_parties([NewParty("Ann"), NewParty("Bob", kind="person")], by=office.specialist)

    assert [party(office.entity_id, one).name for one in ids] == ["Ann", "Bob"]


def test_a_known_number_is_the_same_party_brought_up_to_date(office: Office) -> None:
    [ann] = create_parties([NewParty("Ann", external_id="7")], by=office.specialist)

    [again] = create_parties([NewParty("Ann Ltd", external_id="7", city="Hamburg")], by=office.specialist)

    assert again == ann
    assert (party(office.entity_id, ann).name, party(office.entity_id, ann).version) == ("Ann Ltd", 2)


def test_a_stale_change_is_refused(office: Office) -> None:
    [ann] = create_parties([NewParty("Ann")], by=office.specialist)
    change_party(ann, {"city": "Berlin"}, version=1, by=office.specialist)

    with pytest.raises(Refused, match=r"parties\.changed_meanwhile"):
        change_party(ann, {"city": "Bonn"}, version=1, by=office.coordinator)

    assert party(office.entity_id, ann).city == "Berlin"


def test_a_field_that_is_not_the_person_s_to_change_is_refused(office: Office) -> None:
    [ann] = create_parties([NewParty("Ann")], by=office.specialist)

    with pytest.raises(Refused, match=r"parties\.field_unknown"):
        change_party(ann, {"external_id": "8"}, version=1, by=office.specialist)


def test_another_tenant_s_party_is_not_there(office: Office) -> None:
    [ann] = create_parties([NewParty("Ann")], by=office.specialist)

    with pytest.raises(NotFound):
        party(open_office().entity_id, ann)


def test_a_contact_that_comes_again_replaces_the_former_one(office: Office) -> None:
    [ann] = create_parties([NewParty("Ann Ltd")], by=office.specialist)
    for email in ("old@example.com", "new@example.com"):
        with contact_batch(office.entity_id, today=date(2026, 1, 31)), connection.cursor() as cursor:
            cursor.execute("insert into staged_contact (party_id, name, email) values (%s, 'Ana', %s)", [ann, email])

    assert [contact.email for contact in contacts_of(office.entity_id, ann)] == ["new@example.com"]
