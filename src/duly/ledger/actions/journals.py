"""Journals by hand: control accounts refused, above the maker's limit somebody else decides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed, Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.ledger.actions.posting import posting_batch, reverse_entries
from duly.ledger.models import JOURNAL_STATES, Journal
from duly.ledger.queries import chart, journal
from duly.ledger.rules import JournalLine, journal_fault, lines_of, turnover

HERE = "duly.ledger"


@action("ledger.post", name="ledger.post_journal")
def post_journal(
    lines: Sequence[JournalLine], *, effective_on: date, memo: str, by: Actor, waits: bool = False
) -> Journal:
    """Post a journal, or leave it waiting for a second person when it is above the maker's limit,
    or when it is meant to (`waits`).

    Refuses control accounts (their balance is the sum of open items), unknown accounts, lines without an
    amount and
    journals that do not balance in each currency.
    """
    controls = {account.code: account.control for account in chart(by.entity_id) if account.active}
    if fault := journal_fault(lines, controls):
        raise Refused(f"ledger.{fault[0]}", about=fault[1])
    if not memo.strip():
        raise Refused("ledger.reason_missing")
    state = "posted" if not waits and _within_limit(lines, by) else "waiting"
    journal_id = int(
        fetch_value(
            HERE,
            "journal/write.sql",
            entity=by.entity_id,
            effective_on=effective_on,
            memo=memo,
            state=state,
            lines=json.dumps([asdict(line) for line in lines]),
            by=by.user_id,
            by_name=by.name,
            at=clock.now(),
        )
    )
    act().about("journal", journal_id)
    if state == "posted":
        _post(by.entity_id, journal_id, by)
        act().say(f"Journal {journal_id} posted: {memo}", turnover=turnover(lines))
        act().undo_with("ledger.reverse_journal", journal_id=journal_id, effective_on=effective_on.isoformat())
    else:
        act().say(f"Journal {journal_id} waits for a second person: {memo}", turnover=turnover(lines))
    return journal(by.entity_id, journal_id)


@action("ledger.post", name="ledger.accept_journal")
def accept_journal(journal_id: int, *, by: Actor) -> Journal:
    """Post a waiting journal; by somebody else than its maker, within their own limit."""
    waiting = journal(by.entity_id, journal_id)
    if waiting.made_by == by.user_id:
        raise NotAllowed("ledger.maker_cannot_accept", journal=journal_id, made_by=waiting.made_by_name)
    for currency, minor in turnover(lines_of(waiting.lines)).items():
        by.require_within_limit("ledger.post", minor, currency)
    _decide(waiting, "posted", by)
    _post(by.entity_id, journal_id, by)
    act().say(f"Journal {journal_id} accepted: {waiting.memo}", made_by=waiting.made_by_name)
    act().undo_with("ledger.reverse_journal", journal_id=journal_id, effective_on=waiting.effective_on.isoformat())
    return journal(by.entity_id, journal_id)


@action("ledger.post", name="ledger.refuse_journal")
def refuse_journal(journal_id: int, *, by: Actor) -> None:
    """Say no to a waiting journal; nothing is posted."""
    waiting = journal(by.entity_id, journal_id)
    _decide(waiting, "refused", by)
    act().say(f"Journal {journal_id} refused: {waiting.memo}", made_by=waiting.made_by_name)


@action("ledger.post", name="ledger.reverse_journal")
def reverse_journal(journal_id: int, *, effective_on: date | str, by: Actor) -> None:
    """Post the mirror of a journal, dated `effective_on`."""
    posted = journal(by.entity_id, journal_id)
    _decide(posted, "reversed", by)
    day = date.fromisoformat(effective_on) if isinstance(effective_on, str) else effective_on
    reverse_entries(
        by.entity_id, "journal", [journal_id], as_kind="journal_undone", effective_on=day, actor_id=by.user_id
    )
    act().say(f"Journal {journal_id} reversed: {posted.memo}")


def _within_limit(lines: Sequence[JournalLine], by: Actor) -> bool:
    limits = {currency: by.limits.get(("ledger.post", currency)) for currency in turnover(lines)}
    return all(limit is None or turnover(lines)[currency] <= limit for currency, limit in limits.items())


def _decide(entry: Journal, target: str, by: Actor) -> None:
    JOURNAL_STATES.require(entry.state, target)
    moved = run_sql(
        HERE,
        "journal/decide.sql",
        entity=by.entity_id,
        id=entry.id,
        was=entry.state,
        state=target,
        by=by.user_id,
        by_name=by.name,
        at=clock.now(),
    )
    if not moved:
        raise Refused("ledger.journal_changed_meanwhile", journal=entry.id)
    act().about("journal", entry.id)


def _post(entity_id: int, journal_id: int, by: Actor) -> None:
    with posting_batch():
        run_sql(HERE, "journal/stage_entry.sql", entity=entity_id, id=journal_id, actor=by.user_id)
        run_sql(HERE, "journal/stage_postings.sql", entity=entity_id, id=journal_id)
