"""The people behind a party."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value, run_sql

HERE = "duly.parties"
STAGED = {
    "staged_contact": """
        party_id bigint not null,
        name text not null,
        email text not null default '',
        phone text not null default '',
        duty text not null default '',
        language text""",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to write to or to call."""

    id: int
    name: str
    email: str
    phone: str
    duty: str
    language: str | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with its party and the days it holds; `valid_to` is None while it does."""

    id: int
    party_id: int
    name: str
    email: str
    phone: str
    duty: str
    language: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NewContact:
    """What a person to write to or to call is made from; `language` None means the party's."""

    name: str
    email: str = ""
    phone: str = ""
    duty: str = ""
    language: str | None = None


WORDS = ("name", "email", "phone", "duty", "language")


@contextmanager
def contact_batch(entity_id: int, *, today: date, import_batch_id: int | None = None) -> Iterator[None]:
    """Open staged_contact; at the end its rows are contacts; one with the same name and party is replaced."""

    def take_in() -> None:
        run_sql(HERE, "contacts/1_end_former.sql", entity=entity_id, today=today)
        run_sql(HERE, "contacts/2_write.sql", entity=entity_id, today=today, batch=import_batch_id)

    with door(STAGED, take_in):
        yield


def contacts_of(entity_id: int, party_id: int) -> list[Contact]:
    """Return the party's contacts of today, by name."""
    return fetch_sql(HERE, "contacts/of_party.sql", Contact, entity=entity_id, party=party_id)


def contact(entity_id: int, contact_id: int) -> ContactRow:
    """Return one contact, ended or not; NotFound for another tenant's."""
    found = fetch_one(HERE, "contacts/one.sql", ContactRow, entity=entity_id, id=contact_id)
    if found is None:
        raise NotFound("parties.unknown_contact", contact=contact_id)
    return found


@action("parties.edit", name="parties.add_contact")
def add_contact(party_id: int, wanted: NewContact, *, today: date, by: Actor, account_id: int | None = None) -> int:
    """Enter a person of a party; returns the contact's id. `account_id` puts the act on that account's story."""
    _require_name(wanted.name)
    contact_id = _write(party_id, wanted, today, by)
    act().about("contact", contact_id, account_id=account_id)
    act().say(f"{wanted.name} is a contact", party=party_id)
    act().undo_with("parties.end_contact", contact_id=contact_id, account_id=account_id)
    return contact_id


@action("parties.edit", name="parties.change_contact")
def change_contact(
    contact_id: int, wanted: NewContact, *, today: date, by: Actor, account_id: int | None = None
) -> int:
    """Replace a contact: the former one ends and stays on record. Returns the new contact's id.

    Refused when somebody changed or ended it meanwhile.
    """
    _require_name(wanted.name)
    before = contact(by.entity_id, contact_id)
    _end(contact_id, today, by)
    new_id = _write(before.party_id, wanted, today, by)
    act().about("contact", new_id, account_id=account_id)
    changed = [name for name in WORDS if getattr(before, name) != getattr(wanted, name)]
    act().say(
        f"Contact {wanted.name}: {', '.join(changed) or 'nothing'} changed",
        before={name: getattr(before, name) for name in changed},
        after={name: getattr(wanted, name) for name in changed},
    )
    act().undo_with("parties.restore_contact", contact_id=contact_id, instead_of=new_id, account_id=account_id)
    return new_id


@action("parties.edit", name="parties.end_contact")
def end_contact(contact_id: int, *, today: date, by: Actor, account_id: int | None = None) -> None:
    """End a contact: nobody is written to or called there any more; it stays on record."""
    before = contact(by.entity_id, contact_id)
    _end(contact_id, today, by)
    act().about("contact", contact_id, account_id=account_id)
    act().say(f"{before.name} is no contact any more", party=before.party_id)
    act().undo_with("parties.restore_contact", contact_id=contact_id, account_id=account_id)


@action("parties.edit", name="parties.restore_contact")
def restore_contact(
    contact_id: int, *, today: date, by: Actor, instead_of: int | None = None, account_id: int | None = None
) -> None:
    """Bring an ended contact back, in the place of the one that replaced it where there is one."""
    if instead_of is not None:
        _end(instead_of, today, by)
    if not run_sql(HERE, "contacts/restore.sql", entity=by.entity_id, id=contact_id):
        raise Refused("parties.contact_changed_meanwhile", contact=contact_id)
    act().about("contact", contact_id, account_id=account_id)
    act().say(f"{contact(by.entity_id, contact_id).name} is a contact again")
    act().undo_with("parties.end_contact", contact_id=contact_id, account_id=account_id)


def _require_name(name: str) -> None:
    if not name.strip():
        raise BadInput("parties.contact_without_name", remedy="give the person's name")


def _end(contact_id: int, today: date, by_whom: Actor) -> None:
    if not run_sql(HERE, "contacts/end.sql", entity=by_whom.entity_id, id=contact_id, today=today):
        raise Refused("parties.contact_changed_meanwhile", contact=contact_id)


def _write(party_id: int, wanted: NewContact, today: date, by_whom: Actor) -> int:
    values = {name: getattr(wanted, name) for name in WORDS}
    made = fetch_value(HERE, "contacts/add.sql", entity=by_whom.entity_id, party=party_id, today=today, **values)
    if made is None:
        raise NotFound("parties.unknown", party=party_id)
    return int(made)
