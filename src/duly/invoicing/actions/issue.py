"""Issuing: due drafts become numbered documents in the books, one way for one account or a million."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from duly.events.actions import outbox_batch
from duly.invoicing.actions.certify import certify
from duly.invoicing.actions.plan import (
    SMALL,
    claim,
    deadline_of,
    draw_up,
    make_run,
    plan_for_sets,
    total_chunk,
)
from duly.invoicing.models import Chunk, Issued
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value, kept_plans, run_sql
from duly.ledger.actions import posting_batch
from duly.receivables.actions import item_batch, number_batch

HERE = "duly.invoicing"
UNDO_WINDOW = timedelta(seconds=60)
"""How long what a person issues waits in the outbox and can be called back; approved runs do not wait."""


@dataclass(frozen=True, slots=True)
class IssueScope:
    """What one transaction issues: dates, account range, and what its documents say about themselves."""

    entity_id: int
    issued_on: date
    first_account_id: int
    last_account_id: int
    not_before: datetime
    actor_id: int | None
    run_id: int | None = None
    corrects_id: int | None = None
    reason: str = ""

    @property
    def where(self) -> dict[str, Any]:
        """The parameters most statements take."""
        return {
            "entity": self.entity_id,
            "run": self.run_id,
            "first": self.first_account_id,
            "last": self.last_account_id,
        }


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document just made."""

    id: int


@action("runs.issue", name="runs.issue_chunk")
def issue_next_chunk(run_id: int, *, by: Actor) -> bool:
    """Issue one planned chunk nobody else works on, in one transaction; False when none is left."""
    chunk = claim(by.entity_id, run_id, state="planned", run_states=["approved", "issuing"])
    if chunk is None:
        act().quiet = True
        return False
    documents = issue_chunk(chunk, actor=by, not_before=clock.now())
    act().about("run", run_id)
    act().say(f"{documents} documents issued", chunk=chunk.chunk, documents=documents)
    return True


@action("invoices.issue")
def issue_invoices(
    account_ids: Sequence[int], *, through_on: date, issued_on: date, today: date, by: Actor, note: str = ""
) -> Issued:
    """Plan and issue what is due on these accounts at once, the same way as the night run.

    What cannot be billed is held with its reason; documents wait 60 seconds in the outbox.
    """
    ids: list[int] = []
    with kept_plans() if len(account_ids) <= SMALL else nullcontext():
        run_id = make_run(through_on, issued_on, account_ids, today=today, actor=by, note=note)
        while chunk := claim(by.entity_id, run_id, state="waiting", run_states=["planning"]):
            draw_up(by.entity_id, chunk)
            if bill_chunk(chunk, by, clock.now() + UNDO_WINDOW, just_planned=True):
                ids.extend(row.id for row in fetch_sql(HERE, "issue/made.sql", DocumentRef))
            if chunk.last_account_id >= max(account_ids):
                break
        certificate = certify(by.entity_id, run_id, account_ids, approved_by=by)
    documents = len(ids)
    act().about("run", run_id, account_id=account_ids[0] if len(account_ids) == 1 else None)
    act().say(f"{documents} documents issued", documents=ids[:100], held=certificate.held_accounts)
    if documents == 1:
        act().undo_with("invoices.void", invoice_id=ids[0], reason="issued by mistake")
    return Issued(run_id, documents, certificate.held_accounts, tuple(ids))


def issue_chunk(chunk: Chunk, *, actor: Actor, not_before: datetime) -> int:
    """Bill a planned chunk, after asking anew what stands against it; returns how many documents.

    The caller holds the chunk's row.
    """
    plan_for_sets(chunk)
    run_sql(
        HERE,
        "plan/6_hold_items.sql",
        entity=actor.entity_id,
        run=chunk.run_id,
        first=chunk.first_account_id,
        last=chunk.last_account_id,
        account_ids=chunk.account_ids,
        deadline_on=deadline_of(chunk),
    )
    return bill_chunk(chunk, actor, not_before)


