"""A small language for tests: say what is there, in the words of the office."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from duly.access.actions import NewEntity, create_entity, create_user, grant_role
from duly.access.queries import actor_of
from duly.catalog.setup import make_tax
from duly.collections.setup import make_collections
from duly.kernel.actor import Actor, system_actor
from duly.ledger.setup import make_chart, make_periods

_counter = itertools.count(1)
BOOKS_OPEN = date(2024, 1, 1)
BOOKS_END = date(2028, 12, 31)


@dataclass(frozen=True)
class Office:
    """An entity and one person a role."""

    entity_id: int
    specialist: Actor
    coordinator: Actor
    accountant: Actor
    owner: Actor
    admin: Actor
    auditor: Actor
    system: Actor


def open_office(*, currency: str = "EUR", country: str = "DE", zone: str = "Europe/Berlin") -> Office:
    """Open an office with the shipped chart, monthly periods 2024 to 2028, taxes, three items and six people."""
    place = next(_counter)
    wanted = NewEntity(
        f"office{place}",
        f"Office {place}",
        f"Office {place} GmbH",
        country,
        currency,
        zone=zone,
        address={"street": "Hauptstr. 1", "postal_code": "10115", "city": "Berlin", "country": country},
        vat_id="DE123456789",
        email="billing@example.com",
    )
    entity_id = create_entity(wanted, valid_from=BOOKS_OPEN)
    make_chart(entity_id)
    make_periods(entity_id, BOOKS_OPEN, BOOKS_END)
    make_tax(entity_id)
    make_collections(entity_id, country=country, currency=currency)
    items(entity_id)
    system = system_actor(entity_id, zone=zone)
    people = {}
    for role in ("specialist", "coordinator", "accountant", "owner", "admin", "auditor"):
        user_id = create_user(f"{role}{place}@example.com", role.title())
        grant_role(user_id, role, by=system)
        people[role] = actor_of(user_id, entity_id)
    return Office(entity_id, system=system, **people)


def items(entity_id: int) -> None:
    """Put SEAT, SUPPORT and USAGE into the catalog."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "insert into catalog_item (entity_id, code, name, unit, tax_class, revenue_account) values"
            " (%s, 'SEAT', 'Seat', 'seat', 'standard', '4000'),"
            " (%s, 'SUPPORT', 'Support', 'month', 'standard', '4000'),"
            " (%s, 'USAGE', 'Usage', 'call', 'standard', '4100')",
            [entity_id] * 3,
        )


def account(
    office: Office,
    *,
    name: str = "Ann",
    currency: str = "EUR",
    terms_days: int = 30,
    tax_profile: str = "domestic",
    delivery: str = "email",
    email: str = "ann@example.com",
    language: str = "en",
    street: str = "Main St 1",
    opened_on: date = BOOKS_OPEN,
    po_number: str = "",
) -> int:
    """Open an account for a new customer; returns the account's id."""
    from duly.parties.actions import NewParty, create_parties
    from duly.receivables.actions.accounts import NewAccount, open_accounts

    party = NewParty(
        name=name, email=email, street=street, postal_code="10115", city="Berlin", country="DE", language=language
    )
    [party_id] = create_parties([party], by=office.specialist)
    wanted = NewAccount(
        party_id=party_id,
        name=name,
        currency=currency,
        terms_days=terms_days,
        tax_profile=tax_profile,
        delivery=delivery,
        billing_email=email,
        language=language,
        opened_on=opened_on,
        po_number=po_number,
    )
    return open_accounts([wanted], by=office.specialist)[0]
