"""MT940 statements and MT942 interim reports (SWIFT), with the dialects of German, Dutch and other banks.

Every field that carries money or a sign is read whole or refused: a number that is too long, a mark that is
unknown, a balance that is missing all stop the file with the line's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO

from duly.formats.amounts import comma_minor
from duly.formats.bank.mt940_details import described, kept_minor
from duly.formats.bank.statement import Line, Record, Statement
from duly.formats.bank.text_lines import numbered_lines
from duly.formats.errors import FormatError, Place, shown

TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)\Z", re.DOTALL)
KNOWN = frozenset(
    [
        "13",
        "13D",
        "20",
        "21",
        "25",
        "25P",
        "28",
        "28C",
        "34F",
        "60",
        "60F",
        "60M",
        "61",
        "62",
        "62F",
        "62M",
        "64",
        "65",
        "86",
        "90C",
        "90D",
        "NS",
    ]
)
HEADER = re.compile(r"(?:\{[1235]:[^{}]*\}|\{2:[^{}]*\})*\{4:\s*")
BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(0*\d{1,15}(?:,\d{0,4})?)\s*\Z", re.ASCII)
ENTRY = re.compile(
    r"(\d{6})(\d{4}|\s{4})?(E?R?[CD])([A-Z])?[ \n]?(0*\d{1,15}(?:,\d{0,4})?)(?:([A-Z][A-Z0-9 ]{3})(.*))?\Z",
    re.ASCII | re.DOTALL,
)
NO_REFERENCE = frozenset({"NONREF", "NOREF", "KREF+", "EREF", "MREF"})
CUT_OFF = "the file may be cut off; fetch it from the bank again"


@dataclass(slots=True)
class Field:
    """One tagged field with its continuation lines."""

    tag: str
    lines: list[str]
    at: Place

    @property
    def value(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(slots=True)
class Message:
    """The statement under way."""

    at: Place
    reference: str = ""
    account: str | None = None
    sequence: str = ""
    balances: dict[str, tuple[int, str, date]] = field(default_factory=dict)
    limit_currency: str = ""
    interim: bool = False
    head_given: bool = False
    not_booked: int = 0
    days: list[date] = field(default_factory=list)

    @property
    def opening(self) -> tuple[int, str, date] | None:
        return self.balances.get("60")

    @property
    def closing(self) -> tuple[int, str, date] | None:
        return self.balances.get("62")

    @property
    def currency(self) -> str:
        stated = self.opening or self.closing
        return stated[1] if stated else self.limit_currency


def iter_mt940(source: BinaryIO, file: str) -> Iterator[Record]:
    """Give the records of an MT940 or MT942 file; each `:20:` begins a statement of its own."""
    message: Message | None = None
    for unit in units(fields(source, file)):
        first = unit[0]
        if first.tag == "20":
            if message is not None:
                yield from closed(message)
            message = Message(at=first.at, reference=first.value)
        elif message is None:
            raise first.at.error(f":{first.tag}: stands before any :20:", "a statement begins with :20:")
        elif first.tag == "61":
            yield from given(message, unit)
        else:
            take(message, first)
    if message is None:
        raise FormatError("no statement in the file", file=file, remedy="expected MT940 with :20: and :60F:")
    yield from closed(message)


def units(found: Iterator[Field]) -> Iterator[list[Field]]:
    """Put the details (:86:, :NS:) that follow a line (:61:) with it; every other field stands alone."""
    unit: list[Field] = []
    for each in found:
        if unit and each.tag in ("86", "NS"):
            unit.append(each)
            continue
        if unit:
            yield unit
        unit = [each] if each.tag == "61" else []
        if not unit:
            yield [each]
    if unit:
        yield unit


def fields(source: BinaryIO, file: str) -> Iterator[Field]:
    """Give the tagged fields in order; envelope lines between messages are skipped."""
    current: Field | None = None
    for number, raw in numbered_lines(source, file):
        line = raw.strip("\x01\x03")
        line = HEADER.sub("", line) if "{4:" in line else line
        match = TAG.match(line)
        is_end = line.strip() == "-" or line.startswith(("-}", "-XXX"))
        if not is_end and not begins_field(match, current, Place(file, number)):
            if current is not None and line.strip():
                current.lines.append(line)
            continue
        if current is not None:
            yield current
        current = Field(match[1], [match[2]], Place(file, number)) if match and not is_end else None
    if current is not None:
        yield current


def begins_field(match: re.Match[str] | None, current: Field | None, at: Place) -> bool:
    """Say whether a line begins a field. Free text can be cut so that a line looks like one (a time, say);
    an unknown field anywhere else is refused."""
    if match is None or match[1] in KNOWN:
        return match is not None
    if current is None or current.tag not in ("86", "NS"):
        raise at.error(f"unknown field :{match[1]}:", "MT940 and MT942 are read")
    return False


def take(message: Message, found: Field) -> None:
    """Take a field of the statement itself; a second balance of a kind means that a `:20:` was lost."""
    value, tag = found.value, found.tag
    if tag in ("25", "25P"):
        message.account = value.splitlines()[0].strip() if value else ""
    elif tag.startswith("28"):
        message.sequence = "".join(value.split())
    elif tag[:2] in ("60", "62"):
        if tag[:2] in message.balances or (tag[:2] == "60" and message.head_given):
            raise found.at.error(f"a second :{tag}: in one statement", "a :20: is missing before it")
        message.balances[tag[:2]] = balance(found)
    elif tag in ("34F", "13D"):
        message.interim = True
        message.limit_currency = value[:3] if tag == "34F" else message.limit_currency


def balance(found: Field) -> tuple[int, str, date]:
    """Return signed minor units, currency and day of a balance field."""
    match = BALANCE.match(found.value)
    if match is None:
        raise found.at.error(f"{shown(found.value)} is not a balance", "expected as C260331EUR1234,56")
    sign = -1 if match[1] == "D" else 1
    return sign * comma_minor(match[4], match[3], found.at), match[3], short_date(match[2], found.at)


def short_date(text: str, at: Place) -> date:
    """Return the day of YYMMDD; 30/360 banks state 30 February, which means the last day of the month."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise at.error(f"{shown(text)} is not a date", "expected year, month and day as 260331")
    return last_real_day(year + (1900 if year >= 80 else 2000), month, day)


