"""No page offers what the person looking at it may not do: links, forms and buttons are hidden by right."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from duly.desk.web.page import ANYONE, SIGNED_IN, rules_of
from duly.kernel.actor import Actor
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.desk.scenario_billing import HARBOR, NORTHWIND, month_end
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office

OFFERED = {
    "GET": re.compile(r'<a[^>]*\shref="(/[^"]*)"'),
    "POST": re.compile(r'<form[^>]*method="post"[^>]*\saction="(/[^"]*)"|\sformaction="(/[^"]*)"'),
}
EVERYWHERE = ("/static/", "/sign-out", "/undo/")


def offered(shown: str) -> set[tuple[str, str]]:
    """What a page offers: method and address."""
    found = set()
    for method, pattern in OFFERED.items():
        for groups in pattern.findall(shown):
            address = unescape(next(filter(None, groups)) if isinstance(groups, tuple) else groups)
            found.add((method, urlsplit(address).path))
    return {each for each in found if not each[1].startswith(EVERYWHERE)}


def looked_at(client: Client, path: str) -> str:
    """The page of an address, or of the one it leads to at once."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def right_of(method: str, path: str) -> str:
    """The right the address asks for; every address leads somewhere."""
    try:
        view = resolve(path).func
    except Resolver404:
        raise AssertionError(f"{path} leads nowhere") from None
    [right] = [rule.right for rule in rules_of(view) if method in rule.methods]
    return "" if right in (ANYONE, SIGNED_IN) else right


def refused_to(actor: Actor, client: Client, paths: list[str]) -> list[str]:
    """What these pages offer and the person may not do."""
    return sorted(
        f"{at}: {method} {path} asks for {right}"
        for at in paths
        for method, path in offered(looked_at(client, at))
        if (right := right_of(method, path)) and not actor.may(right)
    )


@pytest.mark.parametrize("role", ["specialist", "coordinator", "accountant", "owner", "admin", "auditor"])
def test_no_page_offers_what_the_role_may_not_do(office: Office, role: str) -> None:
    made = month_end(busy(office))
    harbor, northwind = made.busy.number(HARBOR), made.busy.accounts[NORTHWIND]
    hold_accounts([NewHold(northwind, "billing", "wrong address", made.busy.today)], by=office.specialist)
    actor = getattr(office, role)
    client = client_of(actor)
    tabs = ("timeline", "items", "agreements", "contacts", "documents", "statement", "why")
    paths = ["/today", "/today?whose=all", "/match", "/match?tab=decide", "/accounts", "/agreements", "/charges",
             "/charges/drafts", "/charges/drafts?out=1", "/runs", f"/runs/{made.run_id}", f"/runs/{made.run_id}/held",
             "/invoices", "/invoices?kind=credit_note", "/payments", "/payments/receipts", "/payments/unapplied",
             "/reports", "/reports/aging", "/reports/reconcile", "/reports/verify", "/reports/journals/waiting",
             "/settings", "/settings/people", "/settings/rights", "/settings/items", "/settings/taxes",
             "/settings/numbers", "/settings/periods", "/search?q=harbor"]  # fmt: skip
    paths += [f"/accounts/{harbor}?tab={tab}" for tab in tabs]
    looks = {address for at in ("/invoices", "/agreements", "/payments/receipts", "/settings/periods", "/payments")
             for method, address in offered(looked_at(client, at)) if method == "GET"
             and re.search(r"/(INV-|AGR-|receipts/\d|periods/\d|banks/\d)", address)}  # fmt: skip
    some = {re.sub(r"\d+", "0", address): address for address in sorted(looks)}

    wrong = refused_to(actor, client, [*paths, *some.values()])
    assert not wrong, "\n".join(wrong)
