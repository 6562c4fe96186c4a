"""What every new set of books starts with: a chart of accounts and monthly periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import run_sql

HERE = "duly.ledger"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One ledger account of a chart."""

    code: str
    name: str
    kind: str
    control: str | None = None


SHIPPED_CHART = (
    ChartRow("1050", "Undeposited receipts", "asset"),
    ChartRow("1100", "Operating bank account", "asset"),
    ChartRow("1110", "Second bank account", "asset"),
    ChartRow("1200", "Accounts receivable", "asset", "receivable"),
    ChartRow("1290", "Allowance for doubtful accounts", "asset"),
    ChartRow("1310", "Withholding tax to be claimed", "asset"),
    ChartRow("2150", "Unapplied cash", "liability", "unapplied"),
    ChartRow("2160", "Unidentified receipts", "liability"),
    ChartRow("2170", "Refunds on their way", "liability"),
    ChartRow("2200", "Tax payable", "liability"),
    ChartRow("3000", "Opening balances", "equity"),
    ChartRow("4000", "Revenue", "income"),
    ChartRow("4100", "Usage revenue", "income"),
    ChartRow("4900", "Credits and allowances", "income"),
    ChartRow("4950", "Late fees and interest", "income"),
    ChartRow("6100", "Bank charges", "expense"),
    ChartRow("6800", "Exchange differences", "expense"),
    ChartRow("6900", "Small differences", "expense"),
    ChartRow("6950", "Bad debt", "expense"),
)


def make_chart(entity_id: int, rows: tuple[ChartRow, ...] = SHIPPED_CHART) -> None:
    """Give the entity these ledger accounts; those it has stay as they are."""
    run_sql(
        HERE,
        "setup/make_chart.sql",
        entity=entity_id,
        codes=[row.code for row in rows],
        names=[row.name for row in rows],
        kinds=[row.kind for row in rows],
        controls=[row.control for row in rows],
    )


def make_periods(entity_id: int, first_on: date, last_on: date) -> None:
    """Open a period for every month from `first_on` to `last_on`; those that exist stay as they are."""
    run_sql(HERE, "setup/make_periods.sql", entity=entity_id, first_on=first_on, last_on=last_on)
