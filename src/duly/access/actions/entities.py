"""Making entities, with the roles, rights, limits and gates they start with, and what they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duly.access.rules import GATES, ROLE_LIMITS_MAJOR, ROLES, levels_of
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import to_minor
from duly.kernel.refusals import BadInput
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.access"


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
    held = [(role, right, level) for role in ROLES for right, level in levels_of(role).items()]
    run_sql(
        HERE,
        "create_rights.sql",
        entity=entity_id,
        roles=[role for role, _, _ in held],
        rights=[right for _, right, _ in held],
        levels=[level for _, _, level in held],
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
    gates = [(gate, covers, right) for gate, (covers, rights) in GATES.items() for right in sorted(rights)]
    run_sql(
        HERE,
        "create_gates.sql",
        entity=entity_id,
        gates=[gate for gate, _, _ in gates],
        covers=[covers for _, covers, _ in gates],
        rights=[right for _, _, right in gates],
        day=valid_from,
    )
    return entity_id


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
