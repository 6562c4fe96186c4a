"""Bank lines from CSV, read as a mapping says: which column is what, how numbers and dates are written.

A mapping is made once per bank (guessed, then confirmed) and remembered; it never guesses while reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from duly.formats.amounts import unsigned_minor
from duly.formats.bank.statement import Line, Record, Statement
from duly.formats.errors import FormatError, Place, shown
from duly.formats.reference import is_iban
from duly.formats.tabular.read import Dialect, Row, read_csv
from duly.kernel.money import currency_digits

ROLES = (
    *("booked_on", "value_on", "amount", "debit", "credit", "direction", "currency", "account", "balance"),
    *("status", "text", "payer_name", "payer_account", "end_to_end_id", "bank_reference"),
    *("structured_reference", "mandate_id", "transaction_code"),
)
DEBIT_WORDS = frozenset({"d", "dr", "debit", "dbit", "s", "soll", "af", "debet", "débito", "débit", "-", "out"})
CREDIT_WORDS = frozenset({"c", "cr", "credit", "crdt", "h", "haben", "bij", "crédito", "crédit", "+", "in"})
PENDING_WORDS = frozenset({"pending", "vorgemerkt", "pendiente", "pndg", "en attente", "in behandeling"})
PLAIN_ROLES = (
    *("text", "payer_name", "end_to_end_id", "bank_reference", "structured_reference"),
    *("mandate_id", "transaction_code"),
)
UNIT = r"(?:[€$£¥]|(?:[A-Z]{3}))?"
PRINTED = re.compile(
    rf"(\()?([+-])?\s*({UNIT})\s*([+-])?\s*([0-9.,'’ \u00a0\u202f]*[0-9.,])\s*({UNIT})\s*([+-])?(\))?\Z",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """How one bank writes its CSV.

    `columns` gives each role the names of its columns in the header, or `#1`, `#2` ... where there is none;
    several columns of text are joined. `skip_rows` counts the rows above the header that are not blank.
    """

    columns: Mapping[str, tuple[str, ...]]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    skip_rows: int = 0
    has_header: bool = True
    decimal_mark: str = "."
    thousands_mark: str = ","
    date_format: str = "%Y-%m-%d"
    currency: str = ""
    account: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the mapping as it is remembered (plain JSON values)."""
        return asdict(self) | {"columns": {role: list(names) for role, names in self.columns.items()}}

    @staticmethod
    def from_dict(stored: Mapping[str, Any]) -> CsvMapping:
        """Return the mapping that was remembered; unknown keys are refused."""
        known = {each.name for each in fields(CsvMapping)}
        if unknown := set(stored) - known:
            raise ValueError(f"a CSV mapping has no {', '.join(sorted(unknown))}")
        columns = {role: tuple(names) for role, names in stored["columns"].items()}
        return CsvMapping(**{**stored, "columns": columns})


@dataclass(slots=True)
class Running:
    """The running balance of an account, followed in both directions of time."""

    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    ascends: bool = True
    descends: bool = True
    lines: int = 0
    balances: int = 0

    def follow(self, amount_minor: int, balance_minor: int | None) -> None:
        self.lines += 1
        if balance_minor is None:
            return
        self.balances += 1
        if self.last is not None:
            before_balance, before_amount = self.last
            self.ascends = self.ascends and balance_minor == before_balance + amount_minor
            self.descends = self.descends and before_balance == balance_minor + before_amount
        self.last = (balance_minor, amount_minor)
        self.first = self.first or self.last

    def ends(self) -> tuple[int | None, int | None, tuple[str, ...]]:
        """Return opening and closing balance, or a remark when the column does not follow."""
        if self.first is None or self.last is None or self.balances < self.lines:
            return None, None, ()
        if self.ascends:
            return self.first[0] - self.first[1], self.last[0], ()
        if self.descends:
            return self.last[0] - self.last[1], self.first[0], ()
        return None, None, ("the balance column does not follow from line to line",)


