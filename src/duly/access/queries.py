"""Finding entities, people and what they may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from duly.access.models import (
    Entity,
    Gate,
    GatePass,
    KnownPerson,
    Limit,
    Member,
    Overlap,
    PolicyNumber,
    Proposal,
    ReviewDue,
    ReviewedAct,
    RoleLimit,
    RoleRight,
    Standing,
    Waiver,
)
from duly.access.rules import POLICIES, conflicts_in, covers
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
            on,
            [standing for standing in standings if standing.user_id == person.user_id],
            [limit for limit in limits if limit.user_id == person.user_id],
        )
        for person in people
        if person.is_active
    ]


def _actor(home: Entity, person: Member, on: date, standings: list[Standing], limits: list[Limit]) -> Actor:
    """Conflicting rights without a waiver are only asked for: whoever lost the waiver keeps working."""
    held: dict[str, set[str]] = {"do": set(), "approve": set(), "propose": set()}
    for standing in standings:
        held["propose" if standing.gate_missing else standing.level].add(standing.right_name)
    if (conflicts := conflicts_in(held["do"])) and waiver_of(home.id, person.user_id, on) is None:
        both = {right for conflict in conflicts for right in (conflict.right, conflict.other)}
        held["do"], held["propose"] = held["do"] - both, held["propose"] | both
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


def held_rights(entity_id: int, user_id: int, on: date) -> set[str]:
    """Return what a person's roles let them do alone on a day, gates and waivers aside."""
    rows = fetch_sql(HERE, "standings.sql", Standing, entity=entity_id, user=user_id, day=on)
    return {row.right_name for row in rows if row.level == "do"}


def overlaps(entity_id: int, on: date) -> list[Overlap]:
    """Return who holds conflicting rights on a day, and under which waiver: the detective report."""
    return [
        Overlap(person.user_id, person.name, conflict.right, conflict.other, conflict.why, waiver)
        for person in members(entity_id)
        if (found := conflicts_in(held_rights(entity_id, person.user_id, on)))
        for waiver in [waiver_of(entity_id, person.user_id, on)]
        for conflict in found
    ]


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


def decided_before(entity_id: int, user_id: int) -> dict[str, int]:
    """Return how often what a person asked for was accepted, refused and withdrawn."""
    found: dict[str, int] = fetch_value(HERE, "proposal/history.sql", entity=entity_id, user=user_id)
    return found


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


def waivers(entity_id: int) -> list[Waiver]:
    """Return every waiver of small-office mode, the newest first."""
    return fetch_sql(HERE, "waiver/list.sql", Waiver, entity=entity_id)


def reviews_due(entity_id: int, on: date) -> list[ReviewDue]:
    """Return the weeks of small-office mode that are over and that nobody has looked through."""
    return fetch_sql(HERE, "waiver/reviews_due.sql", ReviewDue, entity=entity_id, day=on)


def acts_under_waiver(entity_id: int, user_id: int, week_on: date, zone: str) -> list[ReviewedAct]:
    """Return what a person did in a week: what the review of small-office mode looks through."""
    return fetch_sql(HERE, "waiver/acts.sql", ReviewedAct, entity=entity_id, user=user_id, week=week_on, zone=zone)


def gates(entity_id: int, on: date) -> list[Gate]:
    """Return the gates with the rights that need them on a day."""
    return fetch_sql(HERE, "gate/list.sql", Gate, entity=entity_id, day=on)


def gate_passes(entity_id: int, on: date) -> list[GatePass]:
    """Return who has a current pass of which gate on a day."""
    return fetch_sql(HERE, "gate/passes.sql", GatePass, entity=entity_id, day=on)


def policies(entity_id: int, on: date) -> list[PolicyNumber]:
    """Return the policy numbers in force on a day, as set or as shipped."""
    return [
        PolicyNumber(name, words, policy(entity_id, name, on), shipped) for name, (shipped, words) in POLICIES.items()
    ]


def remit_to(entity_id: int) -> dict[str, str]:
    """Return where customers are asked to pay (iban, bic, bank_name); empty before it was said."""
    return dict(fetch_value(HERE, "remit_to/now.sql", entity=entity_id) or {})
