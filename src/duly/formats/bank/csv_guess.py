"""Guesses how a bank writes its CSV. Everything that fits is returned: where two readings give other days or
amounts, a person chooses."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import islice
from typing import Any

from duly.formats.bank.csv_mapping import (
    CsvMapping,
    GuessedMapping,
    mapped_amount,
    mapped_date,
    mapped_rows,
    parsed_date,
    signed_number,
)
from duly.formats.errors import FormatError, Place
from duly.formats.tabular.read import Row, detect_dialect, read_csv

SAMPLED_ROWS = 5_000
NAME = "the file"
DATE_FORMATS = (
    *("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d"),
    *("%Y/%m/%d", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%Y.%m.%d"),
)
NUMBER_MARKS = ((".", ","), (",", "."), (".", "'"), (",", " "), (".", "’"))
# The words banks print above their columns, in the languages seen; compared as letters only, lower case.
WORDS: dict[str, str] = {
    "booked_on": "date bookingdate posteddate postingdate transactiondate buchungstag buchungsdatum datum "
    "boekdatum fecha fechaoperación fechaoperacion fechacontable dateopération dateoperation "
    "datedopération datecomptable dateofbooking bookedon",
    "value_on": "valuedate valutadatum valuta wertstellung wertstellungstag fechavalor datevaleur "
    "datedevaleur rentedatum valueon",
    "amount": "amount betrag umsatz montant importe bedrag transactionamount importo",
    "debit": "debit débit soll debe cargo withdrawal withdrawals paidout moneyout belastung lastschrift "
    "debitamount débiteuros debet",
    "credit": "credit crédit haben haber abono deposit deposits paidin moneyin gutschrift creditamount créditeuros",
    "direction": "direction debitcredit creditdebit drcr crdr sollhaben sollhabenkennzeichen afbij "
    "debitcreditindicator dc",
    "currency": "currency währung waehrung devise moneda divisa munt valutacode muntsoort ccy currencycode",
    "account": "account accountnumber accountiban iban auftragskonto kontonummer compte cuenta rekening "
    "ownaccount ibankontoinhaber ibanauftragskonto",
    "balance": "balance runningbalance saldo saldonachbuchung solde kontostand saldonamutatie",
    "status": "status state buchungsstatus",
    "text": "text description details reference verwendungszweck purpose memo narrative "
    "remittanceinformation buchungstext libellé libelle concepto omschrijving mededelingen paymentreference "
    "zahlungsreferenz motif particulars",
    "payer_name": "payer payee name counterparty counterpartyname beguenstigterzahlungspflichtiger "
    "begünstigterzahlungspflichtiger zahlungspflichtiger auftraggeber auftraggeberempfänger "
    "namezahlungsbeteiligter beneficiary naamomschrijving tegenpartij naamtegenpartij payername "
    "ordenante beneficiario",
    "payer_account": "payeriban payeraccount counterpartyaccount counterpartyiban kontonummeriban "
    "ibanzahlungsbeteiligter tegenrekening kontonummerzahlungspflichtiger counterpartyaccountnumber "
    "beneficiaryiban",
    "end_to_end_id": "endtoendid endtoendreference kundenreferenz kundenreferenzendtoend endtoend",
    "bank_reference": "transactionid bankreference id referencenumber bankreferenz buchungsid fitid volgnr "
    "transactionreference",
    "structured_reference": "structuredreference creditorreference betalingskenmerk rfreference qrreference",
    "mandate_id": "mandateid mandatereference mandatsreferenz machtigingskenmerk mandate",
    "transaction_code": "transactioncode transactiontype type code buchungsart gvcode gvc",
}
ROLE_OF = {word: role for role, words in WORDS.items() for word in words.split()}
CURRENCY_IN_HEADER = re.compile(r"\b(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|JPY|AUD|CAD)\b|(€)")


def guess_csv_mapping(data: bytes, *, name: str = NAME) -> list[GuessedMapping]:
    """Return every mapping under which the sample reads without error, surest first; none when nothing fits.

    Two of equal confidence mean different days or amounts: the caller must ask. Raises FormatError when the
    data is no CSV at all.
    """
    dialect = detect_dialect(io.BytesIO(data), name)
    rows = list(islice(read_csv(io.BytesIO(data), name, dialect), SAMPLED_ROWS))
    header_at, columns = find_header(rows)
    if header_at is None:
        return []
    header = rows[header_at]
    base = CsvMapping(
        columns=columns,
        delimiter=dialect.delimiter,
        encoding=dialect.encoding,
        skip_rows=header_at,
        currency=currency_of(header, columns),
    )
    fitting = distinct(fitting_mappings(base, rows))
    reasons = (f"the header stands in line {header.line}", f"{len(rows) - header_at - 1} rows read")
    return [GuessedMapping(mapping, round(1 / len(fitting), 3), reasons) for mapping in fitting]


def find_header(rows: list[Row]) -> tuple[int | None, dict[str, tuple[str, ...]]]:
    """Return the first row that names a date and an amount, with its columns by role."""
    for at, row in enumerate(rows[:50]):
        columns: dict[str, tuple[str, ...]] = {}
        for cell in row.cells:
            role = role_of(cell)
            if role is not None and cell and (role == "text" or role not in columns):
                columns[role] = (*columns.get(role, ()), cell)
        if "booked_on" in columns and {"amount", "debit", "credit"} & set(columns):
            if "amount" in columns:
                columns = {role: names for role, names in columns.items() if role not in ("debit", "credit")}
            elif not {"debit", "credit"} <= set(columns):
                continue
            return at, columns
    return None, {}


def role_of(cell: str) -> str | None:
    """Return the role a header names: by all its letters, else without a unit in brackets or a currency."""
    letters = re.sub(r"[\W\d_]+", "", cell.casefold())
    bare = re.sub(r"\(.*?\)|\[.*?\]|\b(eur|usd|gbp|chf)\b", "", cell.casefold())
    return ROLE_OF.get(letters) or ROLE_OF.get(re.sub(r"[\W\d_]+", "", bare))


def currency_of(header: Row, columns: dict[str, tuple[str, ...]]) -> str:
    """Return the currency that the header of an amount column names, empty if none does."""
    names = [name for role in ("amount", "debit", "credit") for name in columns.get(role, ())]
    found = {"EUR" if match[2] else match[1] for name in names for match in CURRENCY_IN_HEADER.finditer(name)}
    return found.pop() if len(found) == 1 else ""


def fitting_mappings(base: CsvMapping, rows: list[Row]) -> list[tuple[CsvMapping, tuple[object, ...]]]:
    """Return the mappings that read every sampled row, each with the days and amounts it reads."""
    at = Place(NAME)
    try:
        mapped = [cells for _, cells in mapped_rows(iter(rows), NAME, base)]
    except FormatError:
        return []
    if not mapped:
        return []
    formats: list[dict[str, Any]] = [{"date_format": written} for written in DATE_FORMATS]
    days = readings(base, mapped, formats, at)
    marks: list[dict[str, Any]] = [{"decimal_mark": mark, "thousands_mark": group} for mark, group in NUMBER_MARKS]
    amounts = readings(base, mapped, marks, at)
    return [
        (replace(base, **day, **amount), (day_values, amount_values))
        for day, day_values in days
        for amount, amount_values in amounts
    ]


def readings(
    base: CsvMapping, mapped: list[dict[str, str]], choices: list[dict[str, Any]], at: Place
) -> list[tuple[dict[str, Any], tuple[object, ...]]]:
    """Return the choices that read every row, with what they read."""
    fitting = []
    for choice in choices:
        try:
            values = tuple(read_choice(replace(base, **choice), cells, choice, at) for cells in mapped)
        except (FormatError, ValueError):
            continue
        fitting.append((choice, values))
    return fitting


def read_choice(mapping: CsvMapping, cells: dict[str, str], choice: dict[str, Any], at: Place) -> object:
    """Read what the choice decides: the dates of a row, or its amounts (without currency, as if in EUR)."""
    if "date_format" in choice:
        value_on = cells.get("value_on", "")
        booked_on = mapped_date(cells["booked_on"], mapping, at)
        return booked_on, parsed_date(value_on, mapping.date_format) if value_on else None
    currency = cells.get("currency", "") or mapping.currency or "EUR"
    amount_minor = mapped_amount(cells, mapping, currency, at)
    balance = cells.get("balance", "")
    return amount_minor, signed_number(balance, mapping, currency, at) if balance else None


def distinct(found: list[tuple[CsvMapping, tuple[object, ...]]]) -> list[CsvMapping]:
    """Return one mapping for each different meaning; the first of those that mean the same."""
    meanings: dict[tuple[object, ...], CsvMapping] = {}
    for mapping, meaning in found:
        meanings.setdefault(meaning, mapping)
    return list(meanings.values())
