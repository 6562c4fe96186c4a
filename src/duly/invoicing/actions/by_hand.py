"""An invoice by hand: the charges a person chose, entered and billed at once, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from duly.invoicing.actions.charges import NewCharge, add_charges
from duly.invoicing.actions.issue import (
    UNDO_WINDOW,
    DocumentRef,
    IssueScope,
    number_documents,
    write_documents,
)
from duly.invoicing.actions.plan import claim, deadline_of, make_run, require_open_period
from duly.invoicing.actions.replan import lock_plans, replan
from duly.invoicing.actions.review import review_chunk
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import NeedsConfirmation, Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against billing an account now."""

    account_id: int
    reason: str


@action("invoices.issue", name="invoices.bill_by_hand")
def bill_by_hand(
    charges: Sequence[NewCharge], *, issued_on: date, today: date, by: Actor, sure: bool = False
) -> list[int]:
    """Enter charges and bill exactly them, dated `issued_on`; what else is due on the accounts waits for its run.

    What looks unusual is asked about first, unless the person is `sure`; what would be held by a run is
    refused. Returns the documents' ids: one for each account, currency and order number.
    """
    by.require("charges.edit")
    require_open_period(by.entity_id, issued_on)
    accounts = sorted({charge.account_id for charge in charges})
    plans = lock_plans(by.entity_id, accounts)
    ids = add_charges(charges, by=by)
    for against in fetch_sql(HERE, "by_hand/against.sql", Against, entity=by.entity_id, account_ids=accounts):
        raise Refused("invoice.held", reason=against.reason, account=against.account_id)
    if not sure and (question := question_about(ids, accounts, issued_on, today, actor=by)):
        raise NeedsConfirmation("invoice.unusual", question=question)
    documents = bill_these(by, ids, accounts, issued_on)
    replan(by.entity_id, plans)
    number_documents(by.entity_id, documents)
    one = documents[0] if len(documents) == 1 else None
    act().about("invoice", one, account_id=accounts[0] if len(accounts) == 1 else None)
    act().say(f"{len(documents)} invoice{'' if one else 's'} by hand", documents=documents[:100], charges=ids[:100])
    act().undo = None
    if one:
        act().undo_with("invoices.void", invoice_id=one, reason="issued by mistake")
    return documents


def bill_these(by_whom: Actor, charge_ids: list[int], accounts: list[int], issued_on: date) -> list[int]:
    """Turn these drafts into documents, still without numbers; returns their ids."""
    scope = IssueScope(
        by_whom.entity_id, issued_on, accounts[0], accounts[-1], clock.now() + UNDO_WINDOW, by_whom.user_id
    )
    run_sql(HERE, "issue/0_staging.sql")
    run_sql(HERE, "issue/1_take_named.sql", entity=by_whom.entity_id, ids=charge_ids)
    if not write_documents(scope, reversals=False):
        raise Refused("invoice.held", reason="nothing is to be billed.")
    return [row.id for row in fetch_sql(HERE, "issue/made.sql", DocumentRef)]


def question_about(
    charge_ids: list[int], accounts: list[int], issued_on: date, today: date, *, actor: Actor
) -> str | None:
    """Return what a run's review would ask about these drafts, or None; nothing of the asking is kept."""
    found: list[str] = []
    with transaction.atomic():
        run_id = make_run(issued_on, issued_on, accounts, today=today, actor=actor, note="by hand")
        while chunk := claim(actor.entity_id, run_id, state="waiting", run_states=["planning"]):
            review_chunk(actor.entity_id, chunk, deadline_of(chunk))
            asked = fetch_value(HERE, "by_hand/question.sql", entity=actor.entity_id, run=run_id, ids=charge_ids)
            found += [asked] if asked else []
            if chunk.last_account_id >= accounts[-1]:
                break
        transaction.set_rollback(True)
    return found[0] if found else None
