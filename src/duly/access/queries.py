"""Finding entities, people and what they may do."""

from __future__ import annotations

from datetime import date

from duly.access.models import Entity, KnownPerson, Limit, Member, RoleLimit, RoleRight
from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed, NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value

HERE = "duly.access"


def entities() -> list[Entity]:
    """Return all entities of this installation, oldest first; none where nothing was set up yet."""
    if not fetch_value(HERE, "schema_exists.sql"):
        return []
    return fetch_sql(HERE, "entities.sql", Entity, entity=None)


def entity(entity_id: int) -> Entity:
    """Return one entity."""
    found = fetch_sql(HERE, "entities.sql", Entity, entity=entity_id)
    if not found:
        raise NotFound("access.entity_unknown", entity=entity_id)
    return found[0]


def members(entity_id: int, on: date) -> list[Member]:
    """Return the people of an entity with their roles and rights on a day."""
    return fetch_sql(HERE, "members.sql", Member, entity=entity_id, user=None, day=on)


def entities_of(user_id: int) -> list[Entity]:
    """Return the entities a person works in."""
    return fetch_sql(HERE, "entities_of.sql", Entity, user=user_id)


def actor_of(user_id: int, entity_id: int) -> Actor:
    """Build the actor of a person in an entity from today's rights and limits; NotAllowed for a stranger."""
    home = entity(entity_id)
    today = clock.today_in(home.zone)
    found = fetch_one(HERE, "members.sql", Member, entity=entity_id, user=user_id, day=today)
    if found is None or not found.is_active:
        raise NotAllowed("access.not_a_member", entity=entity_id)
    limits = fetch_sql(HERE, "limits.sql", Limit, entity=entity_id, user=user_id, day=today)
    return Actor(
        entity_id,
        user_id,
        found.name,
        frozenset(found.rights),
        {(limit.right_name, limit.currency): limit.limit_minor for limit in limits},
        tuple(found.roles),
        home.zone,
        found.language,
    )


def who_can(entity_id: int, right: str, on: date) -> list[str]:
    """Return the names of people who hold a right on a day: what a refusal tells."""
    return [member.name for member in members(entity_id, on) if right in member.rights]


def user_id_by_email(email: str) -> int | None:
    """Return the id of the person with this address (case does not matter)."""
    found: int | None = fetch_value(HERE, "user_by_email.sql", email=email)
    return found


def role_rights(entity_id: int, on: date) -> list[RoleRight]:
    """Return which role holds which right on a day."""
    return fetch_sql(HERE, "role_rights.sql", RoleRight, entity=entity_id, day=on)


def role_limits(entity_id: int, on: date) -> list[RoleLimit]:
    """Return the limits of roles that hold on a day, and those that will."""
    return fetch_sql(HERE, "all_limits.sql", RoleLimit, entity=entity_id, day=on)


def known_person(entity_id: int, email: str) -> KnownPerson | None:
    """Return what is known of the person with this address, None for a stranger."""
    return fetch_one(HERE, "known_person.sql", KnownPerson, entity=entity_id, email=email.strip())