def last_real_day(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def entry_date(text: str, value_on: date, at: Place) -> date:
    """Return the booking day of MMDD in the year that brings it nearest to the value day."""
    month, day = int(text[:2]), int(text[2:])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise at.error(f"{shown(text)} is not a day of the year", "expected month and day as 0331")
    near = [last_real_day(value_on.year + step, month, day) for step in (-1, 0, 1)]
    return min(near, key=lambda candidate: abs((candidate - value_on).days))


def given(message: Message, entry: list[Field]) -> Iterator[Record]:
    """Give the line of an entry, before the first one the statement's head."""
    found = entry[0]
    if message.closing is not None:
        raise found.at.error("a line after the closing balance", "a :20: is missing before it")
    if message.opening is None and not message.interim:
        raise found.at.error("a line before the opening balance", CUT_OFF)
    if not message.head_given:
        yield head(message)
        message.head_given = True
    line = read_entry(message, entry)
    if line is not None:
        message.days.append(line.booked_on)
        message.days = [min(message.days), max(message.days)]
        yield line


def read_entry(message: Message, entry: list[Field]) -> Line | None:
    """Return the line of a `:61:` with its `:86:` and `:NS:`; None for an expected (not booked) one."""
    found = entry[0]
    # The mark ends with C or D; R before it means that the entry takes back one of the other direction.
    match = ENTRY.match(found.value)
    if match is None:
        raise found.at.error(
            f"{shown(found.value)} is not a statement line", "expected as 2603310331C123,45NTRFREFERENCE"
        )
    mark = match[3]
    if mark.startswith("E"):
        message.not_booked += 1
        return None
    value_on = short_date(match[1], found.at)
    booked_on = entry_date(match[2], value_on, found.at) if (match[2] or "").strip() else value_on
    minor = comma_minor(match[5], message.currency, found.at)
    is_debit = mark in ("D", "RC")
    head_line, _, supplement = (match[7] or "").partition("\n")
    customer_reference, _, bank_reference = head_line.partition("//")
    kind = (match[6] or "").strip()
    facts = described(
        [(part.tag, part.lines) for part in entry[1:]],
        customer_reference=reference(customer_reference),
        supplement=supplement.strip(),
        code=kind,
    )
    facts["is_return"] = facts.get("is_return", False) or mark.startswith("R") or kind[1:] == "RTI"
    return Line(
        booked_on=booked_on,
        value_on=value_on,
        amount_minor=-minor if is_debit else minor,
        currency=message.currency,
        bank_reference=reference(bank_reference),
        charges_minor=kept_minor(supplement, message.currency),
        file_line=found.at.line or 0,
        **facts,
    )


def reference(text: str) -> str:
    """Return the reference, empty for the words that say there is none."""
    text = text.strip()
    return "" if text.upper() in NO_REFERENCE else text


def head(message: Message) -> Statement:
    """Return what stands before the lines; refuses a statement without account or currency."""
    if message.account is None:
        raise message.at.error("a statement without account (:25:)", CUT_OFF)
    if not re.fullmatch(r"[A-Z]{3}", message.currency):
        raise message.at.error("a statement without currency (:60F: or :34F:)", CUT_OFF)
    compact = message.account.replace(" ", "").upper()
    is_iban = re.match(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", compact)
    iban = re.sub(r"[A-Z]{3}\Z", "", compact) if is_iban else ""
    return Statement(
        account_iban=iban,
        account_other="" if iban else message.account,
        currency=message.currency,
        reference=message.reference,
        sequence=message.sequence,
        from_on=message.opening[2] if message.opening else None,
        to_on=message.closing[2] if message.closing else None,
        opening_minor=message.opening[0] if message.opening else None,
        closing_minor=message.closing[0] if message.closing else None,
        kind="intraday" if message.interim and message.opening is None else "booked",
        format="mt942" if message.interim and message.opening is None else "mt940",
        file_line=message.at.line or 0,
    )


def closed(message: Message) -> Iterator[Record]:
    """Give the statement as it ends; refuses one that begins with a balance and does not end with one."""
    if message.opening is not None and message.closing is None:
        raise message.at.error("the statement that begins here has no closing balance (:62F:)", CUT_OFF)
    if message.opening is None and not message.interim:
        raise message.at.error("the statement that begins here has no opening balance (:60F:)", CUT_OFF)
    if message.opening and message.closing and message.opening[1] != message.closing[1]:
        raise message.at.error(f"opens in {message.opening[1]} and closes in {message.closing[1]}", CUT_OFF)
    if not message.head_given:
        yield head(message)
    days = message.days
    ended = head(message)
    yield replace(
        ended,
        from_on=min(filter(None, [ended.from_on, *days]), default=None),
        to_on=max(filter(None, [ended.to_on, *days]), default=None),
        not_booked=message.not_booked,
    )
