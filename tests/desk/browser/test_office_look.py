"""Agreements, search, settings and imports as people see them, and the keys they press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duly.commercial.queries import agreements
from tests.desk.browser.conftest import check_looks, keep_picture
from tests.desk.scenario_desk import Busy
from tests.desk.test_frame import is_wider_than_screen, toast, until, wrong_by_axe

NORTHWIND = "Northwind Trading Co."


def agreement_of(made: Busy) -> str:
    return f"/agreements/{agreements(made.office.entity_id, account_id=made.accounts[NORTHWIND])[0].number}"


def test_the_agreements(look: Callable[..., Any], made: Busy) -> None:
    check_looks(look, "/agreements", made.office.specialist, "agreements")


@pytest.mark.parametrize("part", ["", "/lines/1", "/lines/new", "/pause"])
def test_an_agreement(look: Callable[..., Any], made: Busy, part: str) -> None:
    check_looks(look, agreement_of(made) + part, made.office.specialist, f"agreement{part.replace('/', '-')}")


def test_a_new_agreement(look: Callable[..., Any], made: Busy) -> None:
    check_looks(look, "/agreements/new", made.office.specialist, "agreement-new")


@pytest.mark.parametrize("q", ["321.30", "nothing of the kind"])
def test_search(look: Callable[..., Any], made: Busy, q: str) -> None:
    check_looks(look, f"/search?q={q}", made.office.specialist, f"search-{q[:3]}")


@pytest.mark.parametrize("part", ["", "/people", "/rights", "/items", "/taxes", "/numbers", "/periods"])
def test_settings(look: Callable[..., Any], made: Busy, part: str) -> None:
    check_looks(look, f"/settings{part}", made.office.owner, f"settings{part.replace('/', '-')}")


def test_imports_from_the_file_to_the_undo(look: Callable[..., Any], made: Busy) -> None:
    page = look("/imports", made.office.specialist)
    keep_picture(page, "imports")
    assert wrong_by_axe(page) == []
    file = {"name": "new.csv", "mimeType": "text/csv", "buffer": b"Kundennummer;Firma;Land\n77;Falken AG;DE\n78;;DE\n"}

    page.set_input_files("#in-file", file)
    page.click("button:has-text('Look at it')")
    page.wait_for_load_state("networkidle")
    page.select_option("#map-customer", "Kundennummer")
    page.select_option("#map-name", "Firma")
    page.click("button[value=check]")
    page.wait_for_selector("button[value=commit]")
    keep_picture(page, "imports-look")
    assert wrong_by_axe(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert not is_wider_than_screen(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.click("button[value=commit]")

    assert "1 customers brought in" in toast(page) or "1 customer" in toast(page)
    page.keyboard.press("u")
    until(page, "document.querySelector('#toasts').innerText.includes('Undone')")


def test_the_effect_of_a_change_is_seen_before_it_is_saved(look: Callable[..., Any], made: Busy) -> None:
    page = look(f"{agreement_of(made)}/lines/1", made.office.specialist)
    page.fill("#in-quantity", "12")

    page.click("button[value=preview]")
    page.wait_for_selector("#effects")
    keep_picture(page, "agreement-effects")

    assert page.input_value("#in-quantity") == "12"
    assert "+€24.00" in page.inner_text("#effects")
    assert wrong_by_axe(page) == []


def test_money_is_applied_and_u_takes_it_back(look: Callable[..., Any], made: Busy) -> None:
    page = look(f"/accounts/{made.number(NORTHWIND)}?tab=items", made.office.specialist)
    page.evaluate("window.still = true")

    page.keyboard.press("o")
    assert "oldest first" in toast(page)
    until(page, "document.body.innerText.includes('Nothing is owed')")
    page.keyboard.press("u")
    until(page, "document.querySelector('#toasts').innerText.includes('Undone')")

    assert "Nothing is owed" not in page.inner_text("main")
    assert page.evaluate("window.still"), "the page was not loaded again"


def test_keys_walk_the_accounts_and_open_one(look: Callable[..., Any], made: Busy) -> None:
    page = look("/accounts", made.office.specialist)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Blue Harbor')")
    page.keyboard.press("g")
    page.keyboard.press("t")

    page.wait_for_selector("h1:has-text('Good ')")


def test_the_whole_of_an_account_works_without_script(look: Callable[..., Any], made: Busy) -> None:
    page = look(f"/accounts/{made.number('Blue Harbor Logistics')}?tab=items", made.office.specialist, script=False)

    page.click("text=All money, oldest first")
    assert "oldest first" in page.inner_text("#toasts")
    page.click("#toasts button:has-text('Undo')")

    assert "Undone" in page.inner_text("#toasts")
