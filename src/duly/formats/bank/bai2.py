"""BAI2 balance reports (Cash Management Balance Reporting Specifications, version 2), as North American banks
send them. Amounts have no decimal point: the currency says where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO

from duly.formats.amounts import LARGEST_MINOR, day_of
from duly.formats.bank.statement import Line, Record, Statement
from duly.formats.bank.text_lines import numbered_lines
from duly.formats.errors import FormatError, Place, shown
from duly.formats.reference import is_iban

AMOUNT = re.compile(r"[+-]?[0-9]{1,18}\Z", re.ASCII)
# How many fields follow a funds type; D is followed by its own count.
FUNDS_FIELDS = {"": 0, "Z": 0, "0": 0, "1": 0, "2": 0, "V": 2, "S": 3}
OPENING, CLOSING, NON_MONETARY = "010", "015", "890"
RETURNS = frozenset({"255", "257", "261", "266", "555", "557"})
INTERIM = ("1", "3")
CUT_OFF = "the file may be cut off; fetch it from the bank again"


@dataclass(slots=True)
class Raw:
    """A record with its continuations (88)."""

    code: str
    first: str
    more: list[str]
    at: Place

    def fields(self) -> list[str]:
        """Return the fields of a record whose continuations are fields too."""
        return [each.strip() for each in ",".join([self.first, *self.more]).split(",")]


@dataclass(slots=True)
class Account:
    """The account under way: its head, and what the bank's control total must add up to."""

    head: Statement
    booked_on: date
    total_minor: int = 0
    records: int = 0


def iter_bai2(source: BinaryIO, file: str) -> Iterator[Record]:
    """Give the records of a BAI2 file; control totals that do not fit are remarked on their statement."""
    reading = Reading()
    last = ""
    for raw in records(source, file):
        yield from reading.take(raw)
        last = raw.code
    if last != "99" or reading.account is not None:
        raise FormatError("the file has no end record (99)", file=file, remedy=CUT_OFF)


@dataclass(slots=True)
class Reading:
    """The group and the account that are open."""

    group: list[str] = field(default_factory=list)
    account: Account | None = None

    def take(self, raw: Raw) -> Iterator[Record]:
        if raw.code == "02":
            self.group = group_fields(raw)
        elif raw.code == "03":
            yield self.begin(raw)
        elif raw.code in ("16", "49"):
            if self.account is None:
                raise raw.at.error(f"a record {raw.code} outside an account (03)", CUT_OFF)
            if raw.code == "16":
                yield from transaction(raw, self.account)
            else:
                yield ended(raw, self.account)
                self.account = None

    def begin(self, raw: Raw) -> Statement:
        if not self.group or self.account is not None:
            raise raw.at.error("an account (03) without group (02), or inside another account", CUT_OFF)
        self.account = begun(raw, self.group)
        return self.account.head


def records(source: BinaryIO, file: str) -> Iterator[Raw]:
    """Give the logical records in order."""
    current: Raw | None = None
    for number, line in numbered_lines(source, file):
        code, _, rest = line.strip().partition(",")
        at = Place(file, number)
        # A slash ends a record; what is blank behind it is padding.
        rest = rest.strip().removesuffix("/").rstrip() if code != "16" else rest.strip().removesuffix("/")
        if not line.strip():
            continue
        if code == "88" and current is not None:
            current.more.append(rest)
            continue
        if code not in ("01", "02", "03", "16", "49", "98", "99"):
            raise at.error(f"{shown(code)} is not a BAI2 record", "one record a line; 88 continues the one before")
        if current is not None:
            yield current
        current = Raw(code, rest, [], at)
    if current is not None:
        yield current


def group_fields(raw: Raw) -> list[str]:
    """Return the fields of a group: receiver, originator, status, as-of date, time, currency, modifier."""
    found = [*raw.fields(), "", "", "", "", "", "", ""][:7]
    if found[2] not in ("1", "3"):
        raise raw.at.error(f"a group of status {shown(found[2])}", "only updates (1) and corrections (3) are booked")
    return found


def begun(raw: Raw, group: list[str]) -> Account:
    """Return the account with its ledger balances; every amount counts for the control total."""
    found = raw.fields()
    number = found[0]
    currency = (found[1] if len(found) > 1 else "") or group[5] or "USD"
    if not number or not re.fullmatch(r"[A-Z]{3}", currency):
        raise raw.at.error("an account without number, or in no currency", CUT_OFF)
    booked_on = short_date(group[3], raw.at)
    balances, total_minor = summaries(found[2:], raw.at)
    head = Statement(
        account_iban=number if is_iban(number) else "",
        account_other="" if is_iban(number) else number,
        currency=currency,
        reference=group[0],
        sequence="",
        from_on=booked_on,
        to_on=booked_on,
        opening_minor=balances.get(OPENING),
        closing_minor=balances.get(CLOSING),
        kind="intraday" if group[6] in INTERIM else "booked",
        format="bai2",
        file_line=raw.at.line or 0,
    )
    return Account(head, booked_on, total_minor, 1 + len(raw.more))


