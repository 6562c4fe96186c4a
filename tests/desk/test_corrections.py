"""Corrections on the screen: their effect is shown first, then done; refunds and bank details by their steps."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction

from duly.desk.queries.accounts import timeline
from duly.invoicing.queries.documents import DocumentFilter, documents_page
from duly.kernel.actor import Actor
from duly.payments.actions import AsItShouldBe, apply_oldest_first, correct
from duly.payments.queries import receipts
from duly.payments.queries.refunds import refunds
from duly.receivables.queries import account as account_of
from tests.desk.scenario_desk import client_of
from tests.parties.scenario_bank_change import contact, party_of
from tests.payments.scenario_money import DAY, balance, item_of, one, open_minor, owe, paid
from tests.payments.scenario_refunds import bank, paid_by_bank
from tests.scenario import Office, account


def number(office: Office, account_id: int) -> str:
    return account_of(office.entity_id, account_id).number


def shown(actor: Actor, path: str, *, status: int = 200) -> str:
    answer = client_of(actor).get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def sent(actor: Actor, path: str, *, status: int = 303, **fields: object) -> str:
    answer = client_of(actor).post(path, {name: value for name, value in fields.items()})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_menu_leads_to_what_this_person_may_do(office: Office) -> None:
    ann = account(office)
    at = f"/accounts/{number(office, ann)}"

    specialist, auditor = shown(office.specialist, f"{at}/corrections"), shown(office.auditor, f"{at}/corrections")

    assert f"{at}/refund" in specialist
    assert f"{at}/write-off" in specialist
    assert f"{at}/refund" not in auditor
    assert f"{at}/corrections" in shown(office.specialist, at)


def test_a_transfer_is_shown_before_it_is_done(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    path, fields = f"/accounts/{number(office, ann)}/move", {"item": owed, "to": number(office, bob), "reason": "wrong"}

    page = words(sent(office.coordinator, path, status=200, do="preview", **fields))

    assert "Tried out and taken back" in page
    assert "1200 Accounts receivable" in page
    assert open_minor(office, owed) == 100_00
    sent(office.coordinator, path, **fields)
    assert open_minor(office, owed) == 0
    assert number(office, bob) in shown(office.coordinator, f"/accounts/{number(office, bob)}?tab=items")


def test_a_transfer_beyond_ones_right_says_so_and_is_sent_for_approval(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    path, fields = f"/accounts/{number(office, ann)}/move", {"item": owed, "to": number(office, bob), "reason": "wrong"}

    assert "Somebody else has to say yes" in sent(office.specialist, path, status=200, do="preview", **fields)
    client_of(office.specialist).post(path, fields)

    assert open_minor(office, owed) == 100_00
    assert one("select state from access_proposal where entity_id = %s", office.entity_id) == "waiting"


@pytest.mark.parametrize("fields", [{"to": "A-999999"}, {"amount": "100.01"}, {"reason": ""}, {"item": "7"}])
def test_what_is_wrong_stands_beside_the_form_and_what_was_typed_stays(office: Office, fields: dict[str, str]) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    good = {"item": str(owed), "to": number(office, bob), "reason": "wrong company"}

    page = sent(office.coordinator, f"/accounts/{number(office, ann)}/move", status=422, **{**good, **fields})

    assert "Not saved yet" in page
    assert next(iter(fields.values())) in page
    assert open_minor(office, owed) == 100_00


def test_a_debt_is_written_off_and_taken_back_from_the_list(office: Office) -> None:
    ann = account(office)
    owed = owe(office, ann, 30_00)
    path = f"/accounts/{number(office, ann)}/write-off"
    shown(office.coordinator, path)

    sent(office.coordinator, path, item=owed, reason="insolvent")

    assert balance(office, "6950") == 30_00
    listed = shown(office.coordinator, "/write-offs")
    assert "The customer is insolvent" in listed
    found = re.search(r"/write-offs/(\d+)/take-back", listed)
    assert found is not None
    sent(office.coordinator, found[0], reason="they paid")
    assert (balance(office, "6950"), open_minor(office, owed)) == (0, 30_00)


def test_small_balances_are_shown_and_written_off_by_rule(office: Office) -> None:
    owe(office, account(office), 50, on=DAY - timedelta(days=300))

    assert "6900 Small differences" in words(sent(office.specialist, "/write-offs/small", status=200, do="preview"))
    sent(office.specialist, "/write-offs/small")

    assert balance(office, "6900") == 50


def test_the_rule_for_small_balances_is_asked_for_by_who_may_not_set_it_alone(office: Office) -> None:
    fields = {"limit": "5.00", "days": "10", "from": "2030-01-01"}
    assert "Not saved yet" in sent(office.owner, "/write-offs/rule", status=422, **{**fields, "days": "x"})
    assert client_of(office.specialist).post("/write-offs/rule", fields).status_code == 403

    client_of(office.owner).post("/write-offs/rule", fields)

    assert (
        one("select action from access_proposal where entity_id = %s", office.entity_id) == "writeoffs.set_small_rule"
    )


def test_money_is_put_on_account_and_released(office: Office) -> None:
    ann = account(office)
    cash = item_of(office, paid(office, ann, 40_00))
    at = f"/accounts/{number(office, ann)}"
    shown(office.specialist, f"{at}/on-account?item={cash}")

    sent(office.specialist, f"{at}/on-account", item=cash, reason="deposit", review_on="2030-01-01")

    assert "deposit" in shown(office.specialist, f"{at}/corrections")
    sent(office.specialist, f"{at}/off-account", item=cash)
    assert "Kept on account" not in shown(office.specialist, f"{at}/corrections")


def test_a_payment_is_corrected_moved_and_shared_out(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    receipt_id = paid(office, ann, 40_00)
    at = f"/payments/receipts/{receipt_id}"
    assert f"{at}/correct" in shown(office.coordinator, at)
    shown(office.coordinator, f"{at}/correct")
    fields = {"account": number(office, ann), "amount": "44.00", "received_on": "2026-03-02", "method": "cash"}

    assert "What it would do" in sent(
        office.coordinator, f"{at}/correct", status=200, do="preview", reason="misread", **fields
    )
    sent(office.coordinator, f"{at}/correct", reason="misread", **fields)

    [newest, *_] = receipts(office.entity_id, account_id=ann)
    right = max(receipts(office.entity_id, account_id=ann), key=lambda row: row.id)
    assert (balance(office, "1050"), right.amount_minor) == (44_00, 44_00)
    assert newest.id
    move = f"/payments/receipts/{right.id}/move"
    shown(office.coordinator, move)
    sent(office.coordinator, move, account_1=number(office, bob), amount_1="14.00", reason="part was Bob's")
    assert (balance(office, "2150"), len(shown(office.coordinator, move)) > 0) == (-44_00, True)


def test_an_invoice_is_billed_to_another_account(office: Office) -> None:
    from tests.invoicing.scenario_invoicing import charge, issue

    ann, bob = account(office), account(office, name="Bob")
    charge(office, ann, 100_00)
    issue(office, ann)
    [doc] = documents_page(office.entity_id, DocumentFilter(account_id=ann), today=DAY)
    assert f"/invoices/{doc.number}/rebill" in shown(office.coordinator, f"/invoices/{doc.number}")
    shown(office.coordinator, f"/invoices/{doc.number}/rebill")

    sent(office.coordinator, f"/invoices/{doc.number}/rebill", to=number(office, bob), reason="Bob ordered it")

    assert len(documents_page(office.entity_id, DocumentFilter(account_id=bob), today=DAY)) == 1


def test_a_refund_walks_through_its_screens(office: Office) -> None:
    ann, ours = account(office), bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    at = f"/accounts/{number(office, ann)}/refund"
    assert "100.00" in shown(office.specialist, at)
    sent(office.specialist, at, amount="60.00", to=detail, reason="paid twice")
    [asked] = refunds(office.entity_id)
    page = f"/refunds/{asked.number}"
    assert "Goes back to where it came from" in shown(office.specialist, page)
    assert "Approve" not in words(shown(office.specialist, page)).split("What happened")[-1]

    sent(office.coordinator, f"{page}/approve")
    assert "When it was approved" in shown(office.coordinator, page)
    assert asked.number in shown(office.accountant, "/refunds?show=pay")
    sent(office.accountant, "/refunds/release", pick=asked.id, bank_account=ours)

    listed = shown(office.accountant, "/refunds?show=way")
    found = re.search(r"/refunds/files/(\d+)", listed)
    assert found is not None
    file = client_of(office.accountant).get(found[0])
    assert b"<InstdAmt" in b"".join(file) if file.streaming else b"<InstdAmt" in file.content
    assert client_of(office.specialist).get(found[0]).status_code == 403
    sent(office.accountant, f"{page}/returned", line="", reason="account closed")
    assert "It came back: account closed" in shown(office.specialist, page)
    assert balance(office, "2170") == 0


def test_bank_details_walk_through_their_screens(office: Office) -> None:
    ann = account(office)
    party_id = party_of(office, ann)
    contact(office, party_id)
    at = f"/accounts/{number(office, ann)}/bank-details"
    shown(office.specialist, at)
    assert "neither an IBAN" in sent(
        office.specialist, at, status=422, account_number="DE00", came_by="letter", reason="new bank"
    )
    sent(office.specialist, at, account_number="DE44500105175407324931", came_by="letter", reason="new bank")
    change = one("select max(id) from parties_bank_change where entity_id = %s", office.entity_id)
    page = f"/bank-details/{change}"
    assert "somebody else makes the call" in shown(office.specialist, page)
    whom = re.search(r'name="contact" value="(\d+)"', shown(office.coordinator, page))
    assert whom is not None

    sent(office.coordinator, f"{page}/call", contact=whom[1], said="yes", note="it is theirs")
    sent(office.accountant, f"{page}/confirm")

    assert "Cooling" in shown(office.specialist, page)
    assert "4931" in shown(office.specialist, "/bank-details")
    assert "DE44500105175407324931" not in shown(office.specialist, page)


def test_where_customers_pay_is_asked_for_and_not_done(office: Office) -> None:
    shown(office.auditor, "/remit-to")

    client_of(office.owner).post("/remit-to", {"iban": "DE44500105175407324931", "reason": "new house bank"})

    assert one("select bank::text from access_entity where id = %s", office.entity_id) == "{}"
    assert one("select action from access_proposal where entity_id = %s", office.entity_id) == "remit_to.change"


@pytest.mark.parametrize("path", ["refund", "move", "write-off", "on-account", "bank-details", "corrections"])
def test_another_office_finds_nothing(office: Office, path: str) -> None:
    from tests.scenario import open_office

    ann = account(open_office())
    stranger = one("select number || 'x' from receivables_account where id = %s", ann)

    assert client_of(office.coordinator).get(f"/accounts/{stranger}/{path}").status_code in (403, 404)


def test_a_correction_is_one_step_on_the_timeline(own_database: dict[str, str], office: Office) -> None:
    ann = account(office)
    with transaction.atomic():
        owe(office, ann, 100_00)
    wrong = paid(office, ann, 100_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)
    correct(wrong, AsItShouldBe(ann, 80_00, DAY, "cheque"), reason="misread", today=DAY, by=office.specialist)

    rows = timeline(office.entity_id, ann, zone="UTC", limit=50)

    said = [(row.kind, row.number, row.note) for row in rows if row.kind in ("receipt", "allocation", "act")]
    corrected = receipts(office.entity_id, account_id=ann)
    newest = max(corrected, key=lambda row: row.id)
    assert ("act", newest.number, "Receipt corrected (amount): misread") in said
    assert [row.number for row in rows if row.kind == "receipt"] == ["RCT-2026-000001"]
    assert [row.note for row in rows if row.kind == "allocation"] == ["oldest first"]
    assert len(timeline(office.entity_id, ann, zone="UTC", only="money", limit=50)) > len(rows) - 2
