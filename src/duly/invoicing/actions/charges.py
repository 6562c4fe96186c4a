"""Charges entered by hand: adding, editing and removing drafts until a document takes them over."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.actions.replan import lock_plans, replan
from duly.invoicing.models import Draft
from duly.invoicing.rules import net_of
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import format_minor
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, run_sql

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCharge:
    """A charge to be entered: of a catalog item, or free with its own words, tax code and revenue account.

    `unit_price` is in major units; left None it is the day's list price. `net_minor` overrides both.
    `currency` and `po_number` default to the account's; `charge_key` makes entering twice the same as once.
    A period is half-open: `period_to` is the first day that is no longer in it.
    """

    account_id: int
    bill_on: date
    item_code: str = ""
    description: str = ""
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    net_minor: int | None = None
    currency: str = ""
    unit: str = ""
    period_from: date | None = None
    period_to: date | None = None
    tax_point_on: date | None = None
    tax_code: str = ""
    revenue_account: str = ""
    po_number: str = ""
    charge_key: str = ""
    import_batch_id: int | None = None


@dataclass(frozen=True, slots=True)
class BadCharge:
    """The first entered charge that cannot be understood, and why."""

    place: int
    problem: str
    account_id: int
    item_code: str


@dataclass(frozen=True, slots=True)
class ChargeRef:
    """A draft and its account."""

    id: int
    account_id: int


@action("charges.edit", name="charges.add")
def add_charges(charges: Sequence[NewCharge], *, by: Actor, source_kind: str = "manual") -> list[int]:
    """Enter charges as drafts; returns their ids in order. Refuses the whole batch at the first unclear one.

    A charge whose key is drafted already changes that draft; one whose key is billed already is refused.
    """
    rows = [charge_row(charge, source_kind) for charge in charges]
    text = json.dumps(rows, default=str)
    for bad in fetch_sql(HERE, "charge/find_bad.sql", BadCharge, entity=by.entity_id, rows=text):
        raise Refused(f"charge.{bad.problem}", place=bad.place, account=bad.account_id, item=bad.item_code)
    plans = lock_plans(by.entity_id, sorted({charge.account_id for charge in charges}))
    with charge_batch():
        run_sql(HERE, "charge/stage_entered.sql", entity=by.entity_id, rows=text)
    keys = [row["charge_key"] for row in rows]
    found = fetch_sql(HERE, "charge/ids_of_keys.sql", ChargeRef, entity=by.entity_id, keys=keys)
    if len(found) != len(rows):
        raise Refused("charge.billed_already", entered=len(rows), drafted=len(found))
    replan(by.entity_id, plans)
    ids = [row.id for row in found]
    accounts = {row.account_id for row in found}
    act().about("charge", ids[0] if len(ids) == 1 else None, account_id=accounts.pop() if len(accounts) == 1 else None)
    act().say(f"{len(ids)} charge{'s' if len(ids) > 1 else ''} entered", charges=ids[:100])
    act().undo_with("charges.remove", charge_ids=ids, note="entered by mistake")
    return ids


def charge_row(charge: NewCharge, source_kind: str) -> dict[str, Any]:
    row = {name: getattr(charge, name) for name in NewCharge.__dataclass_fields__}
    row["charge_key"] = charge.charge_key or f"{source_kind}:{uuid.uuid4().hex}"
    row["source_kind"] = source_kind
    return row


def draft(entity_id: int, charge_id: int, *, lock: bool = False) -> Draft:
    """Return a draft charge; NotFound when it is none (any more)."""
    path = "charge/lock_draft.sql" if lock else "charge/draft.sql"
    found = fetch_one(HERE, path, Draft, entity=entity_id, id=charge_id)
    if found is None:
        raise NotFound("charge.unknown", charge=charge_id)
    return found


@action("charges.edit")
def edit_charge(charge_id: int, *, by: Actor, note: str = "", **changes: Any) -> None:
    """Change a draft; `changes` names fields of EDITABLE.

    The net follows quantity x price unless it is given. What the agreement says is kept beside it, and the
    draft is not overwritten by the next collection.
    """
    unknown = set(changes) - {*EDITABLE}
    if unknown:
        raise Refused("charge.cannot_edit", fields=sorted(unknown))
    plans = lock_plans(by.entity_id, [draft(by.entity_id, charge_id).account_id])
    was = draft(by.entity_id, charge_id, lock=True)
    values = {name: changes.get(name, getattr(was, name)) for name in EDITABLE}
    if "net_minor" not in changes and {"quantity", "unit_price"} & set(changes):
        if values["unit_price"] is None:
            raise Refused("charge.price_missing", charge=charge_id)
        values["net_minor"] = net_of(Decimal(values["quantity"]), Decimal(values["unit_price"]), was.currency)
    run_sql(HERE, "charge/edit.sql", entity=by.entity_id, id=charge_id, edited_by=by.name, note=note, **values)
    replan(by.entity_id, plans)
    before = {name: getattr(was, name) for name in changes}
    act().about("charge", charge_id, account_id=was.account_id)
    act().say(
        f"{was.description}: {format_minor(was.net_minor, was.currency)} becomes "
        f"{format_minor(values['net_minor'], was.currency)} {was.currency}",
        before={**before, "net_minor": was.net_minor},
        after=changes,
        note=note,
    )
    undone = {name: None if value is None else str(value) for name, value in before.items()}
    act().undo_with("charges.edit", charge_id=charge_id, note="undone", **undone | {"net_minor": was.net_minor})


EDITABLE = (
    "quantity",
    "unit_price",
    "net_minor",
    "description",
    "bill_on",
    "po_number",
    "period_from",
    "period_to",
)


@action("charges.edit", name="charges.remove")
def remove_charges(charge_ids: Sequence[int], *, note: str, by: Actor) -> int:
    """Take drafts out of billing, with a reason; dismissed they stay, so as not to be collected again."""
    return switch_drafts(charge_ids, by, dismissed_by=by.name, note=note)


@action("charges.edit", name="charges.restore")
def restore_charges(charge_ids: Sequence[int], *, by: Actor, note: str = "") -> int:
    """Bring dismissed drafts back into billing."""
    return switch_drafts(charge_ids, by, dismissed_by=None, note=note)


def switch_drafts(charge_ids: Sequence[int], actor: Actor, *, dismissed_by: str | None, note: str) -> int:
    """Dismiss or restore drafts; refused when one of them is billed or in that state already."""
    ids = sorted(set(charge_ids))
    accounts = fetch_sql(HERE, "charge/refs.sql", ChargeRef, entity=actor.entity_id, ids=ids)
    plans = lock_plans(actor.entity_id, sorted({row.account_id for row in accounts}))
    moved = run_sql(HERE, "charge/switch.sql", entity=actor.entity_id, ids=ids, dismissed_by=dismissed_by, note=note)
    if moved != len(ids):
        raise Refused("charge.not_a_draft", asked=len(ids), found=moved)
    replan(actor.entity_id, plans)
    one = accounts[0].account_id if len({row.account_id for row in accounts}) == 1 else None
    act().about("charge", ids[0] if len(ids) == 1 else None, account_id=one)
    word = "removed" if dismissed_by else "restored"
    act().say(f"{moved} draft charge{'s' if moved > 1 else ''} {word}", charges=ids[:100], note=note)
    act().undo_with("charges.restore" if dismissed_by else "charges.remove", charge_ids=ids, note="undone")
    return moved
