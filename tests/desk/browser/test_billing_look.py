"""Charge review, runs, invoices, payments, the match desk and reports in a real browser: looks, keys, no script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from duly.banking.queries import lines, statements
from duly.invoicing.queries.documents import DocumentFilter, documents_page
from tests.desk.browser.conftest import check_looks
from tests.desk.scenario_billing import HARBOR, REDWOOD, MonthEnd, month_end
from tests.desk.scenario_desk import Busy
from tests.desk.test_frame import until, wrong_by_axe

LOOK = Callable[..., Any]


@pytest.fixture(scope="module")
def end(made: Busy) -> MonthEnd:
    """The busy office at the end of its month."""
    return month_end(made)


def number_of(end: MonthEnd, name: str = HARBOR) -> str:
    """The newest invoice of an account."""
    where = DocumentFilter(account_id=end.busy.accounts[name], kind="invoice")
    return documents_page(end.entity_id, where, today=end.busy.today, limit=1)[0].number


@pytest.mark.parametrize(
    "path",
    ["/charges", "/charges/drafts", "/charges/new", "/runs", "/runs/new", "/invoices", "/invoices/new", "/payments"]
    + ["/payments/receipts", "/payments/unapplied", "/payments/new", "/match", "/match?show=none", "/reports"]
    + ["/reports/aging", "/reports/revenue", "/reports/trial-balance", "/reports/reconcile", "/reports/verify"]
    + ["/reports/journal", "/reports/cash-received", "/reports/statement"],
)
def test_each_screen(look: LOOK, end: MonthEnd, path: str) -> None:
    check_looks(look, path, end.busy.office.coordinator, path.strip("/").replace("/", "-"))


@pytest.mark.parametrize("path", ["", "/held", "/changes", "/certificate"])
def test_a_run(look: LOOK, end: MonthEnd, path: str) -> None:
    check_looks(look, f"/runs/{end.run_id}{path}", end.busy.office.coordinator, f"run{path.replace('/', '-')}")


@pytest.mark.parametrize("path", ["", "/credit", "/correct"])
def test_an_invoice(look: LOOK, end: MonthEnd, path: str) -> None:
    check_looks(look, f"/invoices/{number_of(end)}{path}", end.busy.office.coordinator, f"invoice{path[1:]}")


@pytest.mark.parametrize("subject", ["{invoice}", "{account}", "1200", "entry-1"])
def test_an_explanation(look: LOOK, end: MonthEnd, subject: str) -> None:
    named = subject.format(invoice=number_of(end), account=end.busy.number(HARBOR))
    check_looks(look, f"/why/{named}", end.busy.office.coordinator, f"why-{subject.strip('{}')}")


@pytest.mark.parametrize("path", ["", "/items", "/find", "/deposit"])
def test_a_line_and_its_forms(look: LOOK, end: MonthEnd, path: str) -> None:
    line_id = next(each.id for each in lines(end.entity_id) if each.payer_name == REDWOOD)
    check_looks(look, f"/match/{line_id}{path}", end.busy.office.specialist, f"line{path.replace('/', '-')}")


def test_a_bank_account_and_a_file(look: LOOK, end: MonthEnd, tmp_path: Path) -> None:
    check_looks(look, f"/payments/banks/{end.bank_id}", end.busy.office.accountant, "bank")
    file = tmp_path / "umsatz.csv"
    file.write_text("Buchungstag;Betrag;Verwendungszweck\n03.11.2026;1.234,50;Rechnung\n04.11.2026;-12,50;Entgelt\n")
    page = look("/payments", end.busy.office.specialist)
    page.set_input_files("input[type=file]", str(file))
    page.click("text=Look at it")
    page.wait_for_selector("text=How is this file written?")
    assert wrong_by_axe(page) == []
    page.select_option("#csv-bank", str(end.bank_id))
    page.click("text=Go on")

    page.wait_for_selector("text=Bring it in")
    assert wrong_by_axe(page) == []
    assert statements(end.entity_id)[0].lines == 4, "looking keeps nothing"


@pytest.mark.parametrize(
    ("path", "opening"),
    [
        ("/match?show=ready", "[popovertarget=exact]"),
        ("/match?show=decide", "[popovertarget=other]"),
        ("/match?show=decide", "[popovertarget=on-account]"),
        ("/match", "#filter-panel > summary"),
        ("/charges", "#filter-panel > summary"),
        ("/reports/aging", "#exports > summary"),
    ],
)
def test_what_opens_is_whole_and_accessible(look: LOOK, end: MonthEnd, path: str, opening: str) -> None:
    page = look(path, end.busy.office.coordinator)

    page.click(opening)

    assert wrong_by_axe(page) == []
    cut = """() => { const p = [...document.querySelectorAll('.drop-p, .pop')].find((e) => e.checkVisibility());
        const r = p.getBoundingClientRect(); const e = document.elementFromPoint(r.left + 20, r.bottom - 12);
        return !p.contains(e); }"""
    assert not page.evaluate(cut), "nothing hides the end of what opened"


def test_the_desk_is_worked_by_keys_and_stays_true(look: LOOK, end: MonthEnd) -> None:
    page = look("/match?show=ready", end.busy.office.specialist)
    page.evaluate("window.still = true")
    waiting = int(re.sub(r"\D", "", page.inner_text(".subtab:has-text('Ready')")))

    page.keyboard.press("a")
    until(page, "document.querySelector('#toasts').innerText.includes('Matched')")
    assert str(waiting - 1) in page.inner_text(".subtab:has-text('Ready')")
    page.keyboard.press("u")

    until(page, "document.querySelector('#toasts').innerText.includes('Undone')")
    assert page.evaluate("window.still"), "the page was not loaded again"


def test_j_opens_the_next_line_beside_the_list(look: LOOK, end: MonthEnd) -> None:
    page = look("/match", end.busy.office.specialist)
    first = page.inner_text("#det-h")

    page.keyboard.press("j")

    until(page, f"document.querySelector('#det-h').innerText !== {first!r}")
    assert "/match/" in page.url


def test_items_add_up_while_they_are_typed(look: LOOK, end: MonthEnd) -> None:
    line_id = next(each.id for each in lines(end.entity_id) if each.payer_name == REDWOOD)
    page = look(f"/match/{line_id}/items", end.busy.office.specialist)

    page.fill("input[name^=apply_] >> nth=0", "12.50")
    page.keyboard.press("Tab")

    until(page, "document.querySelector('#eq').innerText.includes('12.50')")


def test_a_question_is_answered_by_a_key_and_undone(look: LOOK, end: MonthEnd) -> None:
    page = look("/charges", end.busy.office.specialist)
    asked = page.inner_text("#det-h")

    page.keyboard.press("h")
    until(page, f"document.querySelector('#toasts').innerText.includes({asked!r})")
    page.keyboard.press("u")

    until(page, "document.querySelector('#toasts').innerText.includes('Undone')")


def test_the_line_is_matched_without_script_and_taken_back(look: LOOK, end: MonthEnd) -> None:
    line_id = next(each.id for each in lines(end.entity_id) if each.payer_name == REDWOOD)
    page = look(f"/match/{line_id}", end.busy.office.specialist, script=False)

    page.click("text=Accept match")
    assert "Matched" in page.inner_text("#toasts")
    page.click("#toasts >> text=Undo")

    assert "Undone" in page.inner_text("#toasts")


def test_paper_carries_the_certificate_and_the_invoice_only(look: LOOK, end: MonthEnd) -> None:
    page = look(f"/invoices/{number_of(end)}", end.busy.office.specialist)

    page.emulate_media(media="print")

    assert page.is_visible(".sheet-p")
    assert not page.is_visible(".rail")
    assert not page.is_visible(".bar")
