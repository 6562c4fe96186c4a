"""OFX and QFX statements of bank and card accounts: OFX 1 (SGML, tags left open) and OFX 2 (XML) alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from duly.formats.amounts import day_of, unsigned_minor
from duly.formats.bank.statement import Line, Record, Statement
from duly.formats.bank.text_lines import decoded
from duly.formats.errors import FormatError, Place, shown
from duly.formats.reference import is_iban
from duly.kernel.money import currency_digits

LARGEST_FILE = 64 * 1024 * 1024
TAG = re.compile(r"<(/?)([A-Za-z0-9._]{1,40})\s*>((?:[^<]|<!\[CDATA\[.*?\]\]>)*)", re.DOTALL)
CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{2,6}(?:[.:][0-9]+)?(?:\[.*\])?)?\Z", re.ASCII)
REFUSAL = re.compile(
    r"<CODE>\s*([0-9]+)\s*(?:</CODE>)?\s*<SEVERITY>\s*ERROR\s*(?:</SEVERITY>)?\s*(?:<MESSAGE>([^<]{0,200}))?"
)
NUMBER = re.compile(r"([+-]?)([0-9]{1,18})(?:([.,])([0-9]{0,10}))?\Z", re.ASCII)
STATEMENTS = ("STMTRS", "CCSTMTRS")
# Containers whose values must not be taken for the transaction's own.
INNER = ("CURRENCY", "ORIGCURRENCY", "PAYEE", "BANKACCTTO", "CCACCTTO", "IMAGEDATA")


@dataclass(slots=True)
class Open:
    """The statement under way."""

    at: Place
    values: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    not_booked: int = 0


def iter_ofx(source: BinaryIO, file: str) -> Iterator[Record]:
    """Give the records of an OFX file. Its ledger balance is that of the download, so no chain can be proved."""
    text = whole_text(source, file)
    found = 0
    message = ""
    for block, at in statements(text, file):
        found += 1
        yield from statement_records(block, at)
    if not found:
        refusal = REFUSAL.search(text)
        if refusal is not None:
            message = f": the bank answered error {refusal[1]} {(refusal[2] or '').strip()}"
        raise FormatError(f"no statement of a bank or card account{message}", file=file, remedy="download it again")


def whole_text(source: BinaryIO, file: str) -> str:
    """Return the file's text; refuses one that is too large, binary, cut off or declares entities."""
    data = source.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE or b"\0" in data:
        raise FormatError("too large or binary for an OFX file", file=file, remedy="download a shorter period")
    text = decoded(data.removeprefix(b"\xef\xbb\xbf"))
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise FormatError("an OFX file has no DOCTYPE", file=file, remedy="do not use this file")
    if text.upper().count("</OFX>") != 1 or text.upper().rstrip()[-6:] != "</OFX>":
        raise FormatError("the file does not end with one </OFX>", file=file, remedy="download it again")
    return text


def statements(text: str, file: str) -> Iterator[tuple[list[tuple[str, str, Place]], Place]]:
    """Give the tags of each statement as (name, value, place); a closing tag's name begins with a slash."""
    block: list[tuple[str, str, Place]] | None = None
    start, line, last = Place(file, 1), 1, 0
    for match in TAG.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        name, at = match[2].upper(), Place(file, line)
        if name in STATEMENTS and not match[1]:
            if block is not None:
                raise at.error("a statement inside a statement", "download it again")
            block, start = [], at
        elif name in STATEMENTS and block is not None:
            yield block, start
            block = None
        elif block is not None:
            value = html.unescape(CDATA.sub(lambda found: html.escape(found[1]), match[3]))
            block.append((match[1] + name, " ".join(value.split()), at))
    if block is not None:
        raise start.error("the statement that begins here is not closed", "download it again")


