"""Invoices on the screen: the paper, where it stands, and every way to put it right."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from duly.invoicing.queries.charges import DraftFilter, drafts_page
from duly.invoicing.queries.documents import Document, DocumentFilter, document_by_number, documents_page, lines_of
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.desk.scenario_billing import HARBOR, NORTHWIND, REDWOOD, follow, message, page, refused, undo
from tests.desk.scenario_desk import Busy, busy, client_of
from tests.scenario import Office
from tests.scenario import account as opened


@pytest.fixture
def desk(office: Office) -> tuple[Client, Busy]:
    return client_of(office.coordinator), busy(office)


def newest(made: Busy, name: str = HARBOR) -> Document:
    where = DocumentFilter(account_id=made.accounts[name], kind="invoice")
    return documents_page(made.office.entity_id, where, today=made.today, limit=1)[0]


@pytest.mark.parametrize(
    ("query", "finds"),
    [("", True), ("state=open", True), ("state=overdue", True), ("kind=credit_note", False), ("state=voided", False)],
)
def test_the_list_is_narrowed_by_its_address(desk: tuple[Client, Busy], query: str, finds: bool) -> None:
    client, _ = desk

    shown = page(client, f"/invoices?{query}")

    assert ("INV-" in shown) == finds
    assert finds or "Nothing fits these filters" in shown


def test_the_list_pages_by_key_and_exports_what_it_shows(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(HARBOR)

    answer = client.get(f"/invoices?account={number}&as=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + page(client, f"/invoices?account={number}").count("<tr data-line>")
    assert client.get("/invoices?as=xlsx").headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "There is no account with this number" in page(client, "/invoices?account=nobody")


def test_an_invoice_shows_its_paper_in_the_customers_language_and_why(
    office: Office, desk: tuple[Client, Busy]
) -> None:
    client, made = desk
    doc = newest(made)

    shown = page(client, f"/invoices/{doc.number}")

    assert f"Invoice {doc.number}" in shown
    assert "From the agreement, a price per unit: 15 × 12" in shown
    assert "VAT 19 % of" in shown
    assert "Receive payment" in shown


def test_the_paper_speaks_the_customers_language(office: Office) -> None:
    client = client_of(office.coordinator)
    account_id = opened(office, name="Alpina", language="de")
    form = {"account": "Alpina", "issued_on": "2026-11-02", "item_1": "SEAT", "quantity_1": "2", "price_1": "12"}

    shown = follow(client, "/invoices/new", form)

    assert account_id
    assert "Rechnung INV-2026-" in shown
    assert "28,56" in shown


def test_the_pdf_is_the_same_bytes_twice(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    path = f"/invoices/{newest(made).number}/pdf"

    first, second = client.get(path), client.get(path)

    assert first.content.startswith(b"%PDF-")
    assert first.content == second.content
    assert "inline" in first.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("form", "left"),
    [({"how": "full"}, 0), ({"how": "amount", "amount": "11.90"}, -1190), ({"how": "lines", "line_1": "10.00"}, -1190)],
    ids=["in full", "by amount", "by line"],
)
def test_crediting(desk: tuple[Client, Busy], form: dict[str, str], left: int) -> None:
    client, made = desk
    doc = newest(made)

    shown = follow(client, f"/invoices/{doc.number}/credit", form | {"reason": "agreed on the phone"})

    after = document_by_number(made.office.entity_id, doc.number)
    assert after.open_minor == (doc.total_minor + left if left else 0)
    assert "Credited" in message(shown)
    assert "What it settled" in shown


def test_more_than_ones_limit_is_sent_to_who_can(office: Office) -> None:
    made = busy(office)
    opened_id = opened(office, name="Large")
    boss, clerk = client_of(office.coordinator), client_of(office.specialist)
    form = {"account": "Large", "issued_on": "2026-11-02", "description_1": "Machine", "price_1": "900"}
    shown = follow(boss, "/invoices/new", form)
    [number] = set(re.findall(r"<h1>(INV-[0-9-]+)</h1>", shown))

    sent = follow(clerk, f"/invoices/{number}/credit", {"how": "full", "reason": "no"})

    assert opened_id
    assert made
    assert "above your limit of €500.00" in sent
    assert "Coordinator" in message(sent)


def test_voiding_gives_the_charges_back_to_billing(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    doc = newest(made, REDWOOD)

    shown = follow(client, f"/invoices/{doc.number}/void", {"reason": "wrong customer"})

    assert "is voided by CN-" in message(shown)
    assert "Voided by" in shown
    assert "was voided already" in refused(client, f"/invoices/{doc.number}/void", {"reason": "again"})


def test_correcting_writes_two_papers_as_one_step(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    doc = newest(made)
    form = page(client, f"/invoices/{doc.number}/correct")
    fields = dict(re.findall(r'name="((?:description|quantity|price|net)_\d+)" value="([^"]*)"', form))
    fields |= {"quantity_1": "5", "reason": "five seats, not fifteen"}

    shown = follow(client, f"/invoices/{doc.number}/correct", fields)

    assert "is credited by CN-" in message(shown)
    assert "Corrects" in shown
    assert "5 seat" in shown


def test_sending_again_can_be_called_back(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    doc = newest(made)

    shown = follow(client, f"/invoices/{doc.number}/resend", {"to": "boss@example.com", "how": "mail"})

    assert "to boss@example.com" in shown
    assert "Undone" in message(undo(client, shown))


def test_an_invoice_by_hand_asks_when_it_looks_unusual(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    form = {"account": made.number(NORTHWIND), "issued_on": made.today.isoformat(), "item_1": "SEAT", "price_1": "9000"}

    asked = client.post("/invoices/new", form)
    assert asked.status_code == 409
    assert "Please confirm" in asked.content.decode()
    shown = follow(client, "/invoices/new", form | {"confirmed": "yes"})

    assert "is issued and goes out in 60 seconds" in message(shown)


def test_more_lines_keep_what_was_typed(desk: tuple[Client, Busy]) -> None:
    client, _ = desk

    answer = client.post(
        "/invoices/new", {"account": "North", "description_1": "Half a thou", "more": "1", "lines": "3"}
    )

    shown = answer.content.decode()
    assert "Half a thou" in shown
    assert 'name="description_8"' in shown


def test_money_received_for_an_invoice_settles_it_and_undo_opens_it_again(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    doc = newest(made)
    day = (made.today - timedelta(1)).isoformat()
    amount = f"{(doc.open_minor or 0) / 100:.2f}"

    shown = follow(
        client, "/payments/new", {"invoice": doc.number, "amount": amount, "received_on": day, "method": "cheque"}
    )

    assert f"applied to {doc.number}" in message(shown)
    assert document_by_number(made.office.entity_id, doc.number).open_minor == 0
    undo(client, shown)
    assert document_by_number(made.office.entity_id, doc.number).open_minor == doc.open_minor


def test_an_unknown_number_is_not_found(desk: tuple[Client, Busy]) -> None:
    client, _ = desk

    assert "There is no invoice of this number" in page(client, "/invoices/INV-1999-000001", 404)


def test_a_credit_note_that_has_not_left_is_taken_back_with_its_reason(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = newest(made).number
    credited = follow(client, f"/invoices/{number}/credit", {"how": "full", "reason": "wrong one"})
    note = re.findall(r"CN-\d{4}-\d{6}", credited)[0]

    nameless = client.post(f"/invoices/{note}/reverse", {"reason": " "})
    shown = follow(client, f"/invoices/{note}/reverse", {"reason": "meant for another"})
    again = page(client, f"/invoices/{note}")

    assert nameless.status_code == 422
    assert f"{note} is taken back by INV-" in message(shown)
    assert f"/invoices/{note}/reverse" in credited
    assert f"/invoices/{note}/reverse" not in again
    assert f"/invoices/{number}/void" in page(client, f"/invoices/{number}")


def test_undo_of_a_credit_takes_it_back(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = newest(made).number
    shown = follow(client, f"/invoices/{number}/credit", {"how": "full", "reason": "wrong one"})

    after = undo(client, shown)

    assert "Undone" in message(after)
    assert f"/invoices/{number}/void" in page(client, f"/invoices/{number}")


def test_an_invoice_by_hand_bills_its_lines_and_nothing_else_that_is_due(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    entity_id, northwind = made.office.entity_id, made.accounts[NORTHWIND]
    waiting = [row.id for row in drafts_page(entity_id, DraftFilter(account_id=northwind))]
    form = {"account": made.number(NORTHWIND), "issued_on": made.today.isoformat(), "description_1": "Cable, 3 m",
            "price_1": "12.50", "confirmed": "yes"}  # fmt: skip

    shown = follow(client, "/invoices/new", form)

    doc = newest(made, NORTHWIND)
    assert waiting
    assert [line.description for line in lines_of(entity_id, doc.id)] == ["Cable, 3 m"]
    assert (doc.net_minor, doc.run_id) == (12_50, None)
    assert [row.id for row in drafts_page(entity_id, DraftFilter(account_id=northwind))] == waiting
    assert "Undone" in message(undo(client, shown))


def test_an_invoice_by_hand_for_an_account_on_hold_is_refused_and_leaves_no_draft(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    entity_id, harbor = made.office.entity_id, made.accounts[HARBOR]
    hold_accounts([NewHold(harbor, "billing", "wrong address", made.today)], by=made.office.specialist)
    before = drafts_page(entity_id, DraftFilter(account_id=harbor))

    shown = refused(client, "/invoices/new", {"account": made.number(HARBOR), "issued_on": made.today.isoformat(),
                                              "description_1": "Cable", "price_1": "12.50"})  # fmt: skip

    assert "on hold: wrong address" in shown
    assert drafts_page(entity_id, DraftFilter(account_id=harbor)) == before
