"""A bank's file coming in: chosen, rehearsed, taken in; a CSV first says which column is what."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from duly.banking.actions import import_statements, undo_file
from duly.banking.actions.importing import ImportReport
from duly.banking.models import BankAccount
from duly.banking.queries import bank_accounts
from duly.desk.pages.payments.bank import home
from duly.desk.web.acting import acted, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import done, page, see_other
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.uploads import drop_upload, keep_upload, kept_upload
from duly.formats.bank.csv_guess import DATE_FORMATS, guess_csv_mapping
from duly.formats.bank.csv_mapping import CsvMapping, iter_csv
from duly.formats.bank.read import GUESSED_BYTES, SNIFFED_BYTES, kind_of
from duly.formats.bank.statement import Line
from duly.formats.errors import FormatError
from duly.formats.tabular.read import Dialect, detect_dialect, read_csv
from duly.kernel.actions import last_event_id, rehearsal
from duly.kernel.actor import Actor
from duly.matching.actions import propose

SENTENCES.update({"desk.file_gone": "This file does not wait here any more. Choose it again."})
MOST_BYTES = 50 * 2**20
ROLES = (
    ("booked_on", "Booking day"),
    ("value_on", "Value day"),
    ("amount", "Amount"),
    ("debit", "Money out"),
    ("credit", "Money in"),
    ("direction", "In or out"),
    ("currency", "Currency"),
    ("balance", "Balance after"),
    ("text", "Text"),
    ("payer_name", "Payer"),
    ("payer_account", "Payer’s account"),
    ("structured_reference", "Payment reference"),
    ("bank_reference", "Bank’s reference"),
    ("account", "Our account"),
)
MARKS = {"1,234.56": (".", ","), "1.234,56": (",", "."), "1 234,56": (",", " "), "1'234.56": (".", "'")}
SHOWN = 8


@page("POST", right="bank.import")
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen file and go on to look at it."""
    actor = signed_in(request)
    form = Form(request, actor)
    chosen = form.choice("bank", "Bank account", known_ids(actor), required=False)
    found = form.file("statement", "File", at_most_bytes=MOST_BYTES)
    if found is None or form.wrong:
        return home(request, form, status=422)
    token = keep_upload(actor.entity_id, found.read())
    query = {"name": str(found.name)[-120:]} | ({"bank": chosen} if chosen else {})
    return see_other(f"/payments/import/{token}?{urlencode(query)}")


