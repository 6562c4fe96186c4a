"""What an hour of people costs, and which bank accounts are theirs."""

from __future__ import annotations

from datetime import date

from duly.access.queries import members
from duly.kernel import crypto
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.reports"
SHORTEST = 6


@action("policies.edit", name="reports.set_cost_rate")
def set_cost_rate(hour: Money, *, user_id: int | None = None, valid_from: date, by: Actor) -> int:
    """Set what an hour of a person (or of everybody without a rate) costs from a day on; returns the row's id."""
    if hour.minor < 0:
        raise BadInput("reports.rate_below_zero")
    _member(by.entity_id, user_id)
    made = int(
        fetch_value(
            HERE,
            "costs/write_rate.sql",
            entity=by.entity_id,
            user=user_id,
            currency=hour.currency,
            hour_minor=hour.minor,
            valid_from=valid_from,
            by=by.name,
        )
    )
    act().about("cost_rate", made)
    act().say(f"An hour costs {hour} from {valid_from} on", user_id=user_id, hour_minor=hour.minor)
    return made


@action("settings.edit", name="reports.note_staff_account", proposable=False)
def note_staff_account(user_id: int, number: str, *, today: date, by: Actor) -> int:
    """Note a bank account of a colleague, as a keyed hash, so that a refund to it is seen; returns the row's id."""
    bare = "".join(number.split()).upper()
    if len(bare) < SHORTEST:
        raise BadInput("reports.account_too_short")
    _member(by.entity_id, user_id)
    made = fetch_value(
        HERE,
        "costs/write_account.sql",
        entity=by.entity_id,
        user=user_id,
        hash=crypto.blind_index(bare),
        last4=bare[-4:],
        today=today,
        by=by.name,
    )
    if made is None:
        raise Refused("reports.account_noted_already", user=user_id)
    act().about("staff_account", int(made))
    act().say(f"A bank account of a colleague is noted, ending in {bare[-4:]}", user_id=user_id)
    act().undo_with("reports.forget_staff_account", account_id=int(made))
    return int(made)


@action("settings.edit", name="reports.forget_staff_account")
def forget_staff_account(account_id: int, *, by: Actor) -> None:
    """Forget a colleague's bank account."""
    if not run_sql(HERE, "costs/forget_account.sql", entity=by.entity_id, id=account_id):
        raise NotFound("reports.account_unknown", account=account_id)
    act().about("staff_account", account_id)
    act().say("A colleague's bank account is forgotten")


def _member(entity_id: int, user_id: int | None) -> None:
    if user_id is not None and user_id not in {member.user_id for member in members(entity_id)}:
        raise NotFound("reports.person_unknown", user=user_id)