def statement_records(block: list[tuple[str, str, Place]], at: Place) -> Iterator[Record]:
    """Give head, lines and end of one statement."""
    opened = Open(at)
    transaction: dict[str, str] | None = None
    inside: list[str] = []
    for name, value, place in block:
        if name == "STMTTRN":
            if transaction is not None:
                raise place.error("a transaction inside a transaction", "download it again")
            transaction = {}
        elif name == "/STMTTRN":
            if transaction is None:
                raise place.error("a transaction that does not begin", "download it again")
            opened.lines.append(read_line(transaction, opened.values.get("CURDEF", ""), place))
            transaction = None
        elif name == "/STMTTRNP":
            opened.not_booked += 1
        else:
            inside = nested(inside, name)
            target = opened.values if transaction is None else transaction
            target.setdefault(".".join([*inside, name]), value)
    if transaction is not None:
        raise at.error("a transaction of this statement is not closed", "download it again")
    ended = statement_of(opened)
    yield ended
    yield from opened.lines
    yield ended


def nested(inside: list[str], name: str) -> list[str]:
    """Return the containers that are open after a tag."""
    if name in (*INNER, "LEDGERBAL", "AVAILBAL"):
        return [name]
    return [] if name.startswith("/") and name[1:] in inside else inside


def read_line(values: dict[str, str], currency: str, at: Place) -> Line:
    """Return the line of a transaction."""
    currency = values.get("CURRENCY.CURSYM", "") or currency
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise at.error(f"{shown(currency)} is not a currency", "the file names none")
    booked_on = read_date(values.get("DTPOSTED", ""), at)
    available = values.get("DTAVAIL", "")
    account = values.get("BANKACCTTO.ACCTID", "").replace(" ", "")
    name = values.get("NAME", "") or values.get("PAYEE.NAME", "")
    memo = values.get("MEMO", "")
    return Line(
        booked_on=booked_on,
        value_on=read_date(available, at) if available else booked_on,
        amount_minor=signed_minor(values.get("TRNAMT", ""), currency, at),
        currency=currency,
        text=memo if memo.startswith(name) and name else " ".join(part for part in (memo or name,) if part),
        payer_name=name,
        payer_iban=account if is_iban(account) else "",
        payer_account_other="" if is_iban(account) else account,
        end_to_end_id=values.get("REFNUM", "") or values.get("CHECKNUM", "").strip("0"),
        bank_reference=values.get("FITID", ""),
        transaction_code=values.get("TRNTYPE", "").upper(),
        file_line=at.line or 0,
    )


def statement_of(opened: Open) -> Statement:
    """Return the statement without lines; currency and period from the lines where the file leaves them open."""
    values, at = opened.values, opened.at
    currencies = {line.currency for line in opened.lines} or {values.get("CURDEF", "")}
    if len(currencies) > 1:
        raise at.error(f"lines in {', '.join(sorted(currencies))} in one statement", "one currency a statement")
    currency = currencies.pop()
    account = values.get("ACCTID", "")
    if not account or not re.fullmatch(r"[A-Z]{3}", currency):
        raise at.error("a statement without account or currency", "download it again")
    days = [line.booked_on for line in opened.lines]
    ledger = values.get("LEDGERBAL.BALAMT", "")
    from_on, to_on = values.get("DTSTART", ""), values.get("DTEND", "")
    bank = values.get("BANKID", "")
    return Statement(
        account_iban=account if is_iban(account) else "",
        account_other="" if is_iban(account) else f"{bank}/{account}".strip("/"),
        currency=currency,
        reference="",
        sequence="",
        from_on=read_date(from_on, at) if from_on else min(days, default=None),
        to_on=read_date(to_on, at) if to_on else max(days, default=None),
        opening_minor=None,
        closing_minor=signed_minor(ledger, currency, at) if ledger else None,
        not_booked=opened.not_booked,
        format="ofx",
        file_line=at.line or 0,
    )


def read_date(text: str, at: Place) -> date:
    """Return the day of an OFX date; time and zone are the bank's and stay unread."""
    match = DATE.match(text)
    if match is None:
        raise at.error(f"{shown(text)} is not a date", "expected as 20260331 or 20260331120000")
    return day_of(int(match[1]), int(match[2]), int(match[3]), at)


def signed_minor(text: str, currency: str, at: Place) -> int:
    """Return a signed amount; a comma is taken for a decimal mark only where it cannot be a group."""
    match = NUMBER.match(text)
    if match is None or (match[3] == "," and len(match[4]) > currency_digits(currency)):
        raise at.error(f"{shown(text)} is not an amount", "expected as -1234.56")
    minor = unsigned_minor(f"{match[2]}.{match[4]}" if match[4] else match[2], currency, at)
    return -minor if match[1] == "-" else minor
