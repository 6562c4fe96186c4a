"""`duly invoice`: show, print, send, void or credit a document by its number."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from duly.access.models import Entity
from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.delivery import resend_invoice
from duly.invoicing.actions.paper import keep, render
from duly.invoicing.actions.void import void_invoice
from duly.invoicing.queries.documents import Document, Explained, document, document_by_number, explain_document
from duly.kernel.money import format_minor, to_minor
from duly.kernel.refusals import BadInput
from duly.site.cli.common import answer, operator, options, rehearsing, table, today_of

DRY_RUN = click.option("--dry-run", is_flag=True, help="Do it and keep nothing.")


@click.group("invoice")
def invoice_command() -> None:
    """Show, print, send, void or credit an invoice or credit note, named by its number."""


@invoice_command.command("show")
@click.argument("number")
@options
def show(number: str, as_json: bool, entity: Entity) -> None:
    """Show a document: lines, taxes, what is tied to it, what settled it, how it was sent."""
    found = explain_document(entity.id, document_by_number(entity.id, number).id)
    facts = {name: getattr(found, name) for name in Explained.__dataclass_fields__}
    answer(facts, _shown(found), as_json)


@invoice_command.command("pdf")
@click.argument("number")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="[default: NUMBER.pdf]")
@options
def pdf(number: str, output: Path | None, as_json: bool, entity: Entity) -> None:
    """Write a document's PDF/A: the same bytes each time."""
    found = document_by_number(entity.id, number)
    content = render(entity.id, found.id)
    file = output or Path(f"{found.number}.pdf")
    if not file.parent.is_dir():
        raise BadInput("invoice.no_such_folder", file=str(file), remedy="make the folder first")
    file.unlink(missing_ok=True)
    keep(file, content)
    facts = {"number": found.number, "file": str(file), "bytes": len(content)}
    answer(facts, f"{found.number} is in {file} ({len(content):,} bytes).", as_json)


@invoice_command.command("send")
@click.argument("number")
@click.option("--to", default="", help="Another address than the account's.")
@click.option("--as-file", is_flag=True, help="Into the folder for files instead of by mail.")
@DRY_RUN
@options
def send(number: str, to: str, as_file: bool, dry_run: bool, as_json: bool, entity: Entity) -> None:
    """Send a document once more. It waits a minute for second thoughts, then the worker sends it."""
    found = document_by_number(entity.id, number)
    with rehearsing(dry_run):
        resend_invoice(found.id, to=to, as_file=as_file, by=operator(entity))
    facts = {"number": found.number, "to": to, "as_file": as_file, "dry_run": dry_run}
    answer(facts, f"{found.number} {_would(dry_run)} sent again in a minute, by the worker.", as_json)


@invoice_command.command("void")
@click.argument("number")
@click.option("--reason", required=True, help="Stands on the credit note.")
@DRY_RUN
@options
def void(number: str, reason: str, dry_run: bool, as_json: bool, entity: Entity) -> None:
    """Take an invoice back whole by a credit note; its charges become billable again."""
    found = document_by_number(entity.id, number)
    with rehearsing(dry_run):
        credit_id = void_invoice(found.id, reason=reason, today=today_of(entity), by=operator(entity))
    _tell_credit(entity, found, "voided", credit_id, dry_run, as_json)


@invoice_command.command("credit")
@click.argument("number")
@click.option("--amount", help="Credit so much of the whole, tax included.")
@click.option("--line", "lines", multiple=True, metavar="N=AMOUNT", help="Credit so much of line N, before tax.")
@click.option("--full", is_flag=True, help="Credit all that is left.")
@click.option("--reason", required=True, help="Stands on the credit note.")
@DRY_RUN
@options
def credit(
    number: str,
    amount: str | None,
    lines: tuple[str, ...],
    full: bool,
    reason: str,
    dry_run: bool,
    as_json: bool,
    entity: Entity,
) -> None:
    """Credit an invoice: all that is left (--full), an amount with tax (--amount), or lines before tax (--line)."""
    if sum([amount is not None, bool(lines), full]) != 1:
        raise click.UsageError("say how much: --full, --amount AMOUNT, or --line N=AMOUNT")
    found = document_by_number(entity.id, number)
    with rehearsing(dry_run):
        credit_id = credit_invoice(
            found.id,
            lines=_lines(lines, found.currency) if lines else None,
            amount_minor=_minor(amount, found.currency) if amount is not None else None,
            reason=reason,
            today=today_of(entity),
            by=operator(entity),
        )
    _tell_credit(entity, found, "credited", credit_id, dry_run, as_json)


def _lines(pairs: tuple[str, ...], currency: str) -> dict[int, int]:
    parted = [pair.partition("=") for pair in pairs]
    if any(not place.isdecimal() for place, _, _ in parted):
        raise BadInput("credit.line_unclear", remedy="write --line N=AMOUNT, as --line 2=19.90")
    return {int(place): _minor(text, currency) for place, _, text in parted}


def _minor(text: str, currency: str) -> int:
    try:
        return to_minor(Decimal(text), currency)
    except (ValueError, InvalidOperation) as error:
        raise BadInput("credit.amount_unclear", amount=text, currency=currency, remedy="write it as 19.90") from error


def _tell_credit(entity: Entity, found: Document, done: str, credit_id: int, dry_run: bool, as_json: bool) -> None:
    if dry_run:
        answer({"number": found.number, "dry_run": True}, f"{found.number} would be {done}.", as_json)
        return
    note = document(entity.id, credit_id)
    facts = {
        "number": found.number, "dry_run": False, "credit_note": note.number,
        "currency": note.currency, "total_minor": note.total_minor,
    }  # fmt: skip
    amount = f"{format_minor(note.total_minor, note.currency)} {note.currency}"
    answer(facts, f"{found.number} is {done} by {note.number} over {amount}.", as_json)


def _would(dry_run: bool) -> str:
    return "would be" if dry_run else "is"


def _shown(found: Explained) -> str:
    doc = found.document

    def money(minor: int) -> str:
        return format_minor(minor, doc.currency)

    head = [
        f"{doc.number} {doc.kind.replace('_', ' ')} of {doc.issued_on}, due {doc.due_on}, reference {doc.reference}",
        f"{doc.account_number} {doc.account_name}",
        f"net {money(doc.net_minor)}, tax {money(doc.tax_minor)}, total {money(doc.total_minor)} {doc.currency}, "
        + ("nothing was due" if doc.open_minor is None else f"open {money(doc.open_minor)}")
        + (f"; voided by {doc.voided_by_number}" if doc.voided_by_number else ""),
    ]
    lines = [
        (line.line, line.description, line.quantity.normalize(), line.unit_price or "", line.tax_code,
         money(line.net_minor), money(line.credited_net_minor) if line.credited_net_minor else "")
        for line in found.lines
    ]  # fmt: skip
    heads = ("Line", "What", "Quantity", "Price", "Tax", "Net", "Credited")
    rest = [
        *(f"tax {t.tax_code} {t.component}: {money(t.tax_minor)} of {money(t.taxable_minor)}" for t in found.taxes),
        *(f"{link.relation.replace('_', ' ')} {link.number} over {money(link.total_minor)}" for link in found.links),
        *(f"settled {one.effective_on} by {one.other_number}: {money(one.amount_minor)}" for one in found.settlements),
        *(f"{way.kind} {way.state}{f': {way.reply}' if way.reply else ''}" for way in found.dispatches),
    ]  # fmt: skip
    return "\n".join([*head, table(heads, lines, right=(0, 2, 3, 5, 6)), *rest])
