"""What customers may or usually do take off: the data by which the causes of differences are tested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.matching.models import ALLOWANCE_KINDS
from duly.matching.queries.cases import allowances

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class NewAllowance:
    """A practice from a day on: a discount (`rate` within `days` and `grace_days`), a withholding tax (`rate`), or a
    bank fee (`amount_minor`). Without an account it holds for all.
    """

    kind: str
    valid_from: date
    account_id: int | None = None
    rate: Decimal = Decimal(0)
    days: int = 0
    grace_days: int = 0
    amount_minor: int = 0
    currency: str | None = None
    note: str = ""


@action("matching.rules", name="discrepancies.allow")
def allow(wanted: NewAllowance, *, by: Actor) -> int:
    """Write down what may be taken off; cases are explained by it from now on. Returns its id."""
    if wanted.kind not in ALLOWANCE_KINDS:
        raise BadInput("discrepancies.allowance_unknown", kind=wanted.kind)
    if wanted.kind == "bank_fee" and (wanted.amount_minor <= 0 or wanted.currency is None):
        raise BadInput("discrepancies.allowance_needs_an_amount")
    if wanted.kind != "bank_fee" and not 0 < wanted.rate < 1:
        raise BadInput("discrepancies.allowance_needs_a_rate")
    made = int(
        fetch_value(
            HERE,
            "allowances/write.sql",
            entity=by.entity_id,
            kind=wanted.kind,
            account=wanted.account_id,
            rate=wanted.rate,
            days=wanted.days,
            grace_days=wanted.grace_days,
            amount_minor=wanted.amount_minor,
            currency=wanted.currency,
            note=wanted.note.strip(),
            valid_from=wanted.valid_from,
            by=by.name,
        )
    )
    run_sql(HERE, "allowances/think_again.sql", entity=by.entity_id, account=wanted.account_id)
    act().about("allowance", made, account_id=wanted.account_id)
    act().say(f"May be taken off from {wanted.valid_from} on: {ALLOWANCE_KINDS[wanted.kind].lower()}", rate=wanted.rate)
    act().undo_with("discrepancies.disallow", allowance_id=made, valid_to=wanted.valid_from.isoformat())
    return made


@action("matching.rules", name="discrepancies.disallow")
def disallow(allowance_id: int, *, valid_to: date | str, by: Actor) -> None:
    """End a practice; what was decided by it stays. `valid_to` is the first day it no longer holds."""
    day = date.fromisoformat(valid_to) if isinstance(valid_to, str) else valid_to
    ended = run_sql(HERE, "allowances/end.sql", entity=by.entity_id, id=allowance_id, valid_to=day)
    if not ended and allowance_id not in {one.id for one in allowances(by.entity_id)}:
        raise NotFound("discrepancies.allowance_not_there", allowance=allowance_id)
    if not ended:
        raise Refused("discrepancies.allowance_ended_already", allowance=allowance_id)
    run_sql(HERE, "allowances/think_again.sql", entity=by.entity_id, account=None)
    act().about("allowance", allowance_id)
    act().say(f"May not be taken off from {day} on")
