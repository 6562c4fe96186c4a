"""Opening an office: an entity with chart, periods, taxes, its bank account and its first people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from duly.access.actions import NewEntity, create_entity, create_user, grant_role, make_sign_in_link
from duly.catalog.setup import make_tax
from duly.collections.setup import make_collections
from duly.kernel.actor import system_actor
from duly.ledger.setup import make_chart, make_periods

YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who will work in the office."""

    name: str
    email: str
    role: str


def open_office(
    wanted: NewEntity, people: list[Person], *, books_from: date, books_to: date | None = None
) -> tuple[int, dict[str, int]]:
    """Create the entity ready for work; returns its id and the user id by role. All or nothing."""
    last_on = books_to or date(books_from.year + YEARS_AHEAD, 12, 31)
    with transaction.atomic():
        entity_id = create_entity(wanted, valid_from=books_from)
        make_chart(entity_id)
        make_periods(entity_id, books_from, last_on)
        make_tax(entity_id)
        make_collections(entity_id, country=wanted.country, currency=wanted.currency)
        system = system_actor(entity_id, zone=wanted.zone)
        users = {}
        for person in people:
            users[person.role] = create_user(person.email, person.name, language=wanted.language)
            grant_role(users[person.role], person.role, by=system)
    return entity_id, users


def sign_in_address(base: str, user_id: int, entity_id: int, *, days: int = 1, uses: int = 1) -> str:
    """Return an address that signs the person in."""
    return f"{base}/sign-in/{make_sign_in_link(user_id, entity_id, days=days, uses=uses)}"
