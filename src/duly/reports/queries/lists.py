"""Whole lists for files: invoices, receipts, allocations, accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duly.reports.models import Asked, Report, ReportColumn, ReportKind
from duly.reports.queries.common import day_parameter, stream, year_before
from duly.reports.queries.receivables import money


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: its statement takes the entity and two days, its columns are those of the statement."""

    name: str
    title: str
    answers: str
    columns: tuple[ReportColumn, ...]

    def build(self, asked: Asked) -> Report:
        """Return the list of what happened between two days, the last twelve months unless asked
        otherwise."""
        to_on = asked.day("to", asked.today)
        from_on = asked.day("from", year_before(to_on))
        path = f"list_{self.name.replace('-', '_')}.sql"
        return Report(
            name=self.name,
            title=self.title,
            as_of=to_on,
            parameters=(
                day_parameter(asked, "from", "From", from_on),
                day_parameter(asked, "to", "To", to_on),
            ),
            columns=self.columns,
            rows=lambda: stream(path, entity=asked.entity_id, from_on=from_on, to_on=to_on),
        )


NUMBER = ReportColumn("number", "Number", href="/why/{number}")
ACCOUNT = ReportColumn("account", "Account", href="/accounts/{account}")
NAME = ReportColumn("name", "Name")
CURRENCY = ReportColumn("currency", "Currency")
LISTS = (
    ListKind(
        "invoices",
        "Invoices and credit notes",
        "Every document issued between two days",
        (
            NUMBER,
            ReportColumn("kind", "Kind"),
            ReportColumn("issued_on", "Issued", "date"),
            ReportColumn("due_on", "Due", "date"),
            ACCOUNT,
            NAME,
            ReportColumn("po_number", "Order"),
            CURRENCY,
            money("net", "Net"),
            money("tax", "Tax"),
            money("total", "Total"),
            money("open", "Open"),
            ReportColumn("reference", "Payment reference"),
            ReportColumn("corrects", "Corrects"),
        ),
    ),
    ListKind(
        "receipts",
        "Receipts",
        "Every receipt between two days",
        (
            NUMBER,
            ReportColumn("received_on", "Received", "date"),
            ReportColumn("kind", "Kind"),
            ReportColumn("method", "Method"),
            ACCOUNT,
            NAME,
            ReportColumn("payer", "Payer"),
            ReportColumn("reference", "Reference"),
            CURRENCY,
            money("amount", "Amount"),
            money("unapplied", "Not applied"),
            ReportColumn("state", "State"),
        ),
    ),
    ListKind(
        "allocations",
        "Allocations",
        "What settled what between two days",
        (
            ReportColumn("id", "Id", "int"),
            ReportColumn("effective_on", "Day", "date"),
            ACCOUNT,
            NAME,
            ReportColumn("debit", "Settles", href="/why/{debit}"),
            ReportColumn("credit", "By", href="/why/{credit}"),
            CURRENCY,
            money("amount", "Amount"),
            ReportColumn("reason", "Reason"),
            ReportColumn("takes_back", "Takes back", "int"),
        ),
    ),
)


def _kind(one: ListKind) -> ReportKind:
    build: Callable[[Asked], Report] = one.build
    return ReportKind(one.name, one.title, one.answers, "lists", build)


KINDS = tuple(_kind(one) for one in LISTS)
