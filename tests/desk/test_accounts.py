"""The list of accounts, one account with its tabs, and what is done on it."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client

from duly.events.queries import recent_events
from duly.receivables.queries import account, account_by_number, holds_of, items_of_account
from tests.desk.scenario_desk import Busy, busy, client_of
from tests.scenario import Office
from tests.scenario import account as opened

NORTHWIND = "Northwind Trading Co."


@pytest.fixture
def desk(office: Office) -> tuple[Client, Busy]:
    return client_of(office.specialist), busy(office)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def follow(client: Client, path: str, data: dict[str, object] | None = None) -> str:
    """Send a form and return the page it leads to, with its message."""
    answer = client.post(path, data or {})
    assert answer.status_code == 303, answer.content.decode()
    return page(client, answer.headers["Location"])


def undo(client: Client, shown: str) -> str:
    """Press the Undo of the message."""
    toast = shown.partition('data-toast="ok"')[2]
    action, back = re.findall(r'action="(/undo/\d+)".*?name="next" value="([^"]+)"', toast)[0]
    return follow(client, action, {"next": back.replace("&amp;", "&")})


def test_the_list_shows_what_each_owes_and_what_is_next(desk: tuple[Client, Busy]) -> None:
    client, _ = desk

    shown = page(client, "/accounts")

    assert shown.count("data-row") >= 7
    assert "Decide the hold" in shown
    assert "Apply money" in shown
    assert "Balance of these: €" in shown
    assert "7 found" in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("begins=north", {"Northwind Trading Co."}),
        ("begins=ŁÓDŹ", {"Łódź Médical"}),
        ("held=1", {"Calder &amp; Voss LLP"}),
        ("unapplied=1", {"Blue Harbor Logistics", "Northwind Trading Co.", "Stonegate Dental Group"}),
        ("unapplied=1&begins=st", {"Stonegate Dental Group"}),
        ("state=closed", set()),
        ("owner=me", set()),
    ],
)
def test_filters_narrow_the_list(desk: tuple[Client, Busy], query: str, names: set[str]) -> None:
    client, _ = desk

    shown = page(client, f"/accounts?{query}")

    assert set(re.findall(r'<a data-row href="/accounts/[^"]+">([^<]+)</a>', shown)) == names
    if not names:
        assert "No account fits these filters" in shown


def test_the_list_is_given_as_the_file_it_shows(desk: tuple[Client, Busy]) -> None:
    client, _ = desk

    answer = client.get("/accounts?begins=north&as=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Account"] for row in rows] == [NORTHWIND]


def test_every_account_is_listed_once_over_the_pages(office: Office) -> None:
    for place in range(53):
        opened(office, name=f"Customer {place % 3}")
    client = client_of(office.specialist)

    first = page(client, "/accounts")
    more = re.findall(r'href="(\?after=[^"]+)"', first)[0].replace("&amp;", "&")
    second = page(client, f"/accounts{more}")

    numbers = [n for shown in (first, second) for n in re.findall(r'data-row href="/accounts/([^"]+)"', shown)]
    assert len(numbers) == len(set(numbers)) == 53


def test_a_new_account_is_opened_with_its_customer(office: Office) -> None:
    client = client_of(office.specialist)
    form = {
        "name": "Kestrel & Söhne", "kind": "business", "language": "de", "country": "DE", "email": "ap@example.com",
        "street": "Hafenstr. 1", "postal_code": "20457", "city": "Hamburg", "currency": "EUR", "terms_days": "14",
        "tax_profile": "domestic", "delivery": "email", "owner_id": str(office.specialist.user_id),
    }  # fmt: skip

    shown = follow(client, "/accounts/new", form)

    assert "Kestrel &amp; Söhne" in shown
    assert "14 days to pay" in shown
    assert "with Specialist" in shown


def test_a_wrong_new_account_keeps_what_was_typed_and_opens_nothing(office: Office) -> None:
    client = client_of(office.specialist)

    answer = client.post("/accounts/new", {"name": "Half", "terms_days": "soon", "delivery": "email"})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Half"' in shown
    assert 'value="soon"' in shown
    assert "An address is needed" in shown
    assert "No accounts yet" in page(client, "/accounts")


def test_each_tab_of_an_account_opens(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(NORTHWIND)

    tabs = ("timeline", "items", "agreements", "contacts", "documents", "statement", "why", "unknown")
    shown = {tab: page(client, f"/accounts/{number}?tab={tab}") for tab in tabs}

    assert "Payment" in shown["timeline"]
    assert "Settle what is ticked" in shown["items"]
    assert "Training" in shown["items"]
    assert "Workspace" in shown["agreements"]
    assert "Closing balance" in shown["statement"]
    assert "Why the balance is" in shown["why"]
    assert shown["unknown"].count("tl-i") == shown["timeline"].count("tl-i")


def test_the_timeline_can_be_narrowed(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number("Calder & Voss LLP")

    changes = page(client, f"/accounts/{number}?tab=timeline&only=changes")
    money = page(client, f"/accounts/{number}?tab=timeline&only=money")

    assert "On hold: They say the October price is wrong" in changes
    assert "INV-" not in changes.partition('id="rows"')[2].partition("</ol>")[0]
    assert "INV-" in money


def test_the_waterfall_adds_up_and_each_figure_leads_to_its_documents(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(NORTHWIND)

    why = page(client, f"/accounts/{number}?tab=why")
    for address in re.findall(rf'href="(/accounts/{number}\?tab=items&amp;kind=[^"]+)"', why):
        assert page(client, address.replace("&amp;", "&"))

    assert "kind=payment" in why


def test_ticked_money_settles_ticked_debts_and_undo_takes_it_back(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    account_id, number = made.accounts[NORTHWIND], made.number(NORTHWIND)
    entity = made.office.entity_id
    items = items_of_account(entity, account_id)
    debt = next(item for item in items if item.open_minor > 0)
    money = next(item for item in items if item.open_minor < 0)

    shown = follow(client, f"/accounts/{number}/apply", {"pick": [debt.id, money.id], f"amount-{debt.id}": "100.00"})

    assert "€100.00 applied to 1 open item." in shown
    after = {item.id: item.open_minor for item in items_of_account(entity, account_id)}
    assert after[debt.id] == debt.open_minor - 100_00
    undo(client, shown)
    assert {item.id: item.open_minor for item in items_of_account(entity, account_id)}[debt.id] == debt.open_minor


def test_more_than_is_open_is_refused_in_words(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(NORTHWIND)
    items = items_of_account(made.office.entity_id, made.accounts[NORTHWIND])
    debt = next(item for item in items if item.open_minor > 0)
    money = next(item for item in items if item.open_minor < 0)

    answer = client.post(f"/accounts/{number}/apply", {"pick": [debt.id, money.id], f"amount-{debt.id}": "999999"})

    assert answer.status_code == 409
    assert "has less open than" in answer.content.decode()


def test_all_money_oldest_first_then_taken_back_by_hand(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(NORTHWIND)

    follow(client, f"/accounts/{number}/apply-oldest")
    shown = page(client, f"/accounts/{number}?tab=items&show=all")
    allocation = re.findall(r'name="allocation" value="(\d+)"', shown)[0]
    taken = follow(client, f"/accounts/{number}/unapply", {"allocation": allocation})

    assert "1 allocation taken back." in taken


def test_the_money_of_many_accounts_is_applied_in_one_step_with_one_undo(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    picked = [made.accounts[NORTHWIND], made.accounts["Stonegate Dental Group"]]

    shown = follow(client, "/accounts/apply-oldest", {"pick": picked, "next": "/accounts?unapplied=1"})

    assert "Stonegate" not in shown.partition('id="rows"')[2].partition("</tbody>")[0]
    assert "Stonegate" in undo(client, shown)


def test_a_receipt_is_recorded_and_undone(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number("Redwood Analytics")
    form = {"amount": "50.00", "received_on": made.today.isoformat(), "method": "cheque", "reference": "4711"}

    shown = follow(client, f"/accounts/{number}/receipt", form)
    assert "€50.00 recorded" in shown
    assert "RCT-" in page(client, f"/accounts/{number}?tab=items")

    assert "Undone" in undo(client, shown)
    assert "RCT-" not in page(client, f"/accounts/{number}?tab=items")


def test_a_charge_waits_for_the_next_invoice(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number("Redwood Analytics")
    form = {"item_code": "SUPPORT", "bill_on": made.today.isoformat(), "quantity": "2", "unit_price": "75.00",
            "description": "Migration"}  # fmt: skip

    shown = follow(client, f"/accounts/{number}/charge", form)

    assert "Migration" in shown
    assert "€150.00" in shown
    assert "Migration" not in undo(client, shown).partition("tab=items")[2]


def test_a_hold_needs_its_reason_owner_and_day_and_is_released(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number, entity = made.number("Redwood Analytics"), made.office.entity_id
    yesterday = (made.today - timedelta(days=1)).isoformat()

    wrong = client.post(f"/accounts/{number}/hold", {"scope": "all", "deadline_on": yesterday})
    good = {"scope": "billing", "reason": "New address", "deadline_on": made.today.isoformat(),
            "owner_id": made.office.specialist.user_id}  # fmt: skip
    shown = follow(client, f"/accounts/{number}/hold", good)

    assert wrong.status_code == 422
    assert "Not before" in wrong.content.decode()
    assert "On hold: New address" in shown
    assert "1 hold released" in follow(client, f"/accounts/{number}/release")
    assert holds_of(entity, made.accounts["Redwood Analytics"]) == []


def test_terms_change_and_a_stale_form_shows_both_versions(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number, entity = made.number(NORTHWIND), made.office.entity_id
    terms = {"terms_days": "45", "tax_profile": "domestic", "delivery": "email", "billing_email": "a@example.com",
             "po_number": "PO-7", "owner_id": ""}  # fmt: skip

    shown = follow(client, f"/accounts/{number}/terms", {**terms, "version": "1"})
    stale = client.post(f"/accounts/{number}/terms", {**terms, "terms_days": "60", "version": "1"})
    again = follow(client, f"/accounts/{number}/terms", {**terms, "terms_days": "60", "version": "2"})

    assert "45 days to pay" in shown
    assert stale.status_code == 409
    assert "Somebody changed these terms" in stale.content.decode()
    assert 'value="60"' in stale.content.decode()
    assert "60 days to pay" in again
    assert "45 days to pay" in undo(client, again)
    assert account_by_number(entity, number).po_number == "PO-7"


def test_the_customer_changes_and_the_old_name_comes_back(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(NORTHWIND)
    form = {"name": NORTHWIND, "kind": "business", "country": "DE", "language": "en", "city": "Kiel", "version": "1",
            "street": "Main St 1", "postal_code": "10115", "email": "ap0@example.com"}  # fmt: skip

    shown = follow(client, f"/accounts/{number}/customer", form)

    assert "Kiel" in shown
    assert "Berlin" in undo(client, shown)


def test_a_statement_is_a_page_a_table_and_a_paper(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = made.number(NORTHWIND)

    table = client.get(f"/accounts/{number}/statement?as=csv")
    paper = client.get(f"/accounts/{number}/statement")

    lines = b"".join(table.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[-1].count("Closing balance") == 1
    assert paper.content.startswith(b"%PDF")


def test_another_office_does_not_see_the_account(desk: tuple[Client, Busy]) -> None:
    from tests.scenario import open_office

    _, made = desk
    number = made.number(NORTHWIND)
    stranger = client_of(open_office().specialist)

    assert stranger.get(f"/accounts/{number}").status_code == 404


def test_the_auditor_looks_but_is_offered_no_act(desk: tuple[Client, Busy]) -> None:
    _, made = desk
    number = made.number(NORTHWIND)
    auditor = client_of(made.office.auditor)

    shown = page(auditor, f"/accounts/{number}")
    refused = auditor.post(f"/accounts/{number}/apply-oldest")

    assert "Record a receipt" not in shown
    assert refused.status_code == 403
    assert "Specialist" in refused.content.decode()


def test_what_happened_stands_with_its_undo_on_today(desk: tuple[Client, Busy]) -> None:
    client, made = desk

    shown = page(client, "/today")

    assert "They say the October price is wrong" in shown
    events = recent_events(made.office.entity_id, actor_id=made.office.specialist.user_id)
    assert f"/undo/{events[0].id}" in shown
    assert account(made.office.entity_id, made.accounts[NORTHWIND]).name in page(client, "/accounts")
