"""Payments on the screen: bank beside books, files through a rehearsal, receipts and what they settle."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duly.banking.queries import bank_account, files, lines, statements
from duly.payments.actions import ReceiptRow, record
from duly.payments.queries import receipt, unapplied_cash
from tests.banking.scenario_bank import Booked, camt, statement
from tests.desk.scenario_billing import HARBOR, NORTHWIND, MonthEnd, follow, message, month_end, page, refused, undo
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office

GERMAN = "Buchungstag;Betrag;Verwendungszweck\n03.11.2026;1.234,50;Rechnung\n04.11.2026;-12,50;Entgelt\n"
DOUBTFUL = "Date,Amount,Description\n03/04/2026,12.50,Hello\n05/06/2026,99.00,World\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that wait are kept in a folder of this test's own."""
    monkeypatch.setattr(settings, "DULY_HOME", str(tmp_path), raising=False)


@pytest.fixture
def desk(office: Office) -> tuple[Client, MonthEnd]:
    return client_of(office.specialist), month_end(busy(office))


def choose(client: Client, data: bytes | str, name: str, bank: str = "") -> str:
    """Choose a file; returns the address where it is looked at."""
    content = data.encode() if isinstance(data, str) else data
    sent = {"statement": SimpleUploadedFile(name, content), "bank": bank}
    answer = client.post("/payments/upload", sent)
    assert answer.status_code == 303, answer.content.decode()[:500]
    return str(answer.headers["Location"])


def take_in(client: Client, where: str, **more: str) -> str:
    path, _, query = where.partition("?")
    form = dict(pair.split("=", 1) for pair in query.split("&"))
    return follow(client, path, form | {"step": "import"} | more)


def later(made: MonthEnd, opening_minor: int, text: str = "later") -> bytes:
    booked = [Booked(7_700, text, on=made.busy.today, payer="Later Ltd", reference=text)]
    return camt(statement(opening_minor, booked, sequence=7))


def closing(made: MonthEnd) -> int:
    return statements(made.entity_id, state="chained")[0].closing_minor or 0


