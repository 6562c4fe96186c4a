"""How well the office is paid: DSO, collection effectiveness, aging over time, promises, what collecting costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import cast

from duly.kernel.money import format_minor
from duly.receivables.queries import Aging, aging_totals
from duly.reports.models import Asked, Chart, Parameter, Proof, Report, ReportColumn, ReportKind, Row, Series
from duly.reports.queries.common import control_proofs, day_parameter, fetch, stream, year_before
from duly.reports.queries.receivables import BUCKET_LABELS, money

MONTHS = 13
DSO_DAYS = 90
"""Sales of so many days stand behind DSO (count-back would need each day); the usual quarter."""


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What was open at the end of a month (or on the day asked for), per currency."""

    on: date
    aging: dict[str, Aging]

    def owed_minor(self, currency: str) -> int:
        """What customers owed: open debts, late or not; what they have with us is apart."""
        return sum(self.aging[currency].buckets) if currency in self.aging else 0

    def current_minor(self, currency: str) -> int:
        """What of it was not due yet."""
        return self.aging[currency].not_due_minor if currency in self.aging else 0

    def total_minor(self, currency: str) -> int:
        """All open items together, as the control accounts have them."""
        return self.aging[currency].total_minor if currency in self.aging else 0


def month_ends(as_of: date, count: int) -> list[date]:
    """Return the last `count` month ends up to a day; the day itself stands for its month."""
    days, day = [as_of], as_of.replace(day=1) - timedelta(days=1)
    while len(days) < count:
        days.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return days[::-1]


def standings(entity_id: int, as_of: date, count: int) -> list[MonthEnd]:
    """Return what was open at each of these month ends."""
    return [
        MonthEnd(day, {row.currency: row for row in aging_totals(entity_id, day)}) for day in month_ends(as_of, count)
    ]


def billed(entity_id: int, from_on: date, to_on: date) -> dict[str, int]:
    """Return what was billed less credited between two days per currency, tax included."""
    rows = fetch("collecting/billed.sql", entity=entity_id, from_on=from_on, to_on=to_on)
    return {str(row[0]): cast(int, row[1]) for row in rows}


def tenth(value: Decimal) -> Decimal:
    """Round to one decimal."""
    return value.quantize(Decimal("0.1"))


def label(day: date) -> str:
    """Name a month end on a chart."""
    return f"{day:%Y-%m}"


def build_dso(asked: Asked) -> Report:
    """How many days of sales wait to be paid: receivables at the end of each month over the sales of 90 days."""
    as_of = asked.day("as_of", asked.today)
    ends = standings(asked.entity_id, as_of, MONTHS)
    rows: list[Row] = []
    for end in ends:
        sales = billed(asked.entity_id, end.on - timedelta(days=DSO_DAYS - 1), end.on)
        for currency in sorted({*end.aging, *sales}):
            owed, current, sold = end.owed_minor(currency), end.current_minor(currency), sales.get(currency, 0)
            dso = tenth(Decimal(owed * DSO_DAYS) / sold) if sold > 0 else None
            best = tenth(Decimal(current * DSO_DAYS) / sold) if sold > 0 else None
            late = dso - best if dso is not None and best is not None else None
            from_on = end.on - timedelta(days=DSO_DAYS - 1)
            rows.append((label(end.on), end.on, from_on, currency, owed, sold, dso, best, late))
    return Report(
        name="dso",
        title="Days sales outstanding",
        as_of=as_of,
        parameters=(day_parameter(asked, "as_of", "As of", asked.today),),
        columns=(
            ReportColumn("month", "Month", href="/reports/aging?as_of={on}"),
            ReportColumn("on", "On", "date"),
            ReportColumn("from_on", "Sales since", "date", hidden=True),
            ReportColumn("currency", "Currency"),
            ReportColumn("owed", "Owed", "money", "currency", "/reports/open-items?as_of={on}"),
            ReportColumn("sales", "Billed in 90 days", "money", "currency", "/reports/invoices?from={from_on}&to={on}"),
            ReportColumn("dso", "DSO, days", "decimal"),
            ReportColumn("best", "Best possible", "decimal"),
            ReportColumn("late", "Days by lateness", "decimal"),
        ),
        rows=lambda: iter(rows),
        chart=numbers_chart(rows, 3, (("DSO, days", 6), ("Best possible", 7)), "days"),
        proofs=_proofs(asked.entity_id, ends[-1]),
        sentence=f"What is owed x {DSO_DAYS} / billed in the {DSO_DAYS} days before, tax included. Best possible counts"
        " only what is not due yet.",
    )


