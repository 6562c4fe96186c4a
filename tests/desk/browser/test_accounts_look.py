"""Sign-in, Today and accounts as people see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.browser.conftest import check_looks
from tests.desk.scenario_desk import Busy

NORTHWIND = "Northwind Trading Co."


def test_the_sign_in_page(look: Callable[..., Any], made: Busy) -> None:
    check_looks(look, "/sign-in", None, "sign-in")


def test_today(look: Callable[..., Any], made: Busy) -> None:
    check_looks(look, "/today", made.office.specialist, "today")


def test_the_accounts(look: Callable[..., Any], made: Busy) -> None:
    check_looks(look, "/accounts", made.office.specialist, "accounts")


@pytest.mark.parametrize("tab", ["timeline", "items", "agreements", "contacts", "documents", "statement", "why"])
def test_an_account(look: Callable[..., Any], made: Busy, tab: str) -> None:
    check_looks(look, f"/accounts/{made.number(NORTHWIND)}?tab={tab}", made.office.specialist, f"account-{tab}")


@pytest.mark.parametrize("form", ["terms", "customer", "hold", "receipt", "charge"])
def test_the_forms_of_an_account(look: Callable[..., Any], made: Busy, form: str) -> None:
    check_looks(look, f"/accounts/{made.number(NORTHWIND)}/{form}", made.office.specialist, f"form-{form}")


def test_a_new_account(look: Callable[..., Any], made: Busy) -> None:
    check_looks(look, "/accounts/new", made.office.specialist, "account-new")
