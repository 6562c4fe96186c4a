"""The match desk: one form a line, the list true after each, one undo for all."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from duly.banking.models import BankLine
from duly.banking.queries import line, lines
from duly.matching.queries import line_detail
from duly.payments.actions import ReceiptRow, record
from tests.desk.scenario_billing import (
    HARBOR,
    NORTHWIND,
    REDWOOD,
    MonthEnd,
    follow,
    message,
    month_end,
    page,
    refused,
    undo,
)
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office


@pytest.fixture
def desk(office: Office) -> tuple[Client, MonthEnd]:
    return client_of(office.specialist), month_end(busy(office))


def line_of(made: MonthEnd, payer: str = "", amount_minor: int | None = None) -> BankLine:
    """The line of a payer, or of an amount."""
    found = lines(made.entity_id, limit=100)
    return next(x for x in found if (payer and x.payer_name == payer) or x.amount_minor == amount_minor)


def proposal(made: MonthEnd, of: BankLine) -> int:
    detail = line_detail(made.entity_id, of.id).proposal
    assert detail is not None
    return detail.proposal.id


def test_a_line_shows_its_proposal_why_and_what_will_be_posted(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    shown = page(client, f"/match/{line_of(made, HARBOR).id}")

    for words in ("Proposed match", "Exact", "Why this match", "What will be posted", "Owed by age", "Balanced"):
        assert words in shown
    assert "1200 Accounts receivable" in shown


def test_accepting_settles_the_invoice_and_goes_on_and_undo_takes_it_back(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    item, of = made.owed(HARBOR)[0], line_of(made, HARBOR)

    shown = follow(client, f"/match/{of.id}/accept", {"proposal": proposal(made, of), "items": 1, "view": ""})

    assert message(shown).startswith(f"Matched {HARBOR}")
    assert line(made.entity_id, of.id).state == "placed"
    assert item.id not in [each.id for each in made.owed(HARBOR)]
    undo(client, shown)
    assert line(made.entity_id, of.id).state == "open"
    assert item.id in [each.id for each in made.owed(HARBOR)]


def test_a_line_taken_back_has_its_proposal_again(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of = line_of(made, HARBOR)
    accept = {"items": 1, "view": ""}

    undo(client, follow(client, f"/match/{of.id}/accept", accept | {"proposal": proposal(made, of)}))
    assert "Accept match" in page(client, f"/match/{of.id}")
    follow(client, f"/match/{of.id}/accept", accept | {"proposal": proposal(made, of)})
    follow(client, f"/match/{of.id}/undo")

    assert "Accept match" in page(client, f"/match/{of.id}")


def test_all_exact_lines_are_one_step_with_one_undo(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    shown = page(client, "/match?show=ready")
    [ids] = re.findall(r'name="lines" value="([0-9,]+)"', shown)

    shown = follow(client, "/match/accept-exact", {"lines": ids, "view": "?show=ready"})

    assert message(shown).startswith(f"Matched {len(ids.split(','))} exact line")
    assert "Nothing is exact now" in shown
    undo(client, shown)
    assert line(made.entity_id, line_of(made, HARBOR).id).state == "open"


def test_somebody_elses_step_is_said_and_changes_nothing(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of = line_of(made, HARBOR)
    form = {"proposal": proposal(made, of), "items": 1}
    follow(client, f"/match/{of.id}/accept", form)

    assert "Somebody has decided this meanwhile" in refused(client, f"/match/{of.id}/accept", form)


def test_a_proposal_set_aside_is_not_proposed_again(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of = line_of(made, HARBOR)

    shown = follow(client, f"/match/{of.id}/refuse", {"proposal": proposal(made, of), "reason": "another customer"})

    assert "set aside" in message(shown)
    assert "Say in a few words" in refused(client, f"/match/{of.id}/refuse", {"proposal": 1})


def test_items_are_chosen_by_hand_and_the_rest_goes_where_the_form_says(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of, owed = line_of(made, REDWOOD), made.owed(REDWOOD)
    shown = page(client, f"/match/{of.id}/items")
    assert "Choose" not in message(shown)
    assert owed[0].number in shown
    number = made.busy.number(REDWOOD)
    applied = of.amount_minor - 1_000
    form = {
        "account": number,
        "version": of.version,
        f"apply_{owed[0].id}": f"{applied / 100:.2f}",
        "rest": "ledger",
        "gl_code": "6100",
    }

    shown = follow(client, f"/match/{of.id}/items?account={number}", form)

    assert "to 1 item" in message(shown)
    assert made.owed(REDWOOD)[0].open_minor == owed[0].open_minor - applied
    placed = page(client, f"/match/{of.id}?show=done")
    assert "6100 Bank charges" in placed
    shown = follow(client, f"/match/{of.id}/undo")
    assert "is open again" in message(shown)
    assert made.owed(REDWOOD)[0].open_minor == owed[0].open_minor


def test_more_than_was_received_cannot_be_applied(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of, owed, number = line_of(made, REDWOOD), made.owed(REDWOOD), made.busy.number(REDWOOD)
    form = {"account": number, "version": of.version, "rest": "account"}
    form |= {f"apply_{item.id}": f"{item.open_minor / 100:.2f}" for item in owed}

    shown = refused(client, f"/match/{of.id}/items?account={number}", form)

    assert "more is applied than was received" in shown
    assert f"{owed[-1].open_minor / 100:.2f}" in shown


def test_the_sum_is_worked_out_while_choosing(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of, owed, number = line_of(made, REDWOOD), made.owed(REDWOOD), made.busy.number(REDWOOD)
    form = {"account": number, f"apply_{owed[0].id}": "10.00", "count": "1"}

    answer = client.post(
        f"/match/{of.id}/items?account={number}", form, headers={"HX-Request": "true", "HX-Target": "eq"}
    )

    assert answer.status_code == 200
    assert 'id="eq"' in answer.content.decode()
    assert "€10.00" in answer.content.decode()


@pytest.mark.parametrize("words", ["number", "name", "amount"])
def test_items_are_found_by_number_name_and_amount(desk: tuple[Client, MonthEnd], words: str) -> None:
    client, made = desk
    item, of = made.owed(NORTHWIND)[0], line_of(made, amount_minor=275_000)
    query = {"number": item.number, "name": "northwind", "amount": f"{item.open_minor / 100:.2f}"}[words]

    shown = page(client, f"/match/{of.id}/find?q={query}")

    assert item.number in shown


def test_an_unknown_payers_money_goes_on_account_or_waits_for_its_owner(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of = line_of(made, amount_minor=275_000)
    assert "Nothing of ours is cited" in page(client, f"/match/{of.id}")

    shown = follow(client, f"/match/{of.id}/on-account", {"account": "Northwind", "version": of.version})
    assert "is on account of Northwind" in message(shown)
    undo(client, shown)
    again = line(made.entity_id, of.id)
    shown = follow(client, f"/match/{of.id}/place", {"kind": "unidentified", "version": again.version})

    assert "as unidentified (2160)" in message(shown)


def test_a_bank_charge_is_booked_to_the_ledger(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of = line_of(made, amount_minor=-1_250)
    assert "Choose a ledger account" in refused(
        client, f"/match/{of.id}/place", {"kind": "ledger", "version": of.version}
    )

    shown = follow(client, f"/match/{of.id}/place", {"kind": "ledger", "gl_code": "6100", "version": of.version})

    assert "is booked on 6100" in message(shown)


def test_a_line_brings_cheques_recorded_before_to_the_bank(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    of = line_of(made, amount_minor=275_000)
    row = ReceiptRow(made.busy.accounts[NORTHWIND], "EUR", 275_000, of.booked_on, method="cheque")
    cheque = record(row, by=office.specialist)
    assert f'value="{cheque}"' in page(client, f"/match/{of.id}/deposit")

    shown = follow(client, f"/match/{of.id}/deposit", {"pick": cheque, "version": of.version})

    assert "brings 1 receipt to the bank" in message(shown)
    assert "this bank line" in page(client, f"/payments/receipts/{cheque}")


def test_a_text_narrows_the_list_and_the_export(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    assert page(client, "/match?q=thank").count("data-line") == 1
    answer = client.get("/match?q=thank&as=csv")
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 2
    assert "Nothing fits these filters" in page(client, "/match?q=nothing-like-this")


def test_the_accountant_may_place_but_not_match(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    _, made = desk
    accountant = client_of(office.accountant)
    of = line_of(made, HARBOR)

    shown = page(accountant, f"/match/{of.id}")

    assert "Accept match" not in shown
    assert "You do not have the right" in refused(
        accountant, f"/match/{of.id}/accept", {"proposal": proposal(made, of)}
    )
