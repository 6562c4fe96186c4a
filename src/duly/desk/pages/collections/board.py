"""The board: who owes past due, by stage, and one account with all that was said; expected cash."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.collections.actions.gate import Answered, Question, may_contact
from duly.collections.actions.keeping import keep_books
from duly.collections.actions.standing import refresh_board
from duly.collections.queries.account import (
    charges_of,
    consents_of,
    contacts_of,
    disputes_of,
    instalments_of,
    plans_of,
    promises_of,
    stops,
)
from duly.collections.queries.board import STAGES as STAGE_KEYS
from duly.collections.queries.board import card_of, cards, columns
from duly.collections.queries.forecast import expected_cash, habit_of
from duly.collections.queries.policies import handovers
from duly.collections.queries.runs import letters_to
from duly.desk.pages.collections.words import CHANNELS, GATE, OUTCOMES, STAGES, STOP_KINDS, tabs_of
from duly.desk.web.acting import acted, day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.finding import names_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.svg import Series
from duly.formats.tabular.write import Column
from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.parties.models import Party
from duly.parties.queries import party
from duly.receivables.queries import account_by_number

WEEK_COLUMNS = (
    Column("Week of", "date"),
    Column("Currency"),
    Column("Expected", "money", "Currency"),
    Column("Low 50 %", "money", "Currency"),
    Column("High 50 %", "money", "Currency"),
    Column("Low 90 %", "money", "Currency"),
    Column("High 90 %", "money", "Currency"),
    Column("From habits", "money", "Currency"),
    Column("From promises", "money", "Currency"),
    Column("From plans", "money", "Currency"),
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show one column of the board, most worth doing first."""
    actor = signed_in(request)
    counted = columns(actor.entity_id)
    stage = request.GET.get("stage", "")
    if stage not in STAGE_KEYS:
        stage = next((key for key in STAGE_KEYS if any(each.stage == key for each in counted)), "reminder")
    sort = Sort("score", descending=True)
    cursor = cursor_of(request, sort)
    after = (cursor.after, cursor.after_id) if isinstance(cursor.after, int) and cursor.after_id is not None else None
    rows = cards(actor.entity_id, stage, after=after, limit=LIMIT)
    today = day_of(actor)
    context = {
        "page": page_of(request, rows, sort, key=lambda row: row.score, row_id=lambda row: row.account_id),
        "stage": stage,
        "stages": [
            (
                STAGES[key],
                sum(each.accounts for each in counted if each.stage == key),
                f"/collections?stage={key}",
                key == stage,
            )
            for key in STAGE_KEYS
        ],
        "sums": [each for each in counted if each.stage == stage],
        "stage_name": STAGES[stage],
        "today": today,
        "people": names_of(actor.entity_id, today),
        "tabs": tabs_of("board"),
    }
    return render(request, "collections/board.html", context)


@page("POST", right="books.view")
def refresh(request: HttpRequest) -> HttpResponseBase:
    """Judge promises and plans by the money received, where the person may, and renew the board."""
    actor = signed_in(request)
    if actor.may("dunning.run"):
        keep_books(day_of(actor), by=actor)
    standing = refresh_board(day_of(actor), by=actor)
    return acted(request, "/collections", f"The board is as of now: {standing} accounts are past due.")


@page("GET", right="books.view")
def one(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show all that stands about an account, and what the gate says of a call and a mail right now."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    today, entity = day_of(actor), actor.entity_id
    payer = party(entity, found.party_id)
    plans = plans_of(entity, found.id)
    context = {
        "account": found,
        "payer": payer,
        "card": card_of(entity, found.id),
        "gate": gate_now(actor, payer, found.id),
        "habit": habit_of(entity, found.id, today),
        "contacts": contacts_of(entity, found.id, limit=30),
        "promises": promises_of(entity, found.id)[:20],
        "disputes": disputes_of(entity, found.id)[:20],
        "plans": [(each, instalments_of(entity, each.id, today)) for each in plans[:10]],
        "letters": letters_to(entity, found.party_id),
        "charges": charges_of(entity, found.id)[:20],
        "stops": stops(entity, party_id=found.party_id),
        "consents": consents_of(entity, found.party_id),
        "handovers": handovers(entity, account_id=found.id),
        "today": today,
        "channels": CHANNELS,
        "outcomes": OUTCOMES,
        "stop_kinds": STOP_KINDS,
        "stage_names": STAGES,
    }
    return render(request, "collections/account.html", context)


def gate_now(actor: Actor, payer: Party, account_id: int) -> list[tuple[str, Answered, str]]:
    """Ask the gate about a call and a mail this moment; the answers are kept, as every answer is."""
    channels = ("call", "email")
    questions = [Question(payer.id, channel, "dunning", clock.now(), account_id, payer.email) for channel in channels]
    answers = may_contact(questions, by=actor)
    return [
        (CHANNELS[channel], answer, GATE.get(answer.reason, answer.reason))
        for channel, answer in zip(channels, answers, strict=True)
    ]


@page("GET", right="books.view")
def forecast(request: HttpRequest) -> HttpResponseBase:
    """Show expected cash by week with its bands."""
    actor = signed_in(request)
    weeks = expected_cash(actor.entity_id, day_of(actor))
    if kind_asked(request):
        return table_file(request, "expected-cash", WEEK_COLUMNS, [week_row(week) for week in weeks])
    by_currency: dict[str, list[Any]] = {}
    for week in weeks:
        by_currency.setdefault(week.currency, []).append(week)
    charts = [
        (
            currency,
            found,
            [f"{week.week_on:%d %b}" for week in found],
            [
                Series("Low 90 %", [week.low90_minor for week in found], 4),
                Series("Expected", [week.expected_minor for week in found], 1),
                Series("High 90 %", [week.high90_minor for week in found], 3),
            ],
        )
        for currency, found in by_currency.items()
    ]
    return render(request, "collections/forecast.html", {"charts": charts, "tabs": tabs_of("forecast")})


def week_row(week: Any) -> tuple[date | str | int, ...]:
    """Return a week as a row of a file."""
    names = ("expected", "low50", "high50", "low90", "high90", "habits", "promises", "plans")
    return (
        week.week_on,
        week.currency,
        *(getattr(week, f"{name}_minor") for name in names),
    )