def numbers_chart(rows: list[Row], currency_at: int, lines: tuple[tuple[str, int], ...], unit: str) -> Chart:
    """Return columns of plain numbers (a decimal place is kept as tenths) by the first column, per currency."""
    labels = tuple(dict.fromkeys(str(row[0]) for row in rows))
    currencies = sorted({str(row[currency_at]) for row in rows})
    series = []
    for currency in currencies:
        own = {str(row[0]): row for row in rows if row[currency_at] == currency}
        for name, at in lines:
            values = (own[one][at] if one in own else None for one in labels)
            series.append(Series(name, currency, tuple(round(Decimal(str(value or 0))) for value in values)))
    return Chart("columns", labels, tuple(series), unit)


def _proofs(entity_id: int, end: MonthEnd) -> tuple[Proof, ...]:
    return control_proofs(entity_id, end.on, {currency: end.total_minor(currency) for currency in end.aging})


def build_cei(asked: Asked) -> Report:
    """What of the money that could be collected in a month was collected, in percent."""
    as_of = asked.day("as_of", asked.today)
    ends = standings(asked.entity_id, as_of, MONTHS + 1)
    rows: list[Row] = []
    for before, end in pairwise(ends):
        sales = billed(asked.entity_id, before.on + timedelta(days=1), end.on)
        for currency in sorted({*before.aging, *end.aging, *sales}):
            begin, sold = before.owed_minor(currency), sales.get(currency, 0)
            total, current = end.owed_minor(currency), end.current_minor(currency)
            could, did = begin + sold - current, begin + sold - total
            index = tenth(Decimal(100 * did) / could) if could > 0 else None
            rows.append((label(end.on), end.on, before.on, currency, begin, sold, total, current, index))
    return Report(
        name="collection-effectiveness",
        title="Collection effectiveness",
        as_of=as_of,
        parameters=(day_parameter(asked, "as_of", "As of", asked.today),),
        columns=(
            ReportColumn("month", "Month", href="/reports/cash-received?from={before}&to={on}&by=day"),
            ReportColumn("on", "On", "date"),
            ReportColumn("before", "Since", "date"),
            ReportColumn("currency", "Currency"),
            ReportColumn("begin", "Owed before", "money", "currency", "/reports/aging?as_of={before}"),
            ReportColumn("sales", "Billed", "money", "currency", "/reports/invoices?from={before}&to={on}"),
            ReportColumn("total", "Owed at the end", "money", "currency", "/reports/aging?as_of={on}"),
            money("current", "Of it not due"),
            ReportColumn("index", "Index, percent", "decimal"),
        ),
        rows=lambda: iter(rows),
        chart=numbers_chart(rows, 3, (("Collected, percent", 8),), "percent"),
        proofs=_proofs(asked.entity_id, ends[-1]),
        sentence="(Owed before + billed - owed at the end) / (owed before + billed - not due at the end);"
        " 100 is all that could be collected.",
    )


def build_aging_trend(asked: Asked) -> Report:
    """How old the debt was at the end of each month."""
    as_of = asked.day("as_of", asked.today)
    ends = standings(asked.entity_id, as_of, MONTHS)
    rows: list[Row] = []
    for end in ends:
        for currency, row in sorted(end.aging.items()):
            owed = end.owed_minor(currency)
            late = tenth(Decimal(100 * row.past_due_minor) / owed) if owed else None
            rows.append((label(end.on), end.on, currency, *row.buckets, row.unapplied_minor, row.total_minor, late))
    labels = tuple(label(end.on) for end in ends)
    currencies = sorted({str(row[2]) for row in rows})
    series = tuple(
        Series(
            name,
            currency,
            tuple(end.aging[currency].buckets[at] if currency in end.aging else 0 for end in ends),
        )
        for currency in currencies
        for at, name in enumerate(BUCKET_LABELS)
    )
    return Report(
        name="aging-trend",
        title="Aging over time",
        as_of=as_of,
        parameters=(day_parameter(asked, "as_of", "As of", asked.today),),
        columns=(
            ReportColumn("month", "Month", href="/reports/aging?as_of={on}"),
            ReportColumn("on", "On", "date"),
            ReportColumn("currency", "Currency"),
            *(
                money(name, text)
                for name, text in zip(
                    ("not_due", "late_1_30", "late_31_60", "late_61_90", "late_over_90"), BUCKET_LABELS, strict=True
                )
            ),
            money("unapplied", "Not applied"),
            money("total", "Total"),
            ReportColumn("late", "Late, percent", "decimal"),
        ),
        rows=lambda: iter(rows),
        chart=Chart("columns", labels, series),
        proofs=_proofs(asked.entity_id, ends[-1]),
        sentence="Each month end as it stood then, whatever was paid since.",
    )


PROMISES_BY = (("month", "Month"), ("rows", "Every promise"))


