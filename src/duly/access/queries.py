"""Finding entities, people and what they may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from duly.access.models import Entity, KnownPerson, Limit, Member, Proposal, RoleLimit, RoleRight, Standing
from duly.access.rules import POLICIES, covers
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


def members(entity_id: int) -> list[Member]:
    """Return the people of an entity with their roles, those who are switched off too."""
    return fetch_sql(HERE, "members.sql", Member, entity=entity_id, user=None)


def entities_of(user_id: int) -> list[Entity]:
    """Return the entities a person works in."""
    return fetch_sql(HERE, "entities_of.sql", Entity, user=user_id)


def actor_of(user_id: int, entity_id: int) -> Actor:
    """Build the actor of a person in an entity from today's rights and limits; NotAllowed for a stranger."""
    home = entity(entity_id)
    found = _actors(home, user_id, clock.today_in(home.zone))
    if not found:
        raise NotAllowed("access.not_a_member", entity=entity_id)
    return found[0]


def actors(entity_id: int, on: date) -> list[Actor]:
    """Return everybody who works in an entity and is not switched off, with rights and limits on a day."""
    return _actors(entity(entity_id), None, on)


def _actors(home: Entity, user_id: int | None, on: date) -> list[Actor]:
    where = {"entity": home.id, "user": user_id, "day": on}
    people = fetch_sql(HERE, "members.sql", Member, entity=home.id, user=user_id)
    standings, limits = (
        fetch_sql(HERE, "standings.sql", Standing, **where),
        fetch_sql(HERE, "limits.sql", Limit, **where),
    )
    return [
        _actor(
            home,
            person,
            [standing for standing in standings if standing.user_id == person.user_id],
            [limit for limit in limits if limit.user_id == person.user_id],
        )
        for person in people
        if person.is_active
    ]


def _actor(home: Entity, person: Member, standings: list[Standing], limits: list[Limit]) -> Actor:
    held: dict[str, set[str]] = {"do": set(), "approve": set(), "propose": set()}
    for standing in standings:
        held["propose" if standing.gate_missing else standing.level].add(standing.right_name)
    return Actor(
        home.id,
        person.user_id,
        person.name,
        frozenset(held["do"]),
        {(limit.right_name, limit.currency): limit.limit_minor for limit in limits},
        tuple(person.roles),
        home.zone,
        person.language,
        frozenset(held["propose"]),
        frozenset(held["approve"]),
        {x.right_name: x.gate_missing for x in standings if x.gate_missing and x.level != "propose"},
    )


def who_can(entity_id: int, right: str, on: date) -> list[str]:
    """Return the names of people who do or decide what a right allows on a day: what a refusal tells."""
    return [person.name for person in actors(entity_id, on) if person.may_decide(right)]


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


def proposal(entity_id: int, proposal_id: int) -> Proposal:
    """Return one proposal."""
    found = fetch_one(HERE, "proposal/read.sql", Proposal, entity=entity_id, id=proposal_id)
    if found is None:
        raise NotFound("proposal.unknown", proposal=proposal_id)
    return found


def proposals(
    entity_id: int, *, state: str | None = "waiting", before: int | None = None, limit: int = 200
) -> list[Proposal]:
    """Return proposals: those that wait by deadline, else newest first; `before` pages the latter by id."""
    return fetch_sql(HERE, "proposal/list.sql", Proposal, entity=entity_id, state=state, before=before, limit=limit)


def who_can_decide(entity_id: int, needs: Mapping[str, Any], apart_from: Collection[int | None]) -> list[str]:
    """Return the names of those who may decide something today; never its maker or beneficiary."""
    home = entity(entity_id)
    return [
        person.name
        for person in actors(entity_id, clock.today_in(home.zone))
        if person.user_id not in apart_from and covers(person, needs)
    ]


def policy(entity_id: int, name: str, on: date) -> Any:
    """Return the number of a policy on a day, as set or as shipped."""
    found = fetch_value(HERE, "policy/on_day.sql", entity=entity_id, name=name, day=on)
    return POLICIES[name][0] if found is None else found


def waiver_of(entity_id: int, user_id: int | None, on: date) -> int | None:
    """Return the waiver under which a person may hold what two should on a day; None without one."""
    found: int | None = fetch_value(HERE, "waiver/of.sql", entity=entity_id, user=user_id, day=on)
    return found
