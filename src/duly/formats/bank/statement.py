"""What every bank file says, whatever its format: statements of one account and their booked lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Detail:
    """One payment inside a batch line. `amount_minor` has the sign of the line (credit +) and its currency;
    None when the bank states none, or repeats the total of the batch on each payment."""

    amount_minor: int | None = None
    text: str = ""
    payer_name: str = ""
    payer_iban: str = ""
    payer_account_other: str = ""
    ultimate_payer_name: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    structured_reference: str = ""
    mandate_id: str = ""
    is_return: bool = False
    return_reason: str = ""
    charges_minor: int = 0
    instructed_minor: int | None = None
    instructed_currency: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One booked entry. `amount_minor` is what moved on the account: credit +, debit -.

    `payer_*` is the other side. `charges_minor` is what the bank kept (cost +), already inside the amount.
    `file_line` counts from 1.
    """

    booked_on: date
    value_on: date
    amount_minor: int
    currency: str
    text: str = ""
    payer_name: str = ""
    payer_iban: str = ""
    payer_account_other: str = ""
    ultimate_payer_name: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    structured_reference: str = ""
    mandate_id: str = ""
    transaction_code: str = ""
    is_return: bool = False
    return_reason: str = ""
    charges_minor: int = 0
    instructed_minor: int | None = None
    instructed_currency: str = ""
    details: tuple[Detail, ...] = ()
    file_line: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account in one currency. Balances are None when the file states none.

    `kind`: 'booked' is the final word and may be posted; 'intraday' and 'advice' (camt.052/054, MT942) report
    the same money earlier and may only enrich. `not_booked` counts pending entries that were left out.
    `remarks` are contradictions inside the file: a statement with any belongs in quarantine.
    """

    account_iban: str
    account_other: str
    currency: str
    reference: str
    sequence: str
    from_on: date | None
    to_on: date | None
    opening_minor: int | None
    closing_minor: int | None
    lines: tuple[Line, ...] = ()
    kind: str = "booked"
    not_booked: int = 0
    remarks: tuple[str, ...] = ()
    format: str = ""
    file_line: int = 0


# A reader yields, per statement: its head (what is known before the lines), the lines, then the statement
# as closed, still without lines. So a file of any length is read in constant memory.
Record = Statement | Line


def collected(records: Iterable[Record]) -> Iterator[Statement]:
    """Put the lines of a reader's records into their statements."""
    head: Statement | None = None
    lines: list[Line] = []
    for record in records:
        if isinstance(record, Line):
            lines.append(record)
        elif head is None:
            head = record
        else:
            yield replace(record, lines=tuple(lines))
            head, lines = None, []


def under_heads(records: Iterable[Record]) -> Iterator[tuple[Statement, Line]]:
    """Give each line with its statement's head (without closing balance when the file gives it last)."""
    head: Statement | None = None
    for record in records:
        if isinstance(record, Line):
            assert head is not None, "a reader gives the head before the lines"
            yield head, record
        else:
            head = None if head is not None else record


SPACES = re.compile(r"[^0-9A-Za-zÀ-ɏ]+")


def folded(text: str) -> str:
    """Return text as it is compared between two exports of the same line: letters and digits, lower case."""
    return SPACES.sub("", text).casefold()


def line_identity(line: Line) -> tuple[str, ...]:
    """Return the parts that name this line within its account, the same whenever the bank exports it again.

    The bank's own reference decides where there is one; else what is printed. Two honest equal payments share
    an identity: `with_ordinals` tells them apart.
    """
    money = (line.booked_on.isoformat(), str(line.amount_minor), line.currency)
    if line.bank_reference:
        return ("ref", *money, folded(line.bank_reference))
    printed = (line.end_to_end_id, line.structured_reference, line.payer_iban or line.payer_account_other)
    return ("text", *money, *map(folded, printed), folded(line.payer_name), folded(line.text))


def with_ordinals(lines: Iterable[Line]) -> Iterator[tuple[Line, int]]:
    """Number equal lines of one account within a file 1, 2, 3 in file order; a line that is alone has 1."""
    seen: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        identity = line_identity(line)
        seen[identity] += 1
        yield line, seen[identity]


def check_chain(statement: Statement) -> int | None:
    """Return opening + lines - closing in minor units: 0 is proof, None without balances."""
    if statement.opening_minor is None or statement.closing_minor is None:
        return None
    moved_minor = sum(line.amount_minor for line in statement.lines)
    return statement.opening_minor + moved_minor - statement.closing_minor


def details_difference(line: Line) -> int | None:
    """Return line - its payments in minor units (charges of a batch show here), None if one is unstated."""
    if not line.details or any(detail.amount_minor is None for detail in line.details):
        return None
    return line.amount_minor - sum(detail.amount_minor or 0 for detail in line.details)
