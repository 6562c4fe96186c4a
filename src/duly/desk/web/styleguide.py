"""The style guide: every component of the frame on one page, on invented figures. Only in the demo and
while developing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from duly.desk.web import frame
from duly.desk.web.export import table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.forms import Form
from duly.desk.web.frame import FrameFacts, Toast, signed_in
from duly.desk.web.page import ANYONE, done, page
from duly.desk.web.paging import LIMIT, PAGE_SIZE, Page, cursor_of, page_of, sort_of
from duly.desk.web.render import render
from duly.desk.web.svg import Segment, Series, Step
from duly.formats.tabular.write import Column
from duly.kernel.actor import EVERY_RIGHT, Actor
from duly.kernel.refusals import NeedsConfirmation, NotAllowed, Refused

HERE = "/desk/styleguide"
A_DAY = date(2026, 11, 23)
SAMPLE = Actor(1, None, "Sam Sample", frozenset([EVERY_RIGHT]), roles=("specialist",), zone="Europe/Berlin")
FILTERS = (
    Filter("state", "State", "choice", {"open": "Open", "overdue": "Overdue", "paid": "Paid"}),
    Filter("from", "Due from", "date"),
    Filter("over", "Open over", "money", currency="USD", chip="Open over %s"),
    Filter("disputed", "Disputed only", "flag", chip="Disputed"),
)
COLUMNS = (
    Column("Invoice"),
    Column("Customer"),
    Column("Due", "date"),
    Column("Open", "money", "Currency"),
    Column("Currency"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sample list."""

    id: int
    number: str
    customer: str
    due_on: date
    open_minor: int
    days: int
    trend: tuple[int, ...]


def in_demo_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 404 in a working office; elsewhere lend the page a sample person when nobody is signed in."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponseBase:
        if not (settings.DEBUG or settings.DULY_DEMO):
            raise Http404
        if frame.actor_of(request) is None:
            request.actor = SAMPLE  # type: ignore[attr-defined]
        return view(request)

    return shown