def iter_csv(source: BinaryIO, file: str, mapping: CsvMapping) -> Iterator[Record]:
    """Give the records of a CSV file; a new statement begins where account or currency changes."""
    rows = read_csv(source, file, Dialect(mapping.encoding, mapping.delimiter))
    head: Statement | None = None
    running = Running()
    for row, cells in mapped_rows(rows, file, mapping):
        at = Place(file, row.line)
        line, balance_minor = read_line(cells, mapping, at)
        account = squeezed(cells.get("account", "")) or mapping.account
        if head is None or (account, line.currency) != (
            head.account_iban or head.account_other,
            head.currency,
        ):
            if head is not None:
                yield ended(head, running)
            head, running = begun(account, line.currency, at), Running()
            yield head
        if cells.get("status", "").strip().casefold() in PENDING_WORDS:
            head = replace(head, not_booked=head.not_booked + 1)
            continue
        running.follow(line.amount_minor, balance_minor)
        days = [day for day in (head.from_on, head.to_on, line.booked_on) if day]
        head = replace(head, from_on=min(days), to_on=max(days))
        yield line
    if head is None:
        raise FormatError("no lines in the file", file=file, remedy="check the mapping's header row")
    yield ended(head, running)


def begun(account: str, currency: str, at: Place) -> Statement:
    compact = account.replace(" ", "").upper()
    iban = compact if is_iban(compact) else ""
    return Statement(
        account_iban=iban,
        account_other="" if iban else account,
        currency=currency,
        reference="",
        sequence="",
        from_on=None,
        to_on=None,
        opening_minor=None,
        closing_minor=None,
        format="csv",
        file_line=at.line or 0,
    )


def ended(head: Statement, running: Running) -> Statement:
    opening_minor, closing_minor, remarks = running.ends()
    return replace(head, opening_minor=opening_minor, closing_minor=closing_minor, remarks=remarks)


def mapped_rows(rows: Iterator[Row], file: str, mapping: CsvMapping) -> Iterator[tuple[Row, dict[str, str]]]:
    """Give each data row with its cells by role; the header must hold every column that the mapping names."""
    places: dict[str, list[int]] | None = None
    width = 0
    for number, row in enumerate(rows):
        if number < mapping.skip_rows:
            continue
        if places is None:
            places = column_places(row, mapping, Place(file, row.line))
            width = len(row.cells)
            if mapping.has_header:
                continue
        if len(row.cells) < width and any(at >= len(row.cells) for places_ in places.values() for at in places_):
            raise FormatError(
                f"a row of {len(row.cells)} columns where {width} were expected",
                file=file,
                line=row.line,
                remedy="the file may be cut off or have a footer",
            )
        yield row, {role: " ".join(row.cells[at] for at in found).strip() for role, found in places.items()}


def column_places(row: Row, mapping: CsvMapping, at: Place) -> dict[str, list[int]]:
    """Return the positions of each role's columns."""
    places: dict[str, list[int]] = {}
    for role, names in mapping.columns.items():
        if role not in ROLES:
            raise at.error(f"the mapping has an unknown role {role}", "roles are " + ", ".join(ROLES))
        places[role] = [column_place(row, name, at, has_header=mapping.has_header) for name in names]
    if "booked_on" not in places or not ({"amount", "debit", "credit"} & set(places)):
        raise at.error("the mapping names no date or no amount column", "complete the mapping")
    return places


def column_place(row: Row, name: str, at: Place, *, has_header: bool) -> int:
    if name.startswith("#") and name[1:].isdigit() and 1 <= int(name[1:]) <= len(row.cells):
        return int(name[1:]) - 1
    found = [place for place, cell in enumerate(row.cells) if has_header and cell == name]
    if len(found) != 1:
        raise at.error(
            f"the header has {len(found)} columns {shown(name)}",
            "choose the mapping of this bank, or make it anew",
        )
    return found[0]


def read_line(cells: Mapping[str, str], mapping: CsvMapping, at: Place) -> tuple[Line, int | None]:
    """Return the line of a row and the running balance beside it, if any."""
    currency = cells.get("currency", "").strip().upper() or mapping.currency
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise at.error(f"{shown(currency)} is not a currency", "name the account's currency in the mapping")
    booked_on = mapped_date(cells["booked_on"], mapping, at)
    account = squeezed(cells.get("payer_account", "")).replace(" ", "").upper()
    balance = cells.get("balance", "").strip()
    line = Line(
        booked_on=booked_on,
        value_on=mapped_date(cells["value_on"], mapping, at) if cells.get("value_on") else booked_on,
        amount_minor=mapped_amount(cells, mapping, currency, at),
        currency=currency,
        payer_iban=account if is_iban(account) else "",
        payer_account_other="" if is_iban(account) else account,
        file_line=at.line or 0,
        **{role: squeezed(cells[role]) for role in PLAIN_ROLES if role in cells},  # type: ignore[arg-type]
    )
    return line, signed_number(balance, mapping, currency, at) if balance else None


