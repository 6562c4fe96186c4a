"""What was given up, why differences arose, and looks for what should not be."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from duly.matching.rules.finding import title_of
from duly.receivables.rules import WRITE_OFF_REASONS
from duly.reports.models import Asked, Chart, Parameter, Proof, Report, ReportColumn, ReportKind, Row, Series
from duly.reports.queries.common import by_currency, day_parameter, fetch, stream, year_before
from duly.reports.queries.receivables import money

GIVEN_UP_BY = (("reason", "Reason and person"), ("rows", "Every document"))
LATE_DAYS = 3
"""Money applied more than so many days after it came is late."""
LOOKS = (
    ("all", "All looks"),
    ("lapping", "Payer is not the account credited"),
    ("late", "Applied late"),
    ("limit", "Written off just under a limit"),
    ("refund", "Refund after a credit note"),
    ("shared", "Refund to a shared bank account"),
)


def reason_in_words(text: str) -> str:
    """Return a write-off's reason as people read it; credit notes carry their own words."""
    return WRITE_OFF_REASONS[text].words if text in WRITE_OFF_REASONS else text


def build_given_up(asked: Asked) -> Report:
    """Write-offs and credit notes by reason and person; each a document to look at."""
    by = asked.choice("by", GIVEN_UP_BY)
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    days = {"entity": asked.entity_id, "from_on": from_on, "to_on": to_on}
    found = [
        (what, reason_in_words(str(reason)), *rest) for what, reason, *rest in fetch("control/given_up.sql", **days)
    ]
    totals = by_currency(found, 3, 5)
    ledger = {str(row[0]): cast(int, row[1]) for row in fetch("control/given_up_ledger.sql", **days)}
    proofs = tuple(
        Proof("Documents against the ledger", currency, totals.get(currency, 0), ledger.get(currency, 0), "")
        for currency in sorted({*totals, *ledger})
    )
    parameters = (
        day_parameter(asked, "from", "From", from_on),
        day_parameter(asked, "to", "To", to_on),
        Parameter("by", "Show", "choice", by, GIVEN_UP_BY),
    )
    if by == "rows":
        return Report(
            name="given-up",
            title="Write-offs and credits",
            as_of=to_on,
            parameters=parameters,
            columns=(
                ReportColumn("on", "On", "date"),
                ReportColumn("what", "What"),
                ReportColumn("number", "Number", href="/why/{number}"),
                ReportColumn("account", "Account", href="/accounts/{account}"),
                ReportColumn("name", "Name"),
                ReportColumn("reason", "Reason"),
                ReportColumn("note", "Note"),
                ReportColumn("person", "Person"),
                ReportColumn("currency", "Currency"),
                money("amount", "Amount"),
            ),
            rows=lambda: (
                (*row[:5], reason_in_words(str(row[5])), *row[6:])
                for row in stream("control/given_up_rows.sql", **days)
            ),
            proofs=proofs,
        )
    by_reason: dict[tuple[str, str], int] = {}
    for row in found:
        key = (str(row[3]), str(row[1]))
        by_reason[key] = by_reason.get(key, 0) + cast(int, row[5])
    reasons = tuple(sorted({reason for _, reason in by_reason}))
    link = f"/reports/given-up?by=rows&from={from_on}&to={to_on}"
    return Report(
        name="given-up",
        title="Write-offs and credits",
        as_of=to_on,
        parameters=parameters,
        columns=(
            ReportColumn("what", "What", href=link),
            ReportColumn("reason", "Reason"),
            ReportColumn("person", "Person"),
            ReportColumn("currency", "Currency"),
            ReportColumn("documents", "Documents", "int"),
            money("amount", "Amount"),
        ),
        rows=lambda: iter(found),
        totals=tuple(("", "", "", currency, None, minor) for currency, minor in sorted(totals.items())),
        chart=Chart(
            "bars",
            reasons,
            tuple(
                Series(currency, currency, tuple(by_reason.get((currency, reason), 0) for reason in reasons))
                for currency in sorted(totals)
            ),
        ),
        proofs=proofs,
        sentence="By the reason given and the person who did it; what was taken back is taken off.",
    )


