"""People and their roles: who works here, in which roles, and who is switched off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from duly.access.queries import held_rights, known_person, waiver_of
from duly.access.rules import ROLES, carries_money, conflicts_in
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.access"


def create_user(email: str, name: str, *, password: str | None = None, language: str = "en") -> int:
    """Create a person (or find the one with this address); without a password only links sign in."""
    if password is not None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise BadInput("access.password_weak", remedy=" ".join(error.messages)) from error
    return int(
        fetch_value(
            HERE,
            "create_user.sql",
            email=email.strip(),
            name=name,
            password=make_password(password),
            language=language,
            at=clock.now(),
        )
    )


@action("access.grant")
def grant_role(user_id: int, role: str, *, is_trainee: bool = False, by: Actor) -> None:
    """Give a person a role in the actor's entity; nobody grants to themselves.

    Who grants vouches that the person has been trained in what the role's rights need, unless it is a trainee: a
    trainee only proposes what needs a gate, until the gate is passed. A role that moves money is the owner's to give,
    and rights that conflict in one hand are refused, unless a waiver of small-office mode allows them.
    """
    if role not in ROLES:
        raise BadInput("access.role_unknown", role=role, roles=", ".join(ROLES))
    if user_id == by.user_id:
        raise NotAllowed("access.never_to_oneself", role=role)
    if carries_money(role):
        by.require("access.grant_money")
    run_sql(HERE, "grant_role.sql", entity=by.entity_id, user=user_id, role=role, at=clock.now(), by=by.user_id)
    if not is_trainee:
        run_sql(
            HERE,
            "gate/vouch.sql",
            entity=by.entity_id,
            user=user_id,
            role=role,
            today=clock.today_in(by.zone),
            note=f"vouched for with the role {role}",
            by=by.user_id,
            by_name=by.name,
        )
    require_no_conflict(by.entity_id, [user_id], clock.today_in(by.zone))
    act().about("user", user_id)
    act().benefits(user_id)
    act().say(f"Role {role} granted" + (" to a trainee" if is_trainee else ""), role=role)
    act().undo_with("access.revoke", user_id=user_id, role=role)


def require_no_conflict(entity_id: int, user_ids: Iterable[int], on: date) -> None:
    """Refuse when any of these people would hold conflicting rights on a day without a waiver."""
    for user_id in user_ids:
        found = conflicts_in(held_rights(entity_id, user_id, on))
        if found and waiver_of(entity_id, user_id, on) is None:
            first = found[0]
            raise Refused(
                "access.rights_conflict",
                user=user_id,
                first=first.right,
                second=first.other,
                why=first.why,
                remedy="take the other role back first, or let the owner sign a waiver of small-office mode",
            )


@action("access.grant", name="access.revoke")
def revoke_role(user_id: int, role: str, *, by: Actor) -> None:
    """Take a role from a person."""
    if user_id == by.user_id:
        raise NotAllowed("access.never_to_oneself", role=role)
    if not run_sql(HERE, "revoke_role.sql", entity=by.entity_id, user=user_id, role=role):
        raise Refused("access.role_not_held", user=user_id, role=role)
    act().about("user", user_id)
    act().say(f"Role {role} taken back", role=role)


@action("access.grant", name="access.invite")
def invite_person(
    email: str, name: str, role: str, *, by: Actor, language: str = "en", is_trainee: bool = False
) -> int:
    """Let a person work in the actor's entity in a role; who is known by that address keeps name and password.

    Refused for somebody switched off: whoever did that switches them on again first.
    """
    if "@" not in email or not name.strip():
        raise BadInput("access.person_unclear", remedy="give a name and an e-mail address")
    known = known_person(by.entity_id, email)
    if known is not None and not known.is_active:
        raise Refused("access.person_switched_off", email=email)
    user_id = create_user(email, name.strip(), language=language)
    grant_role(user_id, role, is_trainee=is_trainee, by=by)
    act().say(f"{name.strip()} invited as {role}", email=email, role=role)
    return user_id


@action("access.grant", name="access.switch")
def switch_person(user_id: int, is_active: bool, *, by: Actor) -> None:
    """Switch a person of the entity off (their sessions end at once) or on again; nobody switches themselves.

    Refused for who works in another entity too: there only roles are taken back.
    """
    if user_id == by.user_id:
        raise NotAllowed("access.never_to_oneself", user=user_id)
    if not run_sql(HERE, "switch_person.sql", entity=by.entity_id, user=user_id, active=is_active):
        raise Refused("access.person_not_switched", user=user_id)
    act().about("user", user_id)
    act().say("Person switched on" if is_active else "Person switched off")
    act().undo_with("access.switch", user_id=user_id, is_active=not is_active)
