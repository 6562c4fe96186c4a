"""Statements that wait: released when the one that was missing has come, or when a person accepts the gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.banking.actions.accounts import HERE
from duly.banking.rules import Chain, Head, Summary, Verdict, judge
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, run_sql


@dataclass(frozen=True, slots=True)
class End:
    """One end of a chain as the database has it."""

    opening_minor: int
    closing_minor: int
    from_on: date
    to_on: date
    chain_no: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement in quarantine, measured against what is on record now."""

    id: int
    bank_account_id: int
    currency: str
    opening_minor: int | None
    closing_minor: int | None
    from_on: date
    to_on: date
    lines: int
    sum_minor: int
    known: int
    known_chained: int
    known_chained_minor: int
    problem: str

    def summary(self) -> Summary:
        """Return it as the rule wants it."""
        return Summary(
            self.currency,
            self.opening_minor,
            self.closing_minor,
            self.from_on,
            self.to_on,
            self.lines,
            self.sum_minor,
            self.known,
            self.known_chained,
            self.known_chained_minor,
        )


def chain_of(entity_id: int, bank_account_id: int) -> Chain | None:
    """Return both ends of the proved chain of an account; None before its first statement."""
    ends = fetch_sql(HERE, "import/chain_ends.sql", End, entity=entity_id, account=bank_account_id)
    if not ends:
        return None
    first, last = ends[0], ends[-1]
    return Chain(
        Head(first.opening_minor, first.from_on, first.chain_no),
        Head(last.closing_minor, last.to_on, last.chain_no),
    )


def release_waiting(bank_account_ids: Sequence[int], *, by: Actor) -> int:
    """Step: chain every quarantined statement of these accounts that fits by now; returns how many."""
    released = 0
    for account_id in bank_account_ids:
        while _release_next(account_id, by):
            released += 1
    return released


def _release_next(bank_account_id: int, by: Actor) -> bool:
    chain = chain_of(by.entity_id, bank_account_id)
    for waiting in _waiting(by.entity_id, bank_account_id):
        verdict = judge(waiting.summary(), chain)
        if verdict.state in ("chained", "repeated"):
            _settle(waiting, verdict, by)
            return True
    return False


def _waiting(entity_id: int, bank_account_id: int, statement_id: int | None = None) -> list[Waiting]:
    # Only those that wait: what a file itself contradicts never becomes right.
    return fetch_sql(
        HERE,
        "import/waiting.sql",
        Waiting,
        entity=entity_id,
        account=bank_account_id,
        statement=statement_id,
    )


def _settle(waiting: Waiting, verdict: Verdict, by: Actor, *, gap_minor: int = 0) -> None:
    run_sql(
        HERE,
        "import/settle_waiting_lines.sql",
        entity=by.entity_id,
        account=waiting.bank_account_id,
        statement=waiting.id,
        adds=verdict.adds,
    )
    run_sql(
        HERE,
        "import/settle_waiting.sql",
        entity=by.entity_id,
        id=waiting.id,
        state=verdict.state,
        chain_no=verdict.chain_no,
        gap_minor=gap_minor,
        problem=waiting.problem if gap_minor else "",
    )


@dataclass(frozen=True, slots=True)
class StatementAccount:
    """Which account a statement is of."""

    bank_account_id: int


@action("banking.edit", name="bank.accept_gap")
def accept_gap(statement_id: int, *, reason: str, by: Actor) -> int:
    """Chain a quarantined statement although money is missing before it; returns the gap in minor units.

    The gap stays visible: reconciliation lists it until the books hold it. Refuses a statement that
    contradicts itself, and one that overlaps what is known.
    """
    found = fetch_one(HERE, "import/statement_account.sql", StatementAccount, entity=by.entity_id, id=statement_id)
    if found is None:
        raise NotFound("bank.unknown_statement", statement=statement_id)
    account_id = found.bank_account_id
    run_sql(HERE, "import/1_lock_accounts.sql", entity=by.entity_id, ids=[account_id])
    waiting = _waiting(by.entity_id, account_id, statement_id)
    chain = chain_of(by.entity_id, account_id)
    if not waiting or waiting[0].opening_minor is None or waiting[0].known or chain is None:
        raise Refused("bank.gap_cannot_be_accepted", statement=statement_id)
    if waiting[0].to_on < chain.last.on:
        raise Refused("bank.statement_lies_before_the_last", statement=statement_id)
    gap_minor = waiting[0].opening_minor - chain.last.balance_minor
    verdict = Verdict("chained", "new", chain_no=chain.last.chain_no + 1)
    _settle(waiting[0], verdict, by, gap_minor=gap_minor)
    release_waiting([account_id], by=by)
    act().about("bank_statement", statement_id)
    act().say(f"Gap of {Money(gap_minor, waiting[0].currency)} accepted: {reason}", reason=reason)
    return gap_minor
