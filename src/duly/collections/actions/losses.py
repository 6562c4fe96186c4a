"""Expected losses: aging times rates, proposed as a journal that waits for a second person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duly.collections.queries.losses import booked_allowance, loss_rates
from duly.collections.rules.losses import required
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.ledger.actions.journals import post_journal
from duly.ledger.rules import JournalLine
from duly.receivables.queries import aging_totals

HERE = "duly.collections"
ALLOWANCE, EXPENSE = "1290", "6950"


@dataclass(frozen=True, slots=True)
class LossProposal:
    """What the ages call for, what is booked, and the journal that would make up the difference. Minor units."""

    currency: str
    required_minor: int
    booked_minor: int
    change_minor: int
    journal_id: int | None


@action("baddebt.propose", name="losses.propose")
def propose_losses(as_of: date, *, by: Actor) -> list[LossProposal]:
    """Compare the allowance that aging and rates call for with the one in the books, currency by currency, and leave a
    journal for the difference waiting for a second person. Items with an agency or disputed are aged like all others.
    """
    rates = loss_rates(by.entity_id, as_of)
    made: list[LossProposal] = []
    for aging in aging_totals(by.entity_id, as_of):
        wanted = required(aging.buckets, rates)
        booked_minor = booked_allowance(by.entity_id, aging.currency, as_of, ALLOWANCE)
        change_minor = wanted.total_minor - booked_minor
        journal_id = None
        if change_minor:
            lines = [
                JournalLine(EXPENSE, aging.currency, change_minor, "expected losses"),
                JournalLine(ALLOWANCE, aging.currency, -change_minor, "expected losses"),
            ]
            memo = f"Allowance for doubtful accounts as of {as_of}"
            journal_id = post_journal(lines, effective_on=as_of, memo=memo, waits=True, by=by).id
        run_sql(
            HERE,
            "loss/write.sql",
            entity=by.entity_id,
            as_of=as_of,
            currency=aging.currency,
            required=wanted.total_minor,
            booked=booked_minor,
            change=change_minor,
            evidence=json.dumps(wanted.rows, default=str),
            journal=journal_id,
            by=by.name,
            at=clock.now(),
        )
        made.append(LossProposal(aging.currency, wanted.total_minor, booked_minor, change_minor, journal_id))
    act().about("journal", made[0].journal_id if made else None)
    told = ", ".join(str(Money(each.change_minor, each.currency)) for each in made if each.change_minor)
    act().say(f"Expected losses as of {as_of}: {told or 'nothing to change'}")
    return made


@action("policies.edit", name="losses.set_rate")
def set_loss_rate(bucket: str, rate: Decimal, *, valid_from: date, by: Actor) -> None:
    """Let an age be expected to lose another share (0 to 1) from a day on."""
    if not 0 <= rate <= 1:
        raise Refused("losses.rate_out_of_range", rate=rate)
    known = fetch_value(HERE, "loss/known_bucket.sql", entity=by.entity_id, bucket=bucket)
    if not known:
        raise Refused("losses.age_unknown", age=bucket)
    run_sql(HERE, "loss/set_rate.sql", entity=by.entity_id, bucket=bucket, rate=rate, valid_from=valid_from)
    act().say(f"Expected loss of {bucket.replace('_', ' ')}: {rate:.2%} from {valid_from}")