def test_the_strip_sets_bank_beside_books_and_lists_what_lies_between(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    assert "4 lines not matched" in page(client, "/payments")
    shown = page(client, f"/payments/banks/{made.bank_id}")

    assert "On the statement, not in the books" in shown
    assert "Before the first statement" in shown
    assert "WIRE IN 88213" in shown


def test_a_file_is_rehearsed_then_taken_in_and_undone(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    where = choose(client, later(made, closing(made)), "later.xml")

    shown = page(client, where)
    assert "Continues the chain" in shown
    assert len(files(made.entity_id)) == 1, "looking at a file keeps nothing"
    shown = take_in(client, where)

    assert "later.xml: 1 new line, 0 known already" in message(shown)
    assert len(lines(made.entity_id, state="open")) == 5
    undo(client, shown)
    assert len(lines(made.entity_id, state="open")) == 4


def test_the_same_file_twice_changes_nothing_and_says_so(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    data = later(made, closing(made))
    take_in(client, choose(client, data, "later.xml"))

    shown = page(client, choose(client, data, "copy.xml"))

    assert "This very file was brought in before" in shown
    assert "Bring it in" not in shown


def test_a_statement_with_a_gap_waits_with_what_to_do(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    where = choose(client, later(made, closing(made) + 5_000), "gap.xml")
    assert "Waits" in page(client, where)

    shown = take_in(client, where)

    assert "50.00 EUR lies between" in shown
    [waiting] = statements(made.entity_id, state="quarantined")
    accountant = client_of(office.accountant)
    shown = follow(accountant, f"/payments/statements/{waiting.id}/accept-gap", {"reason": "lost by the bank"})
    assert "the gap stays listed" in message(shown)
    assert "A gap that was accepted" in page(client, f"/payments/banks/{made.bank_id}")


def test_a_csv_is_mapped_once_and_remembered(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    where = choose(client, GERMAN, "umsatz.csv")
    shown = page(client, where)
    assert "How is this file written?" in shown
    assert "€1,234.50" in shown

    shown = page(client, f"{where}&bank={made.bank_id}")
    assert "Without balances" in shown
    shown = take_in(client, f"{where}&bank={made.bank_id}")

    assert "2 new lines" in message(shown)
    assert bank_account(made.entity_id, made.bank_id).csv_mapping is not None


def test_days_that_can_be_read_two_ways_are_asked(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    where = choose(client, DOUBTFUL, "us.csv", bank=str(made.bank_id))

    shown = page(client, where)
    assert "It can be read in more than one way" in shown
    path = where.partition("?")[0]
    form = {"name": "us.csv", "bank": made.bank_id, "role-booked_on": "Date", "role-amount": "Amount"}
    answer = client.post(path, form | {"date_format": "%m/%d/%Y", "marks": "1,234.56"})

    assert "Mar 4 to May 6, 2026" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"%PDF-1.4", "An archive, workbook or PDF"), (b"<x/>", "cannot be brought in like this")],
)
def test_a_file_that_cannot_be_read_is_said_so(desk: tuple[Client, MonthEnd], data: bytes, said: str) -> None:
    client, _ = desk

    answer = client.get(choose(client, data, "x.bin"))

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_empty_upload_names_the_field(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    assert "Choose a file that is not empty" in refused(client, "/payments/upload", {})


def test_a_token_of_another_office_finds_nothing(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    page(client, choose(client, later(made, 0), "a.xml"))

    page(client, f"/payments/import/{'0' * 64}", 404)
    page(client, "/payments/import/..%2F..%2Fkeys", 404)


def test_a_receipt_by_hand_waits_on_its_account_and_is_reversed_with_a_reason(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    form = {"account": made.busy.number(NORTHWIND), "amount": "120.00", "method": "cash", "reference": "till 4"}

    shown = follow(client, "/payments/new", form | {"received_on": made.busy.today.isoformat()})

    assert "not applied yet" in message(shown)
    assert "On the way to the bank" in shown
    newest = max(row.receipt_id for row in unapplied_cash(made.entity_id, as_of=made.busy.today))
    shown = follow(client, f"/payments/receipts/{newest}/reverse", {"reason": "counted twice"})
    assert "Reversed" in message(shown)
    assert receipt(made.entity_id, newest).state == "reversed"


def test_the_reversal_of_a_receipt_above_ones_limit_is_asked_for(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    row = ReceiptRow(made.busy.accounts[NORTHWIND], "EUR", 900_000, made.busy.today)
    large = record(row, by=office.specialist)

    shown = follow(client, f"/payments/receipts/{large}/reverse", {"reason": "no"})

    assert "above your limit of €5,000.00" in shown
    assert receipt(made.entity_id, large).state == "recorded"


def test_what_a_receipt_settled_is_un_applied_and_undone(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    item = made.owed(HARBOR)[0]
    form = {"invoice": item.number, "amount": "10.00", "method": "cheque"}
    shown = follow(client, "/payments/new", form | {"received_on": (made.busy.today - timedelta(1)).isoformat()})
    assert "Un-apply" in shown
    allocation = shown.partition('name="allocation" value="')[2].partition('"')[0]

    follow(client, "/payments/unapply", {"allocation": allocation, "next": "/payments/receipts"})

    assert made.owed(HARBOR)[0].open_minor == item.open_minor


def test_lists_of_receipts_and_of_money_not_applied(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    assert page(client, "/payments/receipts").count("<tr data-line>") == 3
    assert "Nothing fits these filters" in page(client, "/payments/receipts?method=card")
    shown = page(client, "/payments/unapplied")
    assert "40 days" in shown
    answer = client.get("/payments/unapplied?as=csv")
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert len(rows) == 1 + len(unapplied_cash(made.entity_id, as_of=made.busy.today))
