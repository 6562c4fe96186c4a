"""Discrepancies and reports in a real browser: accessible, on phones, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duly.matching.queries.cases import Sought, cases
from tests.desk.browser.conftest import check_looks, keep_picture
from tests.desk.scenario_billing import REDWOOD, month_end
from tests.desk.scenario_desk import Busy
from tests.matching.scenario_cases import accept_short


@pytest.fixture(scope="module")
def here(made: Busy) -> Busy:
    """A busy office in which one customer paid 5.00 less."""
    month_end(made)
    accept_short(made.office, made.today, REDWOOD)
    return made


def test_the_discrepancies(look: Callable[..., Any], here: Busy) -> None:
    check_looks(look, "/discrepancies", here.office.coordinator, "discrepancies")


def test_deciding_otherwise(look: Callable[..., Any], here: Busy) -> None:
    [found] = cases(here.office.entity_id, Sought())
    check_looks(look, f"/discrepancies/{found.id}/otherwise", here.office.coordinator, "discrepancy-otherwise")


def test_what_may_be_taken_off(look: Callable[..., Any], here: Busy) -> None:
    check_looks(look, "/discrepancies/allowances", here.office.accountant, "allowances")


@pytest.mark.parametrize(
    "name",
    [
        "dso",
        "collection-effectiveness",
        "aging-trend",
        "given-up",
        "causes",
        "fraud-looks",
        "promises",
        "cost-to-collect",
        "schedules",
        "schedules/new?report=dso",
        "costs",
    ],
)
def test_a_report(look: Callable[..., Any], here: Busy, name: str) -> None:
    check_looks(look, f"/reports/{name}", here.office.owner, f"report-{name}")


def test_a_difference_is_settled_and_undone_by_keys_alone(look: Callable[..., Any], here: Busy) -> None:
    page = look("/today", here.office.coordinator)
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/discrepancies")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("a")
    page.get_by_text("Everything fits together").wait_for()
    keep_picture(page, "discrepancy-settled")

    page.keyboard.press("u")

    page.get_by_role("heading", name="Redwood Analytics").wait_for()


def test_a_difference_is_settled_without_scripts(look: Callable[..., Any], here: Busy) -> None:
    page = look("/discrepancies", here.office.coordinator, script=False)

    page.get_by_role("button", name="Settle as bank fee taken on the way").click()
    page.get_by_text("Everything fits together").wait_for()
    page.get_by_role("button", name="Undo").first.click()

    page.get_by_role("heading", name="Redwood Analytics").wait_for()