def known_ids(actor: Actor) -> list[str]:
    return [str(each.id) for each in bank_accounts(actor.entity_id)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits: its bytes, its name, and the bank account it is said to be of."""

    token: str
    data: bytes
    name: str
    bank: BankAccount | None


def kept_file(request: HttpRequest, actor: Actor, token: str) -> Kept:
    """Return the file of a token, with what the address or the form says about it."""
    values = request.POST if request.method == "POST" else request.GET
    name, bank = values.get("name", "statement"), values.get("bank", "")
    owned = next((each for each in bank_accounts(actor.entity_id) if str(each.id) == bank), None)
    return Kept(token, kept_upload(actor.entity_id, token), name, owned)


@page("GET", right="bank.import")
def look(request: HttpRequest, token: str) -> HttpResponseBase:
    """Rehearse the file, or ask how a CSV is to be read."""
    actor = signed_in(request)
    return look_at(request, kept_file(request, actor, token), Form(None, actor))


def look_at(request: HttpRequest, kept: Kept, form: Form, *, status: int = 200) -> HttpResponseBase:
    """Show what taking the file in would do."""
    actor = signed_in(request)
    data, name, bank = kept.data, kept.name, kept.bank
    mapping: CsvMapping | None = None
    context: dict[str, Any] = {
        "token": kept.token,
        "name": name,
        "bank": bank,
        "form": form,
        "report": None,
        "readable": False,
    }
    with refusals_in(form, actor):
        kind = format_of(data, name, form)
        context["readable"] = bool(kind)
        if kind == "csv":
            mapping, clear = mapping_for(request, data, bank, form)
            context |= csv_context(data, name, bank, mapping, form) | {"clear": clear or bank is None}
            if bank is None or not clear:
                context["accounts"] = [(each.id, each.name) for each in bank_accounts(actor.entity_id)]
                return render(request, "payments/csv.html", context, status=422 if form.wrong else status)
        if not form.wrong:
            with rehearsal():
                context["report"] = import_statements(
                    data, name, bank_account_id=bank.id if bank else None, csv_mapping=mapping, by=actor
                )
    context["accounts"] = [(each.id, each.name) for each in bank_accounts(actor.entity_id)]
    return render(request, "payments/look.html", context, status=422 if form.wrong else status)


def format_of(data: bytes, name: str, form: Form) -> str:
    """Return the format of a file; what cannot be read is said in the form."""
    try:
        return kind_of(data[:SNIFFED_BYTES], name)
    except FormatError as error:
        form.whole.append(sentence(error))
        return ""


def sentence(error: FormatError) -> str:
    """Say what is wrong with a file and what to do about it."""
    parts = [part[:1].upper() + part[1:] + "." for part in (error.message, error.remedy) if part]
    return " ".join(parts)


def mapping_for(
    request: HttpRequest, data: bytes, bank: BankAccount | None, form: Form
) -> tuple[CsvMapping | None, bool]:
    """Return how a CSV is read, and whether that is beyond doubt: as typed, as remembered, or as the only way."""
    if "role-booked_on" in request.POST or "role-booked_on" in request.GET:
        return mapping_typed(request.POST or request.GET, data, bank), True
    if bank is not None and bank.csv_mapping is not None:
        return CsvMapping.from_dict(bank.csv_mapping), True
    try:
        guesses = guess_csv_mapping(sample_of(data))
    except FormatError as error:
        form.whole.append(sentence(error))
        return None, False
    best = guesses[0].mapping if guesses else None
    if best is not None and not best.currency and bank is not None:
        best = replace(best, currency=bank.currency)
    return best, len(guesses) == 1 and bank is not None


def sample_of(data: bytes) -> bytes:
    """Return the beginning of a file that ends with a whole line."""
    sample = data[:GUESSED_BYTES]
    return sample[: sample.rfind(b"\n") + 1] if len(data) > GUESSED_BYTES else sample


def mapping_typed(values: Mapping[str, str], data: bytes, bank: BankAccount | None) -> CsvMapping:
    """Return the mapping a person chose."""
    dialect = dialect_of(data)
    columns = {role: (values[f"role-{role}"],) for role, _ in ROLES if values.get(f"role-{role}", "")}
    decimal, thousands = MARKS.get(values.get("marks", ""), (".", ","))
    skip = values.get("skip", "0")
    return CsvMapping(
        columns,
        delimiter=dialect.delimiter,
        encoding=dialect.encoding,
        skip_rows=int(skip) if skip.isascii() and skip.isdigit() else 0,
        decimal_mark=decimal,
        thousands_mark=thousands,
        date_format=values.get("date_format", DATE_FORMATS[0]),
        currency=bank.currency if bank else "",
    )


def dialect_of(data: bytes) -> Dialect:
    return detect_dialect(io.BytesIO(sample_of(data)), "file")


def csv_context(
    data: bytes, name: str, bank: BankAccount | None, mapping: CsvMapping | None, form: Form
) -> dict[str, Any]:
    """Return what the mapping page shows: the head of the file, the choices, and how its lines would read."""
    rows = [row.cells for row in islice(read_csv(io.BytesIO(sample_of(data)), name, dialect_of(data)), 12)]
    skip = mapping.skip_rows if mapping else 0
    header = rows[skip] if len(rows) > skip else []
    lines: list[Line] = []
    problem = ""
    if mapping is not None:
        shown_as = mapping if mapping.currency or "currency" in mapping.columns else replace(mapping, currency="EUR")
        try:
            records = iter_csv(io.BytesIO(data), name, shown_as)
            lines = list(islice((record for record in records if isinstance(record, Line)), SHOWN))
        except FormatError as error:
            problem = f"Line {error.line}: {sentence(error)}"
    marks = (mapping.decimal_mark, mapping.thousands_mark) if mapping else (".", ",")
    return {
        "mapping": mapping,
        "header": header,
        "head_rows": rows[:6],
        "roles": ROLES,
        "formats": DATE_FORMATS,
        "marks": MARKS,
        "marks_now": next((text for text, pair in MARKS.items() if pair == marks), "1,234.56"),
        "skip": skip,
        "lines": lines,
        "problem": problem,
        "currency": mapping.currency if mapping and mapping.currency else bank.currency if bank else "EUR",
    }


@page("POST", right="bank.import")
def take_in(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take the file in, and have its new lines looked at."""
    actor = signed_in(request)
    kept = kept_file(request, actor, token)
    data, name, bank = kept.data, kept.name, kept.bank
    form = Form(request, actor)
    if request.POST.get("step") != "import":
        return look_at(request, kept, form)
    mapping = None
    if format_of(data, name, form) == "csv":
        mapping, _ = mapping_for(request, data, bank, form)
    if not form.wrong:
        with refusals_in(form, actor):
            report = import_statements(
                data, name, bank_account_id=bank.id if bank else None, csv_mapping=mapping, by=actor
            )
            event = last_event_id()
            drop_upload(actor.entity_id, token)
            if report.lines_new and actor.may("matching.match"):
                propose(by=actor)
            note = "" if not report.quarantined else f"{report.quarantined} put aside: see below."
            tone = "warn" if report.quarantined else "ok"
            return done(request, "/payments", said(report), undo=event, note=note, tone=tone)
    return look_at(request, kept, form, status=422)


def said(report: ImportReport) -> str:
    """Say what came of a file."""
    if report.already:
        return f"{report.name} was brought in before; nothing was changed."
    new = f"{report.lines_new:,} new line{'' if report.lines_new == 1 else 's'}"
    return f"{report.name}: {new}, {report.lines_known:,} known already."


@page("POST", right="bank.import")
def undo(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """Take a file back, whole."""
    undo_file(file_id, by=signed_in(request))
    return acted(request, "/payments", "The file is taken back; its lines are as if never seen.")
