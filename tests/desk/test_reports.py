"""Reports on the screen: the same figures as chart, table, proof and file."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from duly.desk.pages.reports.show import charts_of
from duly.events.sealing import seal_events
from duly.kernel.clock import now
from duly.ledger.sealing import seal_ledger
from duly.reports.models import Chart, Series
from duly.reports.queries import KINDS
from tests.desk.scenario_billing import HARBOR, MonthEnd, month_end, page
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office

NAMES = [kind.name for kind in KINDS if kind.name != "statement"]


@pytest.fixture
def desk(office: Office) -> tuple[Client, MonthEnd]:
    return client_of(office.accountant), month_end(busy(office))


def csv_of(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_every_report_is_shown_and_every_one_is_a_file(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk
    shown = page(client, "/reports")

    for name in NAMES:
        assert f'href="/reports/{name}"' in shown
        assert f"/reports/{name}" in page(client, f"/reports/{name}")
        assert csv_of(client, f"/reports/{name}?as=csv")


def test_the_file_has_the_rows_of_the_table(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    shown = page(client, "/reports/aging")

    assert len(csv_of(client, "/reports/aging?as=csv")) == 1 + shown.count("<tr data-line>")
    kinds = {kind: client.get(f"/reports/aging?as={kind}").headers["Content-Type"] for kind in ("xlsx", "parquet")}
    assert kinds["xlsx"].endswith("sheet")
    assert kinds["parquet"] == "application/vnd.apache.parquet"


def test_a_report_as_of_the_past_has_less(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    assert "Nothing to report" in page(client, "/reports/open-items?as_of=2025-01-01")
    assert "The report cannot be asked like this" in page(client, "/reports/aging?as_of=soon", 422)
    assert "There is no such report" in page(client, "/reports/horoscope", 404)


def test_figures_tie_to_the_ledger_and_say_so(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    assert "EUR ties" in page(client, "/reports/aging")
    assert "off by" not in page(client, "/reports/trial-balance")


def test_a_statement_of_an_account_asks_for_the_account(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    assert "Account number" in page(client, "/reports/statement")

    shown = page(client, f"/reports/statement?account={made.busy.number(HARBOR)}")

    assert f"Statement of {HARBOR}" in shown
    assert "opening" in shown


def test_every_link_of_the_books_leads_somewhere(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk
    shown = page(client, "/reports/postings") + page(client, "/reports/open-items")
    links = {link for link in re.findall(r'href="(/(?:why|accounts|reports)/[^"]+)"', shown)}
    assert any(link.startswith("/why/entry-") for link in links)

    for link in sorted(links)[:25]:
        answer = client.get(link, follow=True)
        assert answer.status_code == 200, link
    page(client, "/why/NOTHING-1", 404)


def test_a_long_report_goes_on_by_key(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk
    first = page(client, "/reports/ledger-account?code=1200&currency=EUR")
    more = re.findall(r'href="(\?[^"]*after=[^"]+)"', first)

    if more:
        second = page(client, f"/reports/ledger-account{more[0]}")
        assert "From the beginning" in second
    page(client, "/reports/ledger-account?code=1200&after=forged", 422)


def test_reconciliation_and_proof(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    assert "the bank is ahead" in page(client, "/reports/reconcile")
    assert "Not checked in this visit" in page(client, "/reports/verify")
    assert "The books are true" in page(client, "/reports/verify?now=1")


@pytest.mark.parametrize(("ending", "begins"), [("csv", "entry"), ("beancount", "option")])
def test_the_journal_is_a_file_that_is_the_same_twice(desk: tuple[Client, MonthEnd], ending: str, begins: str) -> None:
    client, _ = desk
    assert "Journal as a file" in page(client, "/reports/journal")

    first, second = (client.get(f"/reports/journal?as={ending}") for _ in range(2))

    body = b"".join(first.streaming_content)
    assert body == b"".join(second.streaming_content)
    assert body.decode("utf-8-sig").lower().startswith(begins)
    assert f".{ending}" in first.headers["Content-Disposition"]


def test_who_may_not_export_sees_no_file(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    _, _ = desk
    admin = client_of(office.admin)

    assert "Export" not in page(admin, "/reports/aging")
    page(admin, "/reports/aging?as=csv", 403)


def test_a_number_is_explained_down_to_its_rows_as_of_a_day(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    number = made.busy.number(HARBOR)

    shown = page(client, f"/why/{number}")

    assert f"Why {number}" in shown
    assert "owes" in shown
    assert "Opening balance" in shown
    assert f'href="/accounts/{number}"' in shown
    assert "end of 2024-01-31" in page(client, f"/why/{number}?as_of=2024-01-31")
    page(client, f"/why/{number}?as_of=soon", 422)
    for subject in ("1200", "entry-1", "2026-01", "DE-S", "SEAT"):
        assert client.get(f"/why/{subject}").status_code in (200, 404)


def test_the_proof_shows_the_chains_and_finds_a_block_that_was_changed(
    own_database: dict[str, str], office: Office
) -> None:
    client = client_of(office.auditor)
    seal_ledger(now())
    seal_events(now())

    told, proved = page(client, "/reports/verify"), page(client, "/reports/verify?now=1")
    with connection.cursor() as cursor:
        cursor.execute("alter table events_block disable trigger user")
        cursor.execute("update events_block set content_hash = '\\x00' where id = (select max(id) from events_block)")
        cursor.execute("alter table events_block enable trigger user")
    torn = page(client, "/reports/verify")

    assert own_database
    assert "The chain of the journal" in told
    assert "head " in told
    assert "The books are true" in proved
    assert "the block was changed after it was sealed" in torn


def test_a_total_is_a_sum_and_leads_to_no_account(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    for name in NAMES:
        shown = page(client, f"/reports/{name}")
        totals = re.findall(r"<tfoot>.*?</tfoot>", shown, re.DOTALL)
        assert "href" not in "".join(totals), name
        assert "/accounts/?" not in shown
        assert 'href="/accounts/"' not in shown


def test_a_chart_begins_with_the_first_month_that_has_a_figure() -> None:
    months = ("2026-01", "2026-02", "2026-03", "2026-04")

    [drawn] = charts_of(Chart("columns", months, (Series("Revenue", "EUR", (0, 0, 10_00, 0)),)))

    assert drawn["labels"] == ("2026-03", "2026-04")
    assert list(drawn["series"][0].values) == [10_00, 0]