def build_promises(asked: Asked) -> Report:
    """How many promises to pay were kept."""
    by = asked.choice("by", PROMISES_BY)
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    days = {"entity": asked.entity_id, "from_on": from_on, "to_on": to_on}
    found = fetch("collecting/promises.sql", **days)
    parameters = (
        day_parameter(asked, "from", "Promised from", from_on),
        day_parameter(asked, "to", "To", to_on),
        Parameter("by", "Show", "choice", by, PROMISES_BY),
    )
    if by == "rows":
        return Report(
            name="promises",
            title="Promises to pay",
            as_of=to_on,
            parameters=parameters,
            columns=(
                ReportColumn("promised_on", "Promised for", "date"),
                ReportColumn("made_on", "Made on", "date"),
                ReportColumn("account", "Account", href="/accounts/{account}"),
                ReportColumn("name", "Name"),
                ReportColumn("made_with", "Said by"),
                ReportColumn("currency", "Currency"),
                money("amount", "Promised"),
                money("received", "Came"),
                ReportColumn("state", "State"),
                ReportColumn("settled_on", "Settled", "date"),
                ReportColumn("made_by", "Taken down by"),
            ),
            rows=lambda: stream("collecting/promise_rows.sql", **days),
        )
    return Report(
        name="promises",
        title="Promises to pay",
        as_of=to_on,
        parameters=parameters,
        columns=(
            ReportColumn("month", "Month", href=f"/reports/promises?by=rows&from={from_on}&to={to_on}"),
            ReportColumn("currency", "Currency"),
            ReportColumn("made", "Made", "int"),
            ReportColumn("kept", "Kept", "int"),
            ReportColumn("broken", "Broken", "int"),
            ReportColumn("open", "Open", "int"),
            ReportColumn("withdrawn", "Withdrawn", "int"),
            money("promised", "Promised"),
            money("kept_minor", "Of it kept"),
            ReportColumn("kept_percent", "Kept, percent", "decimal"),
        ),
        rows=lambda: iter(found),
        chart=numbers_chart(found, 1, (("Kept", 3), ("Broken", 4), ("Open", 5)), "promises"),
        sentence="Kept, of those that were either kept or broken; by the month they were promised for.",
    )


def build_cost(asked: Asked) -> Report:
    """What getting paid costs: people's time at their rate against the cash that came in."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", to_on.replace(day=1))
    days = {"entity": asked.entity_id, "from_on": from_on, "to_on": to_on}
    found = fetch("collecting/effort.sql", **days)
    cash = {str(row[0]): cast(int, row[1]) for row in fetch("collecting/cash.sql", **days)}
    cost: dict[str, int] = {}
    for row in found:
        cost[str(row[3])] = cost.get(str(row[3]), 0) + cast(int, row[5])
    said = [
        f"{format_minor(cost.get(currency, 0), currency)} {currency} of time brought {format_minor(minor, currency)}:"
        f" {tenth(Decimal(100 * cost.get(currency, 0)) / minor)} for each 100"
        for currency, minor in sorted(cash.items())
        if minor > 0
    ]
    hours = sum((Decimal(str(row[2])) for row in found), Decimal(0))
    return Report(
        name="cost-to-collect",
        title="Cost to collect",
        as_of=to_on,
        parameters=(day_parameter(asked, "from", "From", from_on), day_parameter(asked, "to", "To", to_on)),
        columns=(
            ReportColumn("person", "Person"),
            ReportColumn("acts", "Acts", "int"),
            ReportColumn("hours", "Hours", "decimal"),
            ReportColumn("currency", "Currency"),
            money("rate", "An hour"),
            money("cost", "Cost"),
        ),
        rows=lambda: iter(found),
        totals=tuple(
            ("", sum(cast(int, row[1]) for row in found), hours, currency, None, minor)
            for currency, minor in sorted(cost.items())
        ),
        chart=Chart(
            "bars",
            tuple(str(row[0]) for row in found),
            tuple(
                Series(currency, currency, tuple(cast(int, row[5]) if row[3] == currency else 0 for row in found))
                for currency in sorted(cost)
            ),
        ),
        sentence="; ".join(said) or "No cash came in these days.",
    )


KINDS = (
    ReportKind("dso", "Days sales outstanding", "How long sales wait to be paid", "collecting", build_dso),
    ReportKind(
        "collection-effectiveness",
        "Collection effectiveness",
        "What of the collectable money was collected",
        "collecting",
        build_cei,
    ),
    ReportKind("aging-trend", "Aging over time", "How old the debt was then", "collecting", build_aging_trend),
    ReportKind("promises", "Promises to pay", "Made, kept and broken", "collecting", build_promises),
    ReportKind("cost-to-collect", "Cost to collect", "People's time against cash", "collecting", build_cost),
)
