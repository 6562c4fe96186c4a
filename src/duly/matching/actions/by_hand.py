"""What a person decides about a line: whose money it is and which documents it settles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.banking.actions import Part
from duly.banking.actions import place as place_lines
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.matching.actions.accept import HERE, Accepted, Id, settle


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a line: `amount_minor` (its own sign) to an account, or to a ledger account such as 6100.

    `items` are (open item, amount) pairs the share settles; what they leave stays unapplied on the account.
    """

    amount_minor: int
    account_id: int | None = None
    items: tuple[tuple[int, int], ...] = ()
    gl_code: str | None = None
    memo: str = ""


@action("matching.match", name="matching.put_on_account")
def put_on_account(line_id: int, account_id: int, *, line_version: int, today: date, by: Actor) -> Accepted:
    """Put a line's money on an account, unapplied."""
    return apply_line(line_id, account_id, [], line_version=line_version, today=today, by=by)


@action("matching.match", name="matching.apply_line")
def apply_line(
    line_id: int,
    account_id: int,
    items: Sequence[tuple[int, int]],
    *,
    line_version: int,
    today: date,
    by: Actor,
) -> Accepted:
    """Apply a line to the open items chosen, (item, minor units) each; the rest stays unapplied on the
    account.
    """
    amount_minor = _line_amount(line_id, by)
    share = Share(amount_minor, account_id, tuple((item, minor) for item, minor in items))
    return split(line_id, [share], line_version=line_version, today=today, by=by)


@action("matching.match", name="matching.split")
def split(line_id: int, shares: Sequence[Share], *, line_version: int, today: date, by: Actor) -> Accepted:
    """Split a line over accounts and ledger accounts, settling the items chosen. One act, one undo.

    Refuses shares that do not add up to the line, items that have less open or belong to another account, a
    line that somebody changed meanwhile.
    """
    _check(shares)
    of_accounts = [share for share in shares if share.account_id is not None]
    rows = fetch_sql(
        HERE,
        "accept/write_by_hand.sql",
        Id,
        entity=by.entity_id,
        line=line_id,
        version=line_version,
        accounts=[share.account_id for share in of_accounts],
        amounts_minor=[share.amount_minor for share in of_accounts],
        items=json.dumps([list(share.items) for share in of_accounts]),
        sentence=f"Decided by {by.name}.",
        at=clock.now(),
    )
    if len(rows) < len(of_accounts):
        raise Refused("matching.item_of_another_account", line=line_id)
    parts = [(line_id, share.gl_code, share.amount_minor, share.memo) for share in shares if share.gl_code]
    done = settle([row.id for row in rows], today=today, by=by, method="person", strict=True, ledger_parts=parts)
    current = act()
    accounts = {share.account_id for share in of_accounts}
    current.about("bank_line", line_id, account_id=accounts.pop() if len(accounts) == 1 else None)
    settled = sum(len(share.items) for share in shares)
    current.say(f"Bank line applied by hand to {settled} open item{'' if settled == 1 else 's'}")
    current.undo_with("matching.unapply", line_ids=[line_id])
    return done


def _check(shares: Sequence[Share]) -> None:
    for share in shares:
        if (share.account_id is None) == (share.gl_code is None):
            raise BadInput("matching.share_needs_account_or_ledger_account")
        applied_minor = sum(minor for _, minor in share.items)
        if any(minor <= 0 for _, minor in share.items) or (share.items and applied_minor > share.amount_minor):
            raise BadInput(
                "matching.more_applied_than_paid",
                applied_minor=applied_minor,
                paid_minor=share.amount_minor,
            )


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount of a line."""

    amount_minor: int


def _line_amount(line_id: int, by: Actor) -> int:
    rows = fetch_sql(HERE, "accept/line_amount.sql", Amount, entity=by.entity_id, line=line_id)
    if not rows:
        raise Refused("bank.unknown_line", line=line_id)
    return rows[0].amount_minor


@action("bank.place", name="matching.place")
def place(parts: Sequence[Part], *, today: date, by: Actor) -> None:
    """Place lines that are no customer's payment (charges, unidentified money, refunds, deposits) and clear
    the desk.

    The same as placing them at the bank, and the desk says so.
    """
    place_lines(parts, today=today, by=by)
    ids = sorted({part.line_id for part in parts})
    kinds = ", ".join(sorted({part.kind for part in parts}))
    run_sql(
        HERE,
        "accept/placed_by_hand.sql",
        entity=by.entity_id,
        ids=ids,
        sentence=f"Placed by {by.name} as {kinds}.",
        at=clock.now(),
    )
    act().undo_with("matching.unapply", line_ids=ids)
