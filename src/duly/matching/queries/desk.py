"""The match desk: its tabs, its rows, and everything about one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.banking.models import BankLine, Placement
from duly.banking.queries import bank_account, line, placements_of
from duly.kernel.sql import fetch_sql
from duly.matching.models import DeskRow, DeskTab, Proposal, ProposalItem, WillPost
from duly.payments.rules import UNAPPLIED_CODE

HERE = "duly.matching"
PAGE = 50


def tabs(entity_id: int, *, done_since: date | None = None) -> list[DeskTab]:
    """Return lines and money of each state and currency: new (not looked at yet), ready, decide, none, done.

    `done_since` leaves out what was booked and done before: counting years of it takes longer than a page may.
    """
    return fetch_sql(HERE, "read/tabs.sql", DeskTab, entity=entity_id, since=done_since)


def desk(
    entity_id: int,
    state: str,
    *,
    after: tuple[date, int] | None = None,
    limit: int = PAGE,
    query: str | None = None,
) -> list[DeskRow]:
    """Return a page of lines, oldest first: 'open' (all that is not done), 'ready', 'decide', 'none' or
    'done'.

    `after` is the (day, line id) of the last row shown; `query` finds payer, text or amount as printed.
    """
    day, last_id = after or (None, None)
    return fetch_sql(
        HERE,
        "read/desk.sql",
        DeskRow,
        entity=entity_id,
        states=["ready", "decide", "none"] if state == "open" else [state],
        day=day,
        last_id=last_id,
        limit=limit,
        query=f"%{query}%" if query else None,
    )


@dataclass(frozen=True, slots=True)
class ProposalDetail:
    """A proposal with its items and what accepting it would post."""

    proposal: Proposal
    items: list[ProposalItem]
    will_post: list[WillPost]

    @property
    def applied_minor(self) -> int:
        """What of the line goes to items; received - applied = not placed on a document."""
        return sum(item.amount_minor for item in self.items)

    @property
    def stale(self) -> bool:
        """Whether an item has moved since the proposal was made."""
        return any(item.open_now_minor != item.open_then_minor for item in self.items)


@dataclass(frozen=True, slots=True)
class LineDetail:
    """A line, the proposal in front, the other possibilities, and what was done with it before."""

    line: BankLine
    proposal: ProposalDetail | None
    others: list[ProposalDetail]
    decided: list[ProposalDetail]
    placements: list[Placement]
    sentence: str


@dataclass(frozen=True, slots=True)
class Result:
    """Where the line stands on the desk."""

    state: str
    sentence: str


def line_detail(entity_id: int, line_id: int) -> LineDetail:
    """Return everything the desk shows of one line."""
    shown = line(entity_id, line_id)
    gl_code = bank_account(entity_id, shown.bank_account_id).gl_code
    items: dict[int, list[ProposalItem]] = {}
    for item in fetch_sql(HERE, "read/items.sql", ProposalItem, entity=entity_id, line=line_id):
        items.setdefault(item.proposal_id, []).append(item)
    details = [
        ProposalDetail(
            proposal,
            items.get(proposal.id, []),
            will_post(proposal, items.get(proposal.id, []), gl_code),
        )
        for proposal in fetch_sql(HERE, "read/proposals.sql", Proposal, entity=entity_id, line=line_id)
    ]
    waiting = [one for one in details if one.proposal.state == "proposed"]
    decided = [one for one in details if one.proposal.state in ("accepted", "refused", "undone")]
    result = fetch_sql(HERE, "read/result.sql", Result, entity=entity_id, line=line_id)
    return LineDetail(
        shown,
        waiting[0] if waiting else None,
        waiting[1:],
        decided,
        placements_of(entity_id, line_id),
        result[0].sentence if result else "Not looked at yet.",
    )


def will_post(proposal: Proposal, items: list[ProposalItem], bank_code: str) -> list[WillPost]:
    """Return the postings that accepting the proposal makes, in order; they balance."""
    posts = [
        WillPost(bank_code, "bank", proposal.amount_minor),
        WillPost(UNAPPLIED_CODE, f"unapplied cash of {proposal.account_name}", -proposal.amount_minor),
    ]
    for item in items:
        name = item.number or f"{item.kind} {item.document_id}"
        if item.gl_code != UNAPPLIED_CODE:
            posts.append(WillPost(UNAPPLIED_CODE, f"applied to {name}", item.amount_minor))
            posts.append(WillPost(item.gl_code, name, -item.amount_minor))
    return posts
