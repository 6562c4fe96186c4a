"""What screens stand on, without a browser: notation, forms, paging, filters, page rules, refusals in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from duly.desk.web import notation, svg
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, Refused

ANNA = Actor(1, None, "Anna Test", frozenset(["books.view"]), zone="Europe/Berlin", language="de")


@pytest.fixture
def rf(django_ready: object) -> Any:
    from django.test import RequestFactory

    return RequestFactory()


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (123_456_789, "USD", "en", "$1,234,567.89"),
        (-45_600, "EUR", "en", "\u2212€456.00"),
        (-45_600, "EUR", "de", "\u2212456,00\u00a0€"),
        (1_234, "JPY", "en", "¥1,234"),
        (1_234_567, "KWD", "en", "KWD\u00a01,234.567"),
        (5, "USD", "en", "$0.05"),
        (0, "USD", "es", "0,00\u00a0US$"),
    ],
)
def test_money_is_written_in_its_own_digits_and_the_readers_marks(
    minor: int, currency: str, language: str, shown: str
) -> None:
    assert notation.money_text(minor, currency, language) == shown


@pytest.mark.parametrize(
    ("text", "currency", "language", "minor"),
    [
        ("1,234.56", "USD", "en", 123_456),
        ("1234.5", "USD", "en", 123_450),
        ("$12", "USD", "en", 1_200),
        ("12 USD", "USD", "en", 1_200),
        ("1.234,56 €", "EUR", "de", 123_456),
        ("1\u202f234,56", "EUR", "fr", 123_456),
        ("\u221212.00", "USD", "en", -1_200),
        ("12.00-", "USD", "en", -1_200),
        ("1,234", "JPY", "en", 1_234),
        ("0.125", "KWD", "en", 125),
        ("12.500", "USD", "en", 1_250),
        ("12.", "USD", "en", 1_200),
    ],
)
def test_money_is_read_as_people_write_it(text: str, currency: str, language: str, minor: int) -> None:
    assert notation.parse_money(text, currency, language) == minor


@pytest.mark.parametrize(
    ("text", "currency", "language"),
    [
        ("12.50", "EUR", "de"),
        ("12,50", "USD", "en"),
        ("1,23,4.00", "USD", "en"),
        ("1.5", "JPY", "en"),
        ("1.005", "USD", "en"),
        ("-5-", "USD", "en"),
        ("NaN", "USD", "en"),
        ("1e3", "USD", "en"),
        ("twelve", "USD", "en"),
        ("9" * 30, "USD", "en"),
    ],
)
def test_money_that_could_mean_something_else_is_refused(text: str, currency: str, language: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        notation.parse_money(text, currency, language)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("currency", ["USD", "EUR", "JPY", "KWD"])
@pytest.mark.parametrize("minor", [0, 1, -1, 999, 123_456, 12_345_678_901])
def test_what_is_shown_can_be_typed_back(language: str, currency: str, minor: int) -> None:
    shown = notation.money_text(minor, currency, language)

    assert notation.parse_money(shown, currency, language) == minor


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2026-11-30", "en", date(2026, 11, 30)),
        ("11/30/2026", "en", date(2026, 11, 30)),
        ("30.11.2026", "de", date(2026, 11, 30)),
        ("30/11/2026", "fr", date(2026, 11, 30)),
    ],
)
def test_dates_are_read_in_the_readers_order(text: str, language: str, day: date) -> None:
    assert notation.parse_date(text, language) == day


def test_a_moment_is_shown_in_the_offices_zone() -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert notation.moment_text(moment, "Europe/Berlin", "en") == "Nov 23, 2026, 00:30"


def test_a_form_reports_all_errors_at_once_and_keeps_what_was_typed(rf: Any) -> None:
    from duly.desk.web.forms import Form

    form = Form(rf.post("/", {"amount": "12.50", "on": "31.02.2026", "why": "magic"}), ANNA)

    form.money("amount", "Betrag", currency="EUR")
    form.day("on", "Datum")
    form.choice("why", "Grund", ["price"])
    form.text("note", "Notiz")

    assert set(form.errors) == {"amount", "on", "why", "note"}
    assert form.error("amount") == "Write an amount like 1.234,56"
    assert form.error("on") == "There is no such day"
    assert form.typed("amount") == "12.50"


def test_a_form_reads_exact_values_within_their_bounds(rf: Any) -> None:
    from duly.desk.web.forms import Form

    form = Form(rf.post("/", {"amount": "1.250,00", "seats": "12", "pick": ["3", "x", "5"]}), ANNA)

    assert form.money("amount", "Betrag", currency="EUR", at_most=125_000) == 125_000
    assert form.whole_number("seats", "Plätze") == 12
    assert form.ids() == [3, 5]
    assert not form.wrong


def test_a_cursor_leads_on_from_the_last_row_and_cannot_be_forged(rf: Any) -> None:
    from duly.desk.web.paging import LIMIT, PAGE_SIZE, Sort, cursor_of, page_of

    rows = [(date(2026, 1, 1), i) for i in range(LIMIT)]
    sort = Sort("due_on")

    page = page_of(rf.get("/?state=open"), rows, sort, key=lambda row: row[0], row_id=lambda row: row[1])

    assert len(page.rows) == PAGE_SIZE
    assert "state=open" in page.more_url
    following = rf.get("/" + page.more_url)
    assert cursor_of(following, sort).after == date(2026, 1, 1)
    assert cursor_of(following, sort).after_id == PAGE_SIZE - 1
    assert cursor_of(following, Sort("open_minor")).after_id is None, "another order begins anew"
    with pytest.raises(BadInput):
        cursor_of(rf.get("/", {"after": "made-up"}), sort)


def test_a_list_sorts_only_by_columns_it_has_an_index_for(rf: Any) -> None:
    from duly.desk.web.paging import sort_of

    assert str(sort_of(rf.get("/?sort=-open_minor"), ["due_on", "open_minor"], default="due_on")) == "-open_minor"
    assert str(sort_of(rf.get("/?sort=password"), ["due_on"], default="-due_on")) == "-due_on"


def test_filters_become_chips_and_nonsense_is_reported_not_used(rf: Any) -> None:
    from duly.desk.web.filters import Filter, narrow

    filters = [
        Filter("state", "State", "choice", {"open": "Open"}),
        Filter("over", "Over", "money", currency="EUR"),
        Filter("from", "From", "date"),
    ]

    found = narrow(rf.get("/?state=open&over=1.000,00&from=gestern&after=x&sort=due_on"), filters, ANNA)

    assert found.values == {"state": "open", "over": 100_000, "from": None}
    assert [chip.text for chip in found.chips] == ["State: Open", "Over: 1.000,00\u00a0€"]
    assert found.chips[0].drop_url == "?over=1.000%2C00&from=gestern&sort=due_on"
    assert "from" in found.errors


def test_a_page_asks_for_its_method_its_person_and_its_right(rf: Any) -> None:
    from django.http import HttpResponse

    from duly.desk.web.page import page

    @page("GET", right="invoices.void")
    def view(request: Any) -> HttpResponse:
        return HttpResponse("secret")

    @page("GET", right="books.view")
    def allowed(request: Any) -> HttpResponse:
        return HttpResponse("shown")

    def ask(which: Any, method: str = "GET", actor: Actor | None = ANNA) -> Any:
        request = rf.generic(method, "/x?y=1")
        request.actor = actor
        return which(request)

    assert ask(view, "POST").status_code == 405
    assert ask(view, actor=None)["Location"] == "/sign-in?next=/x%3Fy%3D1"
    assert ask(allowed).content == b"shown"


def test_redirects_never_leave_the_office(rf: Any) -> None:
    from duly.desk.web.page import safe_path

    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        assert safe_path(rf.get("/"), elsewhere) == "/today"
    assert safe_path(rf.get("/"), "/accounts?state=open") == "/accounts?state=open"


def test_every_address_of_the_office_declares_its_methods_and_right(django_ready: object) -> None:
    from django.urls import get_resolver
    from django.views.generic import RedirectView

    from duly.desk.web.page import all_routes, rules_of

    routes = list(all_routes(get_resolver("duly.desk.web.urls").url_patterns))
    routes += list(all_routes(get_resolver().url_patterns))

    # The API declares rights per operation; a redirect shows nothing.
    pages = [
        (route, view)
        for route, view in routes
        if not route.startswith("api/") and getattr(view, "view_class", None) is not RedirectView
    ]
    assert [route for route, view in pages if not rules_of(view)] == []


def test_a_refusal_reads_as_a_sentence_with_money_and_dates() -> None:
    from duly.desk.web.sentences import facts_shown, sentence_of

    limit = NotAllowed(
        "access.limit_exceeded", right="invoices.credit", amount_minor=75_000, limit_minor=50_000, currency="EUR"
    )
    unknown = Refused("invoices.already_settled", number="INV-1", settled_on=date(2026, 11, 23), open_minor=5)

    assert sentence_of(limit, "en") == "€750.00 is above your limit of €500.00 to credit invoices."
    assert sentence_of(unknown) == "Invoices: already settled."
    assert ("Settled", "Nov 23, 2026") in facts_shown(unknown)


def test_what_was_typed_comes_back_without_secrets(rf: Any) -> None:
    from duly.desk.web.errors import typed_text

    request = rf.post("/", {"note": "long text", "password": "hush", "csrfmiddlewaretoken": "x", "empty": ""})

    assert typed_text(request) == [("Note", "long text")]


def test_a_session_ends_after_half_an_hour_without_use(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    from duly.desk.web.session import keep_time, seconds_left

    def at(moment: str) -> Any:
        monkeypatch.setenv("DULY_NOW", moment)
        keep_time(request)
        return request

    request = rf.get("/")
    request.session = SessionStore()
    at("2026-11-23T09:00:00+00:00")
    assert seconds_left(request) == 1800
    at("2026-11-23T09:29:00+00:00")
    assert not getattr(request, "session_ended", False)
    at("2026-11-23T10:00:00+00:00")

    assert request.session_ended
    assert seconds_left(request) is None


def test_a_session_ends_after_twelve_hours_in_any_case(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    from duly.desk.web.session import keep_time

    request = rf.get("/")
    request.session = SessionStore()
    for quarter in range(4 * 12 + 1):
        monkeypatch.setenv("DULY_NOW", f"2026-11-23T{6 + quarter // 4:02}:{quarter % 4 * 15:02}:00+00:00")
        keep_time(request)
    assert not getattr(request, "session_ended", False)
    monkeypatch.setenv("DULY_NOW", "2026-11-23T18:10:00+00:00")
    keep_time(request)

    assert request.session_ended


@pytest.mark.parametrize(
    ("low", "high"), [(0, 40_560_000), (-120, 900), (0, 0), (0, 1), (-5, -1), (0, 10**14)], ids=str
)
def test_an_axis_covers_its_values_with_a_few_round_steps(low: int, high: int) -> None:
    ticks = svg.axis_ticks(low, high)

    assert ticks[0] <= min(low, 0)
    assert ticks[-1] >= max(high, 0)
    assert 0 in ticks
    assert 2 <= len(ticks) <= 8


def test_charts_carry_no_inline_style_and_escape_their_names() -> None:
    chart = svg.columns(["<b>", "Feb"], [svg.Series("Billed", [100, -50])], name='"quoted" & <named>')

    assert "style=" not in chart
    assert "<b>" not in chart
    assert "&lt;named&gt;" in chart


def test_a_person_signed_in_acts_for_one_office_until_switched_off(office: Any, rf: Any) -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware

    from duly.access.models import User
    from duly.desk.web.frame import actor_of
    from duly.desk.web.session import begin, seconds_left

    def arrive(cookies: dict[str, str]) -> Any:
        request = rf.get("/today")
        request.COOKIES = cookies
        SessionMiddleware(lambda _: None).process_request(request)  # type: ignore[arg-type,return-value]
        AuthenticationMiddleware(lambda _: None).process_request(request)  # type: ignore[arg-type,return-value]
        return request

    person = User.objects.get(pk=office.specialist.user_id)
    first = arrive({})
    begin(first, person, office.entity_id)
    first.session.save()
    cookie = {"duly": first.session.session_key}

    actor = actor_of(arrive(cookie))
    assert actor is not None
    assert (actor.name, actor.entity_id) == ("Specialist", office.entity_id)
    assert seconds_left(arrive(cookie)) == 1800
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert actor_of(arrive(cookie)) is None


def test_who_can_is_named_from_the_rights_of_today(office: Any) -> None:
    from duly.desk.web.sentences import who_can

    refusal = NotAllowed("access.right_missing", right="runs.approve", actor="Specialist")

    assert sorted(who_can(refusal, office.specialist)) == ["Coordinator", "Owner"]
