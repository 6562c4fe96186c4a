"""Making entities, people and their roles; signing in."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from duly.access.models import User
from duly.access.queries import known_person
from duly.access.rules import ROLE_LIMITS_MAJOR, ROLE_RIGHTS, ROLES
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import to_minor
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.access"
ATTEMPTS_ALLOWED = 10
ATTEMPTS_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NewEntity:
    """What a new entity is made from; the address has street, postal_code, city, region, country."""

    code: str
    name: str
    legal_name: str
    country: str
    currency: str
    zone: str = "UTC"
    language: str = "en"
    address: Mapping[str, str] = field(default_factory=dict)
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    is_demo: bool = False


def create_entity(wanted: NewEntity, *, valid_from: date) -> int:
    """Create an entity with the shipped roles, rights and limits, from a day on; returns its id.

    Not an action: nobody has rights in an entity that does not exist yet; `duly init` and the demo call it.
    """
    values = {name: getattr(wanted, name) for name in NewEntity.__dataclass_fields__ if name != "address"}
    entity_id = int(
        fetch_value(HERE, "create_entity.sql", **values, address=json.dumps(dict(wanted.address)), at=clock.now())
    )
    run_sql(HERE, "create_roles.sql", entity=entity_id, roles=list(ROLES))
    pairs = [(role, right) for role, rights in ROLE_RIGHTS.items() for right in sorted(rights)]
    run_sql(
        HERE,
        "create_rights.sql",
        entity=entity_id,
        roles=[role for role, _ in pairs],
        rights=[right for _, right in pairs],
        day=valid_from,
    )
    limits = [
        (role, right, to_minor(major, wanted.currency))
        for role, rights in ROLE_LIMITS_MAJOR.items()
        for right, major in rights.items()
    ]
    run_sql(
        HERE,
        "create_limits.sql",
        entity=entity_id,
        currency=wanted.currency,
        roles=[role for role, _, _ in limits],
        rights=[right for _, right, _ in limits],
        limits=[minor for _, _, minor in limits],
        day=valid_from,
    )
    return entity_id


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
def grant_role(user_id: int, role: str, *, by: Actor) -> None:
    """Give a person a role in the actor's entity; nobody grants to themselves."""
    if role not in ROLES:
        raise BadInput("access.role_unknown", role=role, roles=", ".join(ROLES))
    if user_id == by.user_id:
        raise NotAllowed("access.never_to_oneself", role=role)
    run_sql(HERE, "grant_role.sql", entity=by.entity_id, user=user_id, role=role, at=clock.now(), by=by.user_id)
    act().about("user", user_id)
    act().say(f"Role {role} granted", role=role)
    act().undo_with("access.revoke", user_id=user_id, role=role)


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
def invite_person(email: str, name: str, role: str, *, by: Actor, language: str = "en") -> int:
    """Let a person work in the actor's entity in a role; who is known by that address keeps name and password.

    Refused for somebody switched off: whoever did that switches them on again first.
    """
    if "@" not in email or not name.strip():
        raise BadInput("access.person_unclear", remedy="give a name and an e-mail address")
    known = known_person(by.entity_id, email)
    if known is not None and not known.is_active:
        raise Refused("access.person_switched_off", email=email)
    user_id = create_user(email, name.strip(), language=language)
    grant_role(user_id, role, by=by)
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


ENTITY_WORDS = ("name", "legal_name", "vat_id", "tax_number", "register", "email", "phone", "website", "address")


@action("settings.edit", name="settings.change_entity")
def change_entity(changes: Mapping[str, Any], *, by: Actor) -> None:
    """Change what the entity says of itself (`address` is a mapping); documents already issued keep theirs."""
    unknown = set(changes) - set(ENTITY_WORDS)
    if unknown:
        raise BadInput("access.entity_field_unknown", fields=", ".join(sorted(unknown)))
    before = fetch_value(HERE, "entity_as_json.sql", entity=by.entity_id)
    values: dict[str, Any] = {name: changes.get(name) for name in ENTITY_WORDS}
    values["address"] = json.dumps(dict(changes["address"])) if "address" in changes else None
    run_sql(HERE, "change_entity.sql", entity=by.entity_id, **values)
    old = {name: before[name] for name in changes}
    act().about("entity", by.entity_id)
    act().say(f"Changed {', '.join(sorted(changes)).replace('_', ' ')}", before=old, after=dict(changes))
    act().undo_with("settings.change_entity", changes=old)