@page("GET", "POST", right=ANYONE)
@in_demo_only
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the style guide; its form answers with its own errors."""
    actor = signed_in(request)
    form = Form(request, actor, begin_with={"amount": "1,250.00", "reason": "price"})
    if request.method == "POST":
        minor = form.money("amount", "Amount", currency="USD", at_least=1, at_most=1_000_000)
        form.day("on", "Date", latest=A_DAY)
        form.choice("reason", "Reason", ["price", "quantity", "goodwill"])
        form.text("note", "Note", required=False, at_most=40)
        if not form.wrong:
            return done(request, HERE, f"Credited {minor / 100:,.2f}.", undo=1)
    status = 422 if form.wrong else 200
    return render(request, "styleguide.html", sample(request, form), status=status, toasts=sample_toasts(request))


@page("POST", right=ANYONE)
@in_demo_only
def act(request: HttpRequest) -> HttpResponseBase:
    """Pretend to act, and offer Undo."""
    return done(request, HERE, "Matched 3 lines, $4,820.00.", undo=42)


@page("POST", right=ANYONE)
@in_demo_only
def refuse(request: HttpRequest) -> HttpResponseBase:
    """Say no in each of the three ways."""
    kind = request.POST.get("kind", "")
    if kind == "right":
        raise NotAllowed(
            "access.limit_exceeded",
            right="invoices.credit",
            amount_minor=75_000,
            limit_minor=50_000,
            currency="USD",
            who=["Priya Example", "Noor Example"],
        )
    if kind == "confirm" and request.POST.get("confirmed") != "yes":
        raise NeedsConfirmation("styleguide.unusual_amount", amount_minor=9_999_900, currency="USD")
    if kind == "confirm":
        return done(request, HERE, "Confirmed.")
    raise Refused("invoices.already_settled", number="INV-1042", settled_on=A_DAY)


@page("GET", right=ANYONE)
@in_demo_only
def export(request: HttpRequest) -> HttpResponseBase:
    """Give the sample list as a file."""
    rows = ((row.number, row.customer, row.due_on, row.open_minor, "USD") for row in lines())
    return table_file(request, "sample", COLUMNS, rows)


def sample_toasts(request: HttpRequest) -> list[Toast]:
    """Return a message to look at, unless a real one is due."""
    waiting = getattr(request, "session", {}).get(frame.TOASTS)
    return (
        []
        if waiting or request.method == "POST"
        else [Toast("Matched Blue Harbor, $12,406.18 to 1 invoice.", undo="/undo/7")]
    )


def lines() -> list[Line]:
    """Return 120 sample lines, in order of due date."""
    names = (
        "Northwind Trading Co.",
        "Blue Harbor Health Plan",
        "Calder & Voss LLP",
        "Łódź Médical",
        "Stonegate Dental Group",
    )
    found = []
    for i in range(120):
        trend = tuple(20 + (i * 7 + k * k * 3) % 29 for k in range(8))
        amount = -12_050 if i == 3 else 1_980_00 + (i * 7919) % 900_000
        found.append(
            Line(
                i + 1,
                f"INV-{20418 + i}",
                names[i % 5],
                date(2026, 9, 1) + timedelta(days=i),
                amount,
                30 - i,
                trend,
            )
        )
    return found


def list_page(request: HttpRequest) -> Page[Line]:
    """Cut the sample list to a page the way a query does."""
    sort = sort_of(request, ["due_on", "open_minor"], default="due_on")
    cursor = cursor_of(request, sort)
    rows = sorted(lines(), key=lambda row: (getattr(row, sort.column), row.id), reverse=sort.descending)
    if cursor.after_id is not None:
        last: Any = (cursor.after, cursor.after_id)
        rows = [
            row
            for row in rows
            if (
                (getattr(row, sort.column), row.id) < last
                if sort.descending
                else (getattr(row, sort.column), row.id) > last
            )
        ]
    return page_of(request, rows[:LIMIT], sort, key=lambda row: getattr(row, sort.column), row_id=lambda row: row.id)


def sample(request: HttpRequest, form: Form) -> Mapping[str, Any]:
    """Return everything the style guide shows."""
    narrowed: Narrowed = narrow(
        request, FILTERS, signed_in(request), views=[("Everything", ""), ("Overdue", "state=overdue")]
    )
    months = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    billed = [310_000_00 + (i * 37 % 11) * 9_500_00 for i in range(12)]
    received = [value - (i * 53 % 7) * 11_000_00 for i, value in enumerate(billed)]
    return {
        "facts": FrameFacts(
            "Sample Office",
            {"today": 12, "match": 34, "charges": 4},
            "November 2026 is open",
            "closes Dec 3",
            period_path="/settings",
        ),
        "here": "match",
        "form": form,
        "narrowed": narrowed,
        "page": list_page(request),
        "page_size": PAGE_SIZE,
        "a_day": A_DAY,
        "chosen": request.GET.get("line", "20418"),
        "segments": [
            Segment("by rules", 212, 1),
            Segment("by people", 14, 2),
            Segment("ready", 20, 3),
            Segment("to decide", 10, 4),
            Segment("no match", 4, 5),
        ],
        "buckets": [
            ("Not due", 952_000),
            ("1–30", 146_000, "#"),
            ("31–60", 48_000),
            ("61–90", 0),
            ("90+", 1_200),
        ],
        "months": months,
        "series": [Series("Billed", billed, 1), Series("Received", received, 3)],
        "line_chart": line_chart(),
        "steps": [
            Step("Opening balance, Jan 1", 830_000, "#"),
            Step("Charges billed", 1_296_000, "#", "14 invoices"),
            Step("Payments", -965_000, "#", "9 receipts"),
            Step("Credits", -15_000, "#"),
        ],
        "evidence": [
            {
                "title": "Invoice numbers are in the bank text",
                "points": 52,
                "text": "20418, 20433 and 20440 appear.",
            },
            {
                "title": "The sum agrees to the cent",
                "points": 30,
                "text": "1,980.00 + 1,560.00 + 1,280.00 = 4,820.00.",
            },
            {"title": "The payer is known", "points": 14, "text": "Confirmed as this customer 14 times."},
        ],
        "bills": bills(),
        "journal": [("1050 Bank clearing", 482_000, None), ("1200 Accounts receivable", None, 482_000)],
        "money_samples": [(123_456_789, "USD"), (-45_600, "EUR"), (1_234, "JPY"), (1_234_567, "KWD")],
    }


def bills() -> list[dict[str, Any]]:
    """Return the next twelve bills of a sample agreement."""
    found: list[dict[str, Any]] = []
    for i in range(12):
        month = (A_DAY.month + i) % 12 + 1
        year = A_DAY.year + (A_DAY.month + i) // 12
        paused = i in (4, 5)
        found.append(
            {
                "title": date(year, month, 1).strftime("%b %Y"),
                "on": date(year, month, 1),
                "amount_minor": None if paused else 288_000 + (24_000 if i > 1 else 0),
                "currency": "USD",
                "note": "Paused" if paused else "240 seats" if i < 2 else "260 seats",
                "state": "now" if i == 0 else "none" if paused else "",
            }
        )
    return found


def line_chart() -> dict[str, Any]:
    """Return thirteen months of a figure people read by pointer, for uPlot."""
    starts = [1_761_955_200 + i * 2_629_800 for i in range(13)]
    days = [44, 43, 45, 42, 41, 41, 40, 42, 39, 38, 38, 37, 36]
    return {
        "x": starts,
        "series": [
            {"label": "Days sales outstanding", "values": days, "colour": 1},
            {"label": "Goal", "values": [38] * 13, "colour": 4, "dash": True},
        ],
        "language": "en",
    }