def squeezed(text: str) -> str:
    return " ".join(text.split())


def mapped_date(text: str, mapping: CsvMapping, at: Place) -> date:
    """Return the day in the mapping's format; a time behind it is left out."""
    try:
        return parsed_date(text, mapping.date_format)
    except ValueError as error:
        raise at.error(
            f"{shown(text)} is not a date written as {mapping.date_format}", "check the mapping's date format"
        ) from error


def parsed_date(text: str, date_format: str) -> date:
    day = text.strip().split("T")[0] if date_format == "%Y-%m-%d" else text.strip()
    words = day.split(" ")
    needed = date_format.count(" ") + 1
    return datetime.strptime(" ".join(words[:needed]), date_format).date()  # noqa: DTZ007


def mapped_amount(cells: Mapping[str, str], mapping: CsvMapping, currency: str, at: Place) -> int:
    """Return the signed amount of a row: one column, with or without direction, or debit and credit."""
    if "amount" in mapping.columns:
        minor = signed_number(cells["amount"], mapping, currency, at)
        return directed(minor, cells["direction"], at) if "direction" in mapping.columns else minor
    debit = signed_number(cells.get("debit") or "0", mapping, currency, at)
    credit = signed_number(cells.get("credit") or "0", mapping, currency, at)
    if not (cells.get("debit") or cells.get("credit")):
        raise at.error("a row without amount", "the file may have a footer; remove it or check the mapping")
    if (debit and credit) or credit < 0:
        raise at.error("a row with both debit and credit, or a negative credit", "check the mapping's columns")
    return credit or -abs(debit)


def directed(minor: int, direction: str, at: Place) -> int:
    """Return the amount with the sign its direction column says; a contradiction is refused."""
    word = direction.strip().casefold()
    if word in DEBIT_WORDS:
        return -abs(minor)
    if word not in CREDIT_WORDS or minor < 0:
        raise at.error(f"{shown(direction)} does not say credit or debit of this amount", "check the mapping")
    return minor


def signed_number(text: str, mapping: CsvMapping, currency: str, at: Place) -> int:
    """Return a number in minor units, read with the mapping's marks only; sign before, behind or brackets."""
    match = PRINTED.match(text.strip().replace("\u2212", "-"))
    signs = [match[2], match[4], match[7]] if match else []
    if match is None or len([sign for sign in signs if sign]) > 1 or bool(match[1]) != bool(match[8]):
        raise at.error(f"{shown(text)} is not an amount", "check the mapping's columns")
    named = {unit for unit in (match[3], match[6]) if unit.isalpha()}
    if named - {currency}:
        raise at.error(f"{shown(text)} is not in {currency}", "check the mapping's currency")
    number = plain_number(match[5], mapping, currency)
    if number is None:
        raise at.error(
            f"{shown(text)} is not an amount in {currency} with {mapping.decimal_mark!r} as decimal mark",
            "check the mapping's decimal mark",
        )
    minor = unsigned_minor(number, currency, at)
    return -minor if match[1] or "-" in signs else minor


def plain_number(number: str, mapping: CsvMapping, currency: str) -> str | None:
    """Return the number with a point and without groups; None if not written with the mapping's marks.

    Groups must have three digits and the fraction no more than the currency has, or 1.234 could be either.
    """
    space = "[ \u00a0\u202f]"
    mark = re.escape(mapping.decimal_mark)
    group = space if mapping.thousands_mark == " " else re.escape(mapping.thousands_mark)
    whole = rf"([0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)" if group else "([0-9]+)"
    found = re.fullmatch(rf"{whole}(?:{mark}([0-9]{{0,{currency_digits(currency)}}}))?", number)
    if found is None:
        return None
    return re.sub(r"[^0-9]", "", found[1]) + (f".{found[2]}" if found[2] else "")


@dataclass(frozen=True, slots=True)
class GuessedMapping:
    """A mapping that reads the whole sample, how sure it is (1 = nothing else fits), and what it rests on."""

    mapping: CsvMapping
    confidence: float
    reasons: tuple[str, ...] = field(default=())
