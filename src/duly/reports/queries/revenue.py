"""Revenue by month and tax by jurisdiction and rate, each tied to the ledger."""

from __future__ import annotations

from datetime import date
from typing import cast

from duly.reports.models import (
    Asked,
    Chart,
    Parameter,
    Proof,
    Report,
    ReportColumn,
    ReportKind,
    Row,
    Series,
)
from duly.reports.queries.common import by_currency, day_parameter, fetch, months, stream, year_before
from duly.reports.queries.receivables import money


def build_revenue(asked: Asked) -> Report:
    """What the income accounts took in by month, from the day totals of the ledger."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    found = fetch("revenue_by_month.sql", entity=asked.entity_id, from_on=from_on, to_on=to_on)
    labels = [f"{month:%Y-%m}" for month in months(from_on, to_on)]
    per: dict[tuple[str, str], int] = {}
    for row in found:
        key = (str(row[3]), str(row[0]))
        per[key] = per.get(key, 0) + cast(int, row[4])
    totals = by_currency(found, 3, 4)
    return Report(
        name="revenue",
        title="Revenue by month",
        as_of=to_on,
        parameters=(
            day_parameter(asked, "from", "From", from_on),
            day_parameter(asked, "to", "To", to_on),
        ),
        columns=(
            ReportColumn("month", "Month"),
            ReportColumn("code", "Ledger account", href="/reports/ledger-account?code={code}&currency={currency}"),
            ReportColumn("name", "Name"),
            ReportColumn("currency", "Currency"),
            money("revenue", "Revenue"),
        ),
        rows=lambda: iter(found),
        totals=tuple(("", "", "", currency, totals[currency]) for currency in sorted(totals)),
        chart=Chart(
            "columns",
            tuple(labels),
            tuple(
                Series(currency, currency, tuple(per.get((currency, label), 0) for label in labels))
                for currency in sorted(totals)
            ),
        ),
    )


def build_tax(asked: Asked) -> Report:
    """Tax of the documents issued between two days by jurisdiction, category and rate; every line can be
    drilled."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", to_on.replace(day=1))
    params = {"entity": asked.entity_id, "from_on": from_on, "to_on": to_on}
    found = fetch("tax_by_rate.sql", **params)
    ledger = {str(row[0]): cast(int, row[1]) for row in fetch("tax_in_ledger.sql", **params)}
    taxed = by_currency(found, 6, 9)
    return Report(
        name="tax",
        title="Tax by jurisdiction and rate",
        as_of=to_on,
        parameters=(
            day_parameter(asked, "from", "From", from_on),
            day_parameter(asked, "to", "To", to_on),
        ),
        columns=(
            ReportColumn("jurisdiction", "Jurisdiction"),
            ReportColumn("code", "Tax code", href=_drill(from_on, to_on)),
            ReportColumn("component", "Tax"),
            ReportColumn("category", "Category"),
            ReportColumn("rate_percent", "Rate %", "decimal"),
            ReportColumn("rate_id", "Rate row", "int", hidden=True),
            ReportColumn("currency", "Currency"),
            ReportColumn("documents", "Documents", "int"),
            money("taxable", "Taxable"),
            money("tax", "Tax"),
        ),
        rows=lambda: iter(found),
        totals=tuple(("", "", "", "", None, None, currency, None, None, taxed[currency]) for currency in sorted(taxed)),
        proofs=tuple(
            Proof(
                "Tax on documents against the tax accounts of the ledger",
                currency,
                taxed.get(currency, 0),
                ledger.get(currency, 0),
                f"/reports/trial-balance?from={from_on}&as_of={to_on}",
            )
            for currency in sorted({*taxed, *ledger})
        ),
    )


def _drill(from_on: date, to_on: date) -> str:
    return f"/reports/tax-documents?rate={{rate_id}}&currency={{currency}}&from={from_on}&to={to_on}"


def build_tax_documents(asked: Asked) -> Report:
    """The documents behind one line of the tax report."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", to_on.replace(day=1))
    rate, currency = asked.values.get("rate", ""), asked.values.get("currency", "")
    params = {
        "entity": asked.entity_id,
        "from_on": from_on,
        "to_on": to_on,
        "rate": int(rate) if rate else None,
        "currency": currency or None,
    }

    def totals() -> tuple[Row, ...]:
        return tuple(fetch("tax_documents_total.sql", **params))

    return Report(
        name="tax-documents",
        title="Tax document by document",
        as_of=to_on,
        parameters=(
            day_parameter(asked, "from", "From", from_on),
            day_parameter(asked, "to", "To", to_on),
            Parameter("rate", "Rate row", "text", rate),
            Parameter("currency", "Currency", "text", currency),
        ),
        columns=(
            ReportColumn("number", "Document", href="/invoices/{number}"),
            ReportColumn("issued_on", "Issued", "date"),
            ReportColumn("account", "Account", href="/accounts/{account}"),
            ReportColumn("name", "Name"),
            ReportColumn("code", "Tax code"),
            ReportColumn("component", "Tax"),
            ReportColumn("rate_percent", "Rate %", "decimal"),
            ReportColumn("currency", "Currency"),
            money("taxable", "Taxable"),
            money("tax", "Tax"),
        ),
        rows=lambda: stream("tax_documents.sql", **params),
        totals=totals(),
    )


KINDS = (
    ReportKind("revenue", "Revenue by month", "What the income accounts took in", "revenue", build_revenue),
    ReportKind("tax", "Tax by jurisdiction and rate", "What is owed to whom, down to the line", "revenue", build_tax),
    ReportKind(
        "tax-documents",
        "Tax document by document",
        "The documents behind a tax figure",
        "revenue",
        build_tax_documents,
    ),
)
