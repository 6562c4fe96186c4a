"""NACHA files of ACH credits (CCD to businesses, PPD to persons): records of 94 characters in blocks of ten. Pure.

Hashes, counts and totals follow the NACHA file specification: the entry hash is the sum of the receiving banks' first
eight digits, its last ten digits kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duly.formats.errors import CannotWrite

RECORD, BLOCK = 94, 10
CREDITS_ONLY = "220"
CHECKING, SAVINGS = "22", "32"
ROUTING_WEIGHTS = (3, 7, 1) * 3


@dataclass(frozen=True, slots=True)
class AchCredit:
    """One payment in cents to a bank (routing number of nine digits) and an account there."""

    individual_id: str
    name: str
    amount_minor: int
    routing: str
    account: str
    to_business: bool = True
    savings: bool = False


@dataclass(frozen=True, slots=True)
class AchOrder:
    """What one file asks for; `company_id` is what the bank gave the payer (ten characters)."""

    made_at: datetime
    effective_on: date
    company: str
    company_id: str
    bank_routing: str
    bank_name: str
    credits: Sequence[AchCredit]
    description: str = "REFUND"
    modifier: str = "A"


@dataclass(frozen=True, slots=True)
class _Sums:
    entries: int
    hash: int
    credit_minor: int


def write_nacha(order: AchOrder) -> bytes:
    """Return the order as a NACHA file (ASCII, lines end in CR LF); CannotWrite for one no bank would take."""
    _check(order)
    records = [_file_header(order)]
    sums: list[_Sums] = []
    first = 1
    for code, entries in _batches(order):
        records += _batch(order, code, entries, len(sums) + 1, first)
        sums.append(_sums_of(entries))
        first += len(entries)
    records.append(_file_control(sums, len(records) + 1))
    records += ["9" * RECORD] * (-len(records) % BLOCK)
    return "".join(f"{record}\r\n" for record in records).encode("ascii")


def is_routing(text: str) -> bool:
    """Return whether nine digits are a routing number of the American Bankers Association (check digit 3-7-1)."""
    if not re.fullmatch(r"[0-9]{9}", text):
        return False
    return sum(int(digit) * weight for digit, weight in zip(text, ROUTING_WEIGHTS, strict=True)) % 10 == 0


def _check(order: AchOrder) -> None:
    if not order.credits:
        raise CannotWrite("an order needs at least one payment")
    if not is_routing(order.bank_routing):
        raise CannotWrite("our own bank's routing number is not right")
    if not 1 <= len(order.company_id) <= 10:
        raise CannotWrite("the company id has one to ten characters")
    for one in order.credits:
        if not is_routing(one.routing):
            raise CannotWrite(f"{one.individual_id}: the routing number is not right")
        if not re.fullmatch(r"[0-9A-Za-z\- ]{1,17}", one.account):
            raise CannotWrite(f"{one.individual_id}: the account number does not fit")
        if not 0 < one.amount_minor < 10**10:
            raise CannotWrite(f"{one.individual_id}: the amount does not fit")


def _batches(order: AchOrder) -> Iterator[tuple[str, list[AchCredit]]]:
    for code, wanted in (("CCD", True), ("PPD", False)):
        if entries := [one for one in order.credits if one.to_business == wanted]:
            yield code, entries


def _sums_of(entries: Sequence[AchCredit]) -> _Sums:
    total = sum(one.amount_minor for one in entries)
    return _Sums(len(entries), sum(int(one.routing[:8]) for one in entries), total)


def _file_header(order: AchOrder) -> str:
    return _record(
        "101",
        f"{order.bank_routing:>10}",
        f"{_words(order.company_id, 10):>10}",
        order.made_at.strftime("%y%m%d%H%M"),
        order.modifier,
        "094101",
        f"{_words(order.bank_name, 23):<23}",
        f"{_words(order.company, 23):<23}",
        " " * 8,
    )


def _batch(order: AchOrder, code: str, entries: Sequence[AchCredit], number: int, first: int) -> list[str]:
    odfi, company_id = order.bank_routing[:8], f"{_words(order.company_id, 10):<10}"
    sums = _sums_of(entries)
    header = _record(
        f"5{CREDITS_ONLY}",
        f"{_words(order.company, 16):<16}",
        " " * 20,
        company_id,
        code,
        f"{_words(order.description, 10):<10}",
        order.made_at.strftime("%y%m%d"),
        order.effective_on.strftime("%y%m%d"),
        " " * 3,
        f"1{odfi}{number:07}",
    )
    control = _record(
        f"8{CREDITS_ONLY}{sums.entries:06}{sums.hash % 10**10:010}{0:012}{sums.credit_minor:012}",
        company_id,
        " " * 25,
        f"{odfi}{number:07}",
    )
    return [header, *(_entry(one, odfi, first + place) for place, one in enumerate(entries)), control]


def _entry(one: AchCredit, odfi: str, trace: int) -> str:
    return _record(
        f"6{SAVINGS if one.savings else CHECKING}{one.routing}",
        f"{one.account.strip():<17}",
        f"{one.amount_minor:010}",
        f"{_words(one.individual_id, 15):<15}",
        f"{_words(one.name, 22):<22}",
        f"  0{odfi}{trace:07}",
    )


def _file_control(sums: Sequence[_Sums], records: int) -> str:
    return _record(
        f"9{len(sums):06}{-(-records // BLOCK):06}{sum(one.entries for one in sums):08}",
        f"{sum(one.hash for one in sums) % 10**10:010}{0:012}{sum(one.credit_minor for one in sums):012}",
        " " * 39,
    )


def _record(*parts: str) -> str:
    record = "".join(parts)
    assert len(record) == RECORD, f"a record has {RECORD} characters, this has {len(record)}: {record!r}"
    return record


def _words(text: str, at_most: int) -> str:
    """Return a text in upper-case ASCII, cut to a length: the one way free text comes into a record."""
    spelled = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^A-Za-z0-9 .,&'()/\-]", " ", spelled).split())[:at_most].strip().upper()
