"""What the demo's customers have too much with us: some is asked back, one wants it elsewhere; cents are let go."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from duly.access.queries import actor_of
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql
from duly.parties.actions.bank_changes import NewDetails, request_bank_change
from duly.payments.actions.refunds import RefundWish, request_refund
from duly.receivables.actions.writeoffs import write_off_small

HERE = "duly.site"
NEW_IBAN = "DE44500105175407324931"


@dataclass(frozen=True, slots=True)
class Refundable:
    """An account with unapplied money that came from a bank account we know."""

    account_id: int
    party_id: int
    detail_id: int
    item_id: int
    free_minor: int


def give_back(today: date, dice: random.Random, by: Actor, specialist_id: int) -> None:
    """Ask for two refunds, and for new bank details of a third customer: what a coordinator finds in the morning."""
    found = fetch_sql(HERE, "demo/refundable.sql", Refundable, entity=by.entity_id)
    chosen = dice.sample(found, k=min(3, len(found)))
    specialist = actor_of(specialist_id, by.entity_id)
    for one in chosen[:2]:
        wish = RefundWish(one.account_id, one.free_minor, one.detail_id, "Paid twice, wants it back", (one.item_id,))
        request_refund(wish, today=today, by=specialist)
    for one in chosen[2:]:
        wanted = NewDetails(one.party_id, NEW_IBAN, "They changed banks", "letter")
        request_bank_change(wanted, today=today, by=specialist)


def let_cents_go(today: date, currency: str, by: Actor) -> None:
    """Write off what the rule calls small."""
    write_off_small(currency=currency, today=today, by=by)