@action("banking.edit", name="settings.set_remit_to")
def set_remit_to(bank: Mapping[str, str], *, by: Actor) -> bool:
    """Say where customers are asked to pay (iban, bic, bank_name), if that was not said yet; whether it was set.

    What stands there is never overwritten by this: a change of our own bank details is a matter for two people.
    """
    set_now = run_sql(HERE, "set_remit_to.sql", entity=by.entity_id, bank=json.dumps(dict(bank)))
    if set_now:
        act().about("entity", by.entity_id)
        act().say(f"Customers are asked to pay to {bank.get('iban', '')}", bank=dict(bank))
    return bool(set_now)


@dataclass(frozen=True, slots=True)
class NewLimit:
    """The largest amount (minor units; None lifts the limit) a role may move with a right, from a day on."""

    role: str
    right: str
    currency: str
    limit_minor: int | None
    from_on: date


@action("access.grant", name="access.set_limit")
def set_limit(wanted: NewLimit, *, by: Actor) -> None:
    """Set a role's limit for a right from a day on; nobody widens a role they hold themselves."""
    if wanted.role not in ROLES:
        raise BadInput("access.role_unknown", role=wanted.role, roles=", ".join(ROLES))
    if wanted.limit_minor is not None and wanted.limit_minor < 0:
        raise BadInput("access.limit_below_zero", remedy="give an amount of zero or more")
    if wanted.role in by.roles:
        raise NotAllowed("access.never_to_oneself", role=wanted.role)
    which = {
        "entity": by.entity_id,
        "role": wanted.role,
        "right": wanted.right,
        "currency": wanted.currency,
    }
    before = fetch_value(HERE, "limit/on_day.sql", day=wanted.from_on, **which)
    run_sql(HERE, "limit/1_end.sql", from_on=wanted.from_on, **which)
    if wanted.limit_minor is not None:
        run_sql(HERE, "limit/2_begin.sql", from_on=wanted.from_on, limit=wanted.limit_minor, **which)
    act().say(
        f"Limit of {wanted.role} for {wanted.right} from {wanted.from_on}",
        role=wanted.role,
        right=wanted.right,
        currency=wanted.currency,
        before=before,
        after=wanted.limit_minor,
    )


def set_password(user_id: int, password: str, *, name: str = "", email: str = "") -> None:
    """Set a person's own password; refused when it is weak (too short, too common, like the name or address)."""
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as error:
        raise BadInput("access.password_weak", remedy=" ".join(error.messages)) from error
    run_sql(HERE, "set_password.sql", user=user_id, password=make_password(password))


def make_sign_in_link(user_id: int, entity_id: int, *, days: int = 1, uses: int = 1) -> str:
    """Return a secret token that signs a person in `uses` times within `days`; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    run_sql(
        HERE,
        "create_link.sql",
        user=user_id,
        entity=entity_id,
        hash=_hash(token),
        at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
        uses=uses,
    )
    return token


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whom a link signs in, and where."""

    user_id: int
    entity_id: int


def spend_sign_in_link(token: str) -> SignIn:
    """Use a link once; refused when it is unknown, used up or too old (the answer does not say which)."""
    found = fetch_sql(HERE, "use_link.sql", SignIn, hash=_hash(token), at=clock.now())
    if not found:
        raise Refused("access.link_not_valid")
    return found[0]


def check_attempts(email: str, address: str) -> None:
    """Refuse further attempts after ten failures in a quarter of an hour (ASVS 6.3.1)."""
    failures = fetch_value(
        HERE, "recent_failures.sql", email=email, address=address, since=clock.now() - ATTEMPTS_WINDOW
    )
    if failures >= ATTEMPTS_ALLOWED:
        raise Refused("access.too_many_attempts", minutes=15)


def note_attempt(email: str, address: str, *, succeeded: bool) -> None:
    """Record a sign-in attempt."""
    run_sql(HERE, "note_attempt.sql", email=email, address=address, at=clock.now(), succeeded=succeeded)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