def bill_chunk(chunk: Chunk, actor: Actor, not_before: datetime, *, just_planned: bool = False) -> int:
    """Turn the due drafts of the chunk's planned accounts into documents; returns how many."""
    scope = IssueScope(
        actor.entity_id,
        chunk.issued_on,
        chunk.first_account_id,
        chunk.last_account_id,
        not_before,
        actor.user_id,
        chunk.run_id,
    )
    documents = 0
    run_sql(HERE, "issue/0_staging.sql")
    taken = take_due(scope, chunk)
    if taken.charges:
        documents = write_documents(scope, reversals=taken.reversals > 0)
        run_sql(HERE, "issue/18_bill_items.sql", **scope.where, chunk=chunk.chunk)
    total_chunk(actor.entity_id, chunk, "issued", freeze=just_planned)
    if documents:
        number_issued(scope)
    return documents


@dataclass(frozen=True, slots=True)
class Taken:
    """How many drafts an issue took, and how many of them take back lines."""

    charges: int
    reversals: int


def take_due(scope: IssueScope, chunk: Chunk) -> Taken:
    """Take the due drafts of planned accounts; those whose drafts are not as planned are left out, with a reason."""
    deadline_on = deadline_of(chunk)
    taken = fetch_one(HERE, "issue/1_take_due.sql", Taken, **scope.where, through_on=chunk.through_on)
    assert taken is not None
    if taken.charges:
        run_sql(HERE, "issue/2_drop_billed.sql", entity=scope.entity_id)
    left_out = run_sql(HERE, "issue/3_compare.sql", **scope.where, deadline_on=deadline_on)
    if taken.reversals:
        left_out += run_sql(HERE, "issue/3_reversals.sql", **scope.where, deadline_on=deadline_on)
    if left_out:
        run_sql(HERE, "issue/4_leave_out.sql", **scope.where)
    return taken


def write_documents(scope: IssueScope, *, reversals: bool) -> int:
    """Turn the charges in issuing_charge into documents, items, postings and mails; numbers come last."""
    documents = run_sql(HERE, "issue/6_documents.sql")
    if not documents:
        return 0
    run_sql(HERE, "issue/7_tax_shares.sql", entity=scope.entity_id)
    if reversals:
        run_sql(HERE, "issue/8_reversal_shares.sql", entity=scope.entity_id)
    write_grouped(scope)
    post_documents(scope)
    queue_documents(scope)
    return documents


def write_grouped(scope: IssueScope) -> None:
    """Write the documents in the working tables, with lines and taxes; their charges are drafts no more."""
    where = scope.where
    run_sql(HERE, "issue/9_taxes.sql", entity=scope.entity_id)
    run_sql(
        HERE,
        "issue/11_invoices.sql",
        **where,
        issued_on=scope.issued_on,
        seller=seller_id(scope.entity_id),
        corrects=scope.corrects_id,
        reason=scope.reason,
    )
    run_sql(HERE, "issue/12_lines.sql", **where)


def queue_documents(scope: IssueScope) -> None:
    """Let the documents leave by their accounts' channels, once committed and the undo window is over."""
    with outbox_batch():
        run_sql(HERE, "issue/17_stage_outbox.sql", **scope.where, not_before=scope.not_before)


def post_documents(scope: IssueScope) -> None:
    """Open the documents' items and post them: debit receivables, credit revenue and tax."""
    with item_batch():
        run_sql(HERE, "issue/14_stage_items.sql", **scope.where, issued_on=scope.issued_on)
    with posting_batch():
        run_sql(
            HERE,
            "issue/15_stage_entries.sql",
            entity=scope.entity_id,
            issued_on=scope.issued_on,
            actor=scope.actor_id,
        )
        run_sql(HERE, "issue/16_stage_postings.sql", entity=scope.entity_id)


def number_issued(scope: IssueScope) -> None:
    """Give the documents of this issue their numbers: the last lock of the transaction, held until commit."""
    with number_batch(scope.entity_id):
        run_sql(HERE, "issue/20_stage_numbers.sql", entity=scope.entity_id, issued_on=scope.issued_on)


def number_documents(entity_id: int, document_ids: Sequence[int]) -> None:
    """Give these documents their numbers, in order of id; the last thing an action does (lock order)."""
    with number_batch(entity_id):
        run_sql(HERE, "issue/20_stage_named.sql", entity=entity_id, ids=list(document_ids))


def seller_id(entity_id: int) -> int:
    """Return the id of the snapshot of who bills, as the entity is today; made when it changed."""
    found = fetch_value(HERE, "issue/seller_now.sql", entity=entity_id)
    if found is None:
        run_sql(HERE, "issue/make_seller.sql", entity=entity_id)
        found = fetch_value(HERE, "issue/seller_now.sql", entity=entity_id)
    return int(found)