def build_causes(asked: Asked) -> Report:
    """Why differences arose, the dearest cause first, with its share of all: a Pareto."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    found = fetch("control/causes.sql", entity=asked.entity_id, from_on=from_on, to_on=to_on)
    totals = by_currency(found, 1, 3)
    running: dict[str, int] = {}
    rows: list[Row] = []
    for cause, currency, count, minor, accounts in found:
        key = str(currency)
        running[key] = running.get(key, 0) + cast(int, minor)
        share = (Decimal(100 * running[key]) / totals[key]).quantize(Decimal("0.1")) if totals[key] else None
        rows.append((cause, title_of(str(cause)), currency, count, accounts, minor, share))
    labels = tuple(dict.fromkeys(str(row[1]) for row in rows))
    return Report(
        name="causes",
        title="Causes of differences",
        as_of=to_on,
        parameters=(day_parameter(asked, "from", "Settled from", from_on), day_parameter(asked, "to", "To", to_on)),
        columns=(
            ReportColumn("key", "Key", hidden=True),
            ReportColumn("cause", "Cause", href="/discrepancies?show=done"),
            ReportColumn("currency", "Currency"),
            ReportColumn("cases", "Cases", "int"),
            ReportColumn("accounts", "Accounts", "int"),
            money("amount", "Amount"),
            ReportColumn("share", "Running share, percent", "decimal"),
        ),
        rows=lambda: iter(rows),
        totals=tuple(
            (None, "", currency, sum(cast(int, row[3]) for row in rows if row[2] == currency), None, minor, None)
            for currency, minor in sorted(totals.items())
        ),
        chart=Chart(
            "bars",
            labels,
            tuple(
                Series(
                    currency,
                    currency,
                    tuple(
                        sum(cast(int, row[5]) for row in rows if row[1] == name and row[2] == currency)
                        for name in labels
                    ),
                )
                for currency in sorted(totals)
            ),
        ),
        sentence="What people said the cause was; two causes of one difference share its amount.",
    )


def build_looks(asked: Asked) -> Report:
    """Looks for fraud: none proves anything, each names what a person should look at."""
    look = asked.choice("look", LOOKS)
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    asked_for = {
        "entity": asked.entity_id,
        "from_on": from_on,
        "to_on": to_on,
        "look": look,
        "late_days": LATE_DAYS,
    }
    names = dict(LOOKS)
    found = [(names[str(row[0])], *row[1:]) for row in fetch("control/looks.sql", **asked_for)]
    labels = tuple(label for key, label in LOOKS if key not in ("all",))
    currencies = sorted({str(row[6]) for row in found})
    return Report(
        name="fraud-looks",
        title="Looks for fraud",
        as_of=to_on,
        parameters=(
            day_parameter(asked, "from", "From", from_on),
            day_parameter(asked, "to", "To", to_on),
            Parameter("look", "Look", "choice", look, LOOKS),
        ),
        columns=(
            ReportColumn("look", "Look"),
            ReportColumn("person", "Person"),
            ReportColumn("account", "Account", href="/accounts/{account}"),
            ReportColumn("name", "Name"),
            ReportColumn("number", "Number", href="/why/{number}"),
            ReportColumn("on", "On", "date"),
            ReportColumn("currency", "Currency"),
            money("amount", "Amount"),
            ReportColumn("detail", "What was seen"),
        ),
        rows=lambda: iter(found),
        totals=tuple(
            ("", "", "", "", "", None, currency, minor, "")
            for currency, minor in sorted(by_currency(found, 6, 7).items())
        ),
        chart=Chart(
            "bars",
            labels,
            tuple(
                Series(
                    currency,
                    currency,
                    tuple(
                        sum(cast(int, row[7]) for row in found if row[0] == name and row[6] == currency)
                        for name in labels
                    ),
                )
                for currency in currencies
            ),
        ),
        sentence="None of these proves anything; each names what a person should look at.",
    )


def build_clerks(asked: Asked) -> Report:
    """How soon after it came each person applied money."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", year_before(to_on))
    days = {"entity": asked.entity_id, "from_on": from_on, "to_on": to_on, "late_days": LATE_DAYS}
    found = fetch("control/clerks.sql", **days)
    return Report(
        name="application-lag",
        title="How soon money is applied",
        as_of=to_on,
        parameters=(day_parameter(asked, "from", "From", from_on), day_parameter(asked, "to", "To", to_on)),
        columns=(
            ReportColumn("person", "Person", href=f"/reports/fraud-looks?look=late&from={from_on}&to={to_on}"),
            ReportColumn("currency", "Currency"),
            ReportColumn("applied", "Applied", "int"),
            ReportColumn("average", "Days on average", "decimal"),
            ReportColumn("longest", "At most", "int"),
            ReportColumn("late", f"Later than {LATE_DAYS} days", "int"),
            money("late_minor", "Amount of these"),
        ),
        rows=lambda: iter(found),
        chart=Chart(
            "bars",
            tuple(str(row[0]) for row in found),
            tuple(
                Series(currency, currency, tuple(cast(int, row[6]) if row[1] == currency else 0 for row in found))
                for currency in sorted({str(row[1]) for row in found})
            ),
        ),
        sentence=f"From the day money came to the day it was applied; more than {LATE_DAYS} days is late.",
    )


KINDS = (
    ReportKind("given-up", "Write-offs and credits", "By reason and person", "control", build_given_up),
    ReportKind("causes", "Causes of differences", "The dearest first, with running share", "control", build_causes),
    ReportKind("fraud-looks", "Looks for fraud", "Lapping, limits, refunds, shared accounts", "control", build_looks),
    ReportKind("application-lag", "How soon money is applied", "By person", "control", build_clerks),
)
