"""What a report is: typed columns, rows that stream, totals, a chart that says the same, a proof where there
is one.

Screens, exports and the command line all render this one object; none of them knows a single report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from duly.formats.tabular.write import Column, Kind

Row = tuple[object, ...]
Cursor = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a report is asked with, as it stands in the address: a day, a choice, a word."""

    name: str
    label: str
    kind: Literal["date", "choice", "text"]
    value: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column as people read it; `href` is an address with {column} names filled from the row."""

    name: str
    label: str
    kind: Kind = "text"
    currency_field: str | None = None
    href: str = ""
    hidden: bool = False

    @property
    def typed(self) -> Column:
        """The column as files have it."""
        return Column(self.name, self.kind, self.currency_field)


@dataclass(frozen=True, slots=True)
class Series:
    """One line or row of bars of a chart, in minor units of one currency, one value a label."""

    name: str
    currency: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The shape of a report: `bars` lie on one scale, `columns` stand by month or day.

    Values are money, but where `unit` names something else ('days', 'percent').
    """

    kind: Literal["bars", "columns"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Two figures that must be one: what the report says and what the ledger says."""

    label: str
    currency: str
    report_minor: int
    ledger_minor: int
    href: str

    @property
    def difference_minor(self) -> int:
        """Ledger less report; zero when they tie."""
        return self.ledger_minor - self.report_minor


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows and where the next ones begin; `next` is None at the end."""

    rows: list[Row]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report as asked for. `rows` starts anew at each call and streams; it needs a transaction."""

    name: str
    title: str
    as_of: date
    parameters: tuple[Parameter, ...]
    columns: tuple[ReportColumn, ...]
    rows: Callable[[], Iterator[Row]]
    totals: tuple[Row, ...] = ()
    chart: Chart | None = None
    proofs: tuple[Proof, ...] = ()
    sentence: str = ""
    page_of: Callable[[Cursor | None, int], Page] | None = None

    def page(self, after: Cursor | None = None, limit: int = 50) -> Page:
        """Return the next rows after a cursor; reports without keys of their own show their beginning."""
        if self.page_of is not None:
            return self.page_of(after, limit)
        shown: list[Row] = []
        for row in self.rows():
            if len(shown) == limit:
                return Page(shown, None)
            shown.append(row)
        return Page(shown, None)

    @property
    def typed_columns(self) -> list[Column]:
        """The columns as files have them."""
        return [column.typed for column in self.columns]

    def links(self, row: Row) -> dict[str, str]:
        """Return the addresses of a row's cells by column name; cells without one are left out."""
        values = {column.name: value for column, value in zip(self.columns, row, strict=True)}
        return {
            column.name: column.href.format(**values)
            for column in self.columns
            if column.href and values[column.name] not in (None, "")
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks a report of what: the entity, today, and the address's parameters as text."""

    entity_id: int
    today: date
    values: Mapping[str, str] = field(default_factory=dict)

    def day(self, name: str, default: date) -> date:
        """Return a parameter as a day; ValueError for what is none."""
        text = self.values.get(name, "").strip()
        return date.fromisoformat(text) if text else default

    def choice(self, name: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Return a parameter that is one of the choices; the first when it is missing or unknown."""
        asked = self.values.get(name, "")
        return asked if asked in dict(choices) else choices[0][0]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report there is: its name in addresses, its title, what it answers and who builds it."""

    name: str
    title: str
    answers: str
    group: Literal["receivables", "cash", "books", "revenue", "lists", "collecting", "control"]
    build: Callable[[Asked], Report]
