"""Whether a statement proves itself and continues the chain of its account. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.money import format_minor

UNIDENTIFIED_CODE = "2160"
OPENING_CODE = "3000"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain of an account stands: its last closing, or (from the other end) its first opening."""

    balance_minor: int
    on: date
    chain_no: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Both ends of what is proved of an account so far."""

    first: Head
    last: Head


@dataclass(frozen=True, slots=True)
class Summary:
    """A statement as it came: balances, days, and how much of it is known already.

    `known` counts its lines that are on record; `known_chained` those among them that a chained statement
    holds, which the last closing therefore contains, and `known_chained_minor` is their sum.
    """

    currency: str
    opening_minor: int | None
    closing_minor: int | None
    from_on: date
    to_on: date
    lines: int
    sum_minor: int
    known: int = 0
    known_chained: int = 0
    known_chained_minor: int = 0
    repeats: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a statement. `adds`: 'new' lines only, 'all' of them (its balances prove it), or
    'none'.

    `waits`: in quarantine only because of what is not known yet; another file can release it.
    """

    state: str
    adds: str
    problem: str = ""
    chain_no: int | None = None
    waits: bool = False


def judge(statement: Summary, chain: Chain | None) -> Verdict:
    """Decide by the balances: they are the bank's own proof; identity of lines only says what is known.

    Chained: opening + lines = closing, and the opening is the last closing, or the statement overlaps and
    exactly its new lines lead from the last closing to its own. Without balances: unchained. Everything else
    waits in quarantine with a sentence that says what is missing.
    """
    if problem := _contradiction(statement):
        return Verdict("quarantined", "none", problem)
    if statement.repeats:
        return Verdict("repeated", "none")
    if statement.opening_minor is None or statement.closing_minor is None:
        return Verdict("unchained", "new")
    if chain is None:
        return Verdict("chained", "new", chain_no=1)
    return _continued(statement, chain, statement.opening_minor, statement.closing_minor)


def _contradiction(statement: Summary) -> str:
    if statement.remarks:
        return "; ".join(statement.remarks)
    if statement.opening_minor is None or statement.closing_minor is None:
        return ""
    reached_minor = statement.opening_minor + statement.sum_minor
    if reached_minor == statement.closing_minor:
        return ""
    return (
        f"opening {_shown(statement.opening_minor, statement)} and {statement.lines} lines of together "
        f"{_shown(statement.sum_minor, statement)} make {_shown(reached_minor, statement)}, "
        f"but the statement closes with {_shown(statement.closing_minor, statement)}"
    )


def _continued(statement: Summary, chain: Chain, opening_minor: int, closing_minor: int) -> Verdict:
    last, first = chain.last, chain.first
    new_minor = statement.sum_minor - statement.known_chained_minor
    if statement.known_chained and last.balance_minor + new_minor == closing_minor:
        nothing_new = statement.known_chained == statement.lines
        return Verdict("repeated", "none") if nothing_new else Verdict("chained", "new", chain_no=last.chain_no + 1)
    # Lines equal to known ones are new ones only in a statement of later days: one that reaches back repeats them, and
    # its opening may equal the last closing by chance.
    later = statement.from_on >= last.on or not statement.known_chained
    if opening_minor == last.balance_minor and statement.to_on >= last.on and later:
        adds = "all" if statement.known_chained else "new"
        return Verdict("chained", adds, chain_no=last.chain_no + 1)
    if statement.known and statement.known_chained == statement.lines:
        return Verdict("repeated", "none")
    if not statement.known_chained and closing_minor == first.balance_minor and statement.to_on <= first.on:
        return Verdict("chained", "new", chain_no=first.chain_no - 1)
    return Verdict("quarantined", "none", _gap(statement, last, opening_minor), waits=True)


def _gap(statement: Summary, last: Head, opening_minor: int) -> str:
    off_minor = opening_minor - last.balance_minor
    if statement.known_chained:
        return (
            f"overlaps what is known ({statement.known_chained} of {statement.lines} lines), but the last "
            f"closing {_shown(last.balance_minor, statement)} of {last.on} and its new lines do not make "
            f"{_shown(statement.closing_minor or 0, statement)}"
        )
    if statement.to_on < last.on:
        return (
            f"ends on {statement.to_on}, before the last statement ({last.on}), and holds lines "
            f"that are not known ({statement.lines} in all)"
        )
    return (
        f"opens with {_shown(opening_minor, statement)} on {statement.from_on}, the last closing was "
        f"{_shown(last.balance_minor, statement)} on {last.on}: {_shown(off_minor, statement)} lies between; "
        "import the statements in between"
    )


def moved_on(chain: Chain | None, statement: Summary, verdict: Verdict) -> Chain | None:
    """Return the chain once a chained statement has joined it."""
    if verdict.state != "chained" or verdict.chain_no is None:
        return chain
    opening = Head(statement.opening_minor or 0, statement.from_on, verdict.chain_no)
    closing = Head(statement.closing_minor or 0, statement.to_on, verdict.chain_no)
    if chain is None:
        return Chain(opening, closing)
    if verdict.chain_no < chain.first.chain_no:
        return Chain(opening, chain.last)
    return Chain(chain.first, closing)


def _shown(minor: int, statement: Summary) -> str:
    return f"{format_minor(minor, statement.currency)} {statement.currency}"