def summaries(found: list[str], at: Place) -> tuple[dict[str, int], int]:
    """Return balances by type code and the sum of all amounts of an account record."""
    balances: dict[str, int] = {}
    total_minor, here = 0, 0
    while here < len(found):
        code = found[here]
        if not code:
            here += 1
            continue
        if not re.fullmatch(r"[0-9]{3}", code, re.ASCII):
            raise at.error(f"{shown(code)} is not a balance type", "expected three digits")
        amount = found[here + 1] if here + 1 < len(found) else ""
        if amount:
            balances[code] = number_of(amount, at)
            total_minor += balances[code]
        here += 4 + funds_fields(found[here + 3 :], at)
    return balances, total_minor


def funds_fields(found: list[str], at: Place) -> int:
    """Return how many fields follow the funds type that stands first."""
    kind = found[0].upper() if found else ""
    if kind == "D":
        count = found[1] if len(found) > 1 else ""
        if not re.fullmatch(r"[0-9]{1,2}", count, re.ASCII):
            raise at.error(f"{shown(count)} is not a number of value dates")
        return 1 + 2 * int(count)
    if kind not in FUNDS_FIELDS:
        raise at.error(f"{shown(kind)} is not a funds type", "expected 0, 1, 2, D, S, V or Z")
    return FUNDS_FIELDS[kind]


def number_of(text: str, at: Place) -> int:
    """Return a signed whole number of minor units."""
    if not AMOUNT.match(text) or abs(int(text)) > LARGEST_MINOR:
        raise at.error(f"{shown(text)} is not an amount", "expected digits without a decimal point")
    return int(text)


def short_date(text: str, at: Place) -> date:
    """Return the day of YYMMDD."""
    if not re.fullmatch(r"[0-9]{6}", text, re.ASCII):
        raise at.error(f"{shown(text)} is not a date", "expected year, month and day as 260331")
    return day_of(2000 + int(text[:2]), int(text[2:4]), int(text[4:]), at)


def transaction(raw: Raw, account: Account) -> Iterator[Line]:
    """Give the line of a transaction; those that move no money (890) only count for the totals."""
    found, text = transaction_fields(raw)
    code, amount, funds = found[0], found[1] or "0", found[2].upper()
    minor = number_of(amount, raw.at)
    account.records += 1 + len(raw.more)
    account.total_minor += minor
    if code == NON_MONETARY:
        return
    after = 3 + funds_fields(found[2:], raw.at)
    bank_reference, customer_reference = ([*found[after:], "", ""])[:2]
    value_on = short_date(found[3], raw.at) if funds == "V" and found[3] else account.booked_on
    yield Line(
        booked_on=account.booked_on,
        value_on=value_on,
        amount_minor=sign_of(code, raw.at) * minor,
        currency=account.head.currency,
        text=" ".join(text.split()),
        end_to_end_id=customer_reference.strip(),
        bank_reference=bank_reference.strip(),
        transaction_code=code,
        is_return=code in RETURNS,
        file_line=raw.at.line or 0,
    )


def transaction_fields(raw: Raw) -> tuple[list[str], str]:
    """Return the fields before the text, and the text, which may hold commas and run over continuations."""
    whole, more = raw.first, list(raw.more)
    while True:
        parts = [part.strip() for part in whole.split(",")]
        needed = 5 + (funds_fields(parts[2:], raw.at) if len(parts) > 2 else 0)
        if len(parts) > needed or not more:
            break
        whole = f"{whole},{more.pop(0)}"
    if len(parts) < 2:
        raise raw.at.error("a transaction without type and amount", CUT_OFF)
    text = ",".join(whole.split(",")[needed:])
    return [*parts[:needed], "", ""], " ".join([text, *more])


def sign_of(code: str, at: Place) -> int:
    """Return +1 for the codes of credits and -1 for those of debits; other codes say neither."""
    number = int(code) if re.fullmatch(r"[0-9]{3}", code, re.ASCII) else 0
    if 100 <= number <= 399 or 920 <= number <= 959:
        return 1
    if 400 <= number <= 699 or 960 <= number <= 999:
        return -1
    raise at.error(f"type code {shown(code)} is neither credit nor debit", "ask the bank what it means")


def ended(raw: Raw, account: Account) -> Statement:
    """Return the statement as closed, with a remark for each control figure that does not fit."""
    found = [*raw.fields(), ""]
    remarks = []
    if found[0] and number_of(found[0], raw.at) != account.total_minor:
        remarks.append(f"the bank's control total is {found[0]}, the amounts add up to {account.total_minor}")
    if found[1].isdigit() and int(found[1]) != account.records + 1 + len(raw.more):
        remarks.append(f"the bank counts {found[1]} records, the file holds {account.records + 1}")
    return replace(account.head, remarks=tuple(remarks))
