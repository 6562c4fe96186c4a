"""Cash received by day or month and by method."""

from __future__ import annotations

from typing import cast

from duly.reports.models import Asked, Chart, Parameter, Report, ReportColumn, ReportKind, Row, Series
from duly.reports.queries.common import day_parameter, fetch, year_before
from duly.reports.queries.receivables import money

BY = (("month", "Month"), ("day", "Day"), ("method", "Method"))
SHOWN_PERIODS = 31


def build_cash(asked: Asked) -> Report:
    """What came in, what went back, what stayed; opening balances taken over are not cash and left out."""
    by = asked.choice("by", BY)
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    found = fetch("cash_received.sql", entity=asked.entity_id, by=by, from_on=from_on, to_on=to_on)
    labels = sorted({str(row[0]) for row in found})[-SHOWN_PERIODS:]
    currencies = sorted({str(row[2]) for row in found})
    net: dict[tuple[str, str], int] = {}
    for row in found:
        key = (str(row[2]), str(row[0]))
        net[key] = net.get(key, 0) + cast(int, row[6])
    return Report(
        name="cash-received",
        title="Cash received",
        as_of=to_on,
        parameters=(
            day_parameter(asked, "from", "From", from_on),
            day_parameter(asked, "to", "To", to_on),
            Parameter("by", "By", "choice", by, BY),
        ),
        columns=(
            ReportColumn("period", dict(BY)[by]),
            ReportColumn("method", "Method"),
            ReportColumn("currency", "Currency"),
            ReportColumn("receipts", "Receipts", "int"),
            money("received", "Received"),
            money("returned", "Gone back"),
            money("net", "Stayed"),
        ),
        rows=lambda: iter(found),
        totals=tuple(_total(found, currency) for currency in currencies),
        chart=Chart(
            "columns" if by != "method" else "bars",
            tuple(labels),
            tuple(
                Series(currency, currency, tuple(net.get((currency, label), 0) for label in labels))
                for currency in currencies
            ),
        ),
    )


def _total(rows: list[Row], currency: str) -> Row:
    mine = [row for row in rows if row[2] == currency]
    return ("", "", currency, *(sum(cast(int, row[at]) for row in mine) for at in (3, 4, 5, 6)))


KINDS = (ReportKind("cash-received", "Cash received", "What came in, by day, month and method", "cash", build_cash),)
