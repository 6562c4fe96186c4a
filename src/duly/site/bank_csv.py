"""How a bank's CSV is to be read, said on the command line: what the screen asks, as options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from duly.banking.queries import bank_accounts
from duly.formats.bank.csv_guess import DATE_FORMATS, guess_csv_mapping
from duly.formats.bank.csv_mapping import CsvMapping
from duly.formats.bank.read import GUESSED_BYTES, SNIFFED_BYTES, kind_of
from duly.formats.errors import FormatError
from duly.kernel.refusals import BadInput, NotFound

SIMPLE = {"date": "date_format", "decimal": "decimal_mark", "thousands": "thousands_mark", "currency": "currency"}
PARTS = (("YYYY", "%Y"), ("YY", "%y"), ("MMM", "%b"), ("MM", "%m"), ("DD", "%d"))
HELP = (
    "How a CSV is read where it can be read in more than one way, as NAME=VALUE: date=DD/MM/YYYY, decimal=, or"
    " decimal=. , thousands=MARK, currency=EUR, skip=ROWS, or ROLE=HEADER for a column (booked_on, amount, debit,"
    " credit, text, payer_name ...). Remembered for the bank account."
)


def mapping_for(
    data: bytes, name: str, options: Sequence[str], *, entity_id: int, bank_account_id: int | None
) -> CsvMapping | None:
    """Return how the file is read: as the options say, or None where it says so itself or is remembered.

    Refused, with the options that would decide it, where two readings give other days or amounts.
    """
    if not _is_csv(data, name):
        if options:
            raise BadInput("bank.file_needs_no_mapping", file=name, remedy="leave --mapping-option out")
        return None
    known = {account.id: account for account in bank_accounts(entity_id)}
    if bank_account_id is not None and bank_account_id not in known:
        raise NotFound("bank.account_unknown", account=bank_account_id, known=sorted(known))
    if not options and bank_account_id is not None and known[bank_account_id].csv_mapping is not None:
        return None
    wanted, columns = _read(options)
    guesses = _guesses(data, name)
    fitting = [one for one in guesses if all(getattr(one, field) == value for field, value in wanted.items())]
    if len(fitting) > 1:
        raise BadInput("bank.csv_two_readings", file=name, choices=_choices(fitting), remedy="choose one of each")
    if not options:
        return None
    base = (fitting or guesses or [CsvMapping(columns={})])[0]
    return replace(base, **wanted, columns={**base.columns, **columns})


def _is_csv(data: bytes, name: str) -> bool:
    try:
        return kind_of(data[:SNIFFED_BYTES], name) == "csv"
    except FormatError:
        return False  # the import itself says what is wrong with the file


def _guesses(data: bytes, name: str) -> list[CsvMapping]:
    sample = data[:GUESSED_BYTES]
    sample = sample[: sample.rfind(b"\n") + 1] if len(data) > GUESSED_BYTES else sample
    try:
        return [guess.mapping for guess in guess_csv_mapping(sample, name=name)]
    except FormatError:
        return []


def _read(options: Sequence[str]) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    wanted: dict[str, Any] = {}
    columns: dict[str, tuple[str, ...]] = {}
    for option in options:
        name, sign, value = option.partition("=")
        if not sign:
            raise BadInput("bank.mapping_option_unclear", option=option, remedy="write NAME=VALUE")
        if name == "date":
            wanted["date_format"] = strptime_of(value)
        elif name == "skip" and value.isascii() and value.isdigit():
            wanted["skip_rows"] = int(value)
        elif name in SIMPLE:
            wanted[SIMPLE[name]] = value
        elif name in {each.name for each in fields(CsvMapping)} or not name.isidentifier() or name == "skip":
            raise BadInput("bank.mapping_option_unclear", option=option, remedy="see duly bank import --help")
        else:
            columns[name] = (value,)
    return wanted, columns


def strptime_of(written: str) -> str:
    """Return a day's pattern such as DD/MM/YYYY as Python writes it; `%d/%m/%Y` stays as it is."""
    pattern = written
    for part, code in PARTS:
        pattern = pattern.replace(part, code).replace(part.lower(), code)
    if pattern not in DATE_FORMATS:
        known = ", ".join(shown_date(one) for one in DATE_FORMATS)
        raise BadInput("bank.date_format_unknown", date=written, remedy=f"one of {known}")
    return pattern


def shown_date(pattern: str) -> str:
    """Return a day's pattern as people write it."""
    for part, code in PARTS:
        pattern = pattern.replace(code, part)
    return pattern


def _choices(readings: Sequence[CsvMapping]) -> list[str]:
    """Return the options that would decide between the readings."""
    days = sorted({one.date_format for one in readings})
    marks = sorted({one.decimal_mark for one in readings})
    said = [f"--mapping-option 'date={shown_date(day)}'" for day in days if len(days) > 1]
    said += [f"--mapping-option 'decimal={mark}'" for mark in marks if len(marks) > 1]
    groups = sorted({one.thousands_mark for one in readings})
    if not said:
        said += [f"--mapping-option 'thousands={mark}'" for mark in groups]
    return said
