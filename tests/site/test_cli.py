"""A month by the command line alone: each command a process, one JSON object, exit codes others rely on."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duly.site.demo.bankfile import Movement, camt053
from duly.site.embedded import attach_or_start, stop_running
from duly.site.home import Home
from tests.site.scenario_terminal import CUSTOMERS, IBAN, Terminal

BEAN_CHECK = Path(sys.executable).with_name("bean-check")
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
CHARGES = "customer,item,description,quantity,unit_price,bill_on\n10003,HELP,Set-up,1,250.00,2026-03-05\n"
OPEN_ITEMS = "customer,number,issued_on,due_on,amount\n10003,OLD-77,2026-01-15,2026-02-14,80.00\n"
CONTACTS = "customer,name,email\n10001,Ann Kai,ann@harbor.example\n"
USAGE = "external_id,meter,customer,at,quantity\nu1,calls,10001,2026-03-02T10:00:00+00:00,5\n"
PRICES = "item,unit_price,valid_from\nSEAT,12.00,2026-01-01\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """An office that was opened; its database stays up between the commands."""
    folder = tmp_path_factory.mktemp("month")
    home = Home(folder / "the office's home")
    server = attach_or_start(home, fsync=False)
    desk = Terminal(home.path, folder)
    desk.open_office()
    yield desk
    server.stop()
    stop_running(home)


@pytest.fixture(scope="module")
def month(desk: Terminal) -> dict[str, dict[str, Any]]:
    """March, from customers to a bank file that is matched; what each command said, by its name."""
    said: dict[str, dict[str, Any]] = {}
    desk.brings_the_customers()
    for kind, content in {
        "prices": PRICES,
        "contacts": CONTACTS,
        "charges": CHARGES,
        "usage": USAGE,
        "open-items": OPEN_ITEMS,
    }.items():
        said[kind] = desk.brings(kind, content)
    said["rehearsed"] = desk.does("bill", "--through", "2026-03-31", "--dry-run")
    said["bill"] = desk.does("bill", "--through", "2026-03-31", "--on", "2026-03-31")
    said["show"] = desk.does("invoice", "show", "INV-2026-000001")
    owed = said["show"]["document"]["total_minor"]
    paid = Movement(date(2026, 3, 30), owed, "Harbor Line Freight", "", "Invoice INV-2026-000001, thank you", "", "B1")
    strange = Movement(date(2026, 3, 30), 7_77, "Nobody we know", "", "greetings", "", "B2")
    content, _ = camt053(IBAN, "EUR", 1, 0, [paid, strange], MARCH)
    desk.file("march.xml", content)
    said["bank"] = desk.does("bank", "import", "march.xml")
    said["match rehearsed"] = desk.does("match", "--dry-run")
    said["match"] = desk.does("match")
    return said


def test_a_csv_with_two_readings_says_how_to_choose_and_is_read_as_told(
    desk: Terminal, month: dict[str, dict[str, Any]]
) -> None:
    # 03/04/2031 is a day in April here and a day in March there.
    text = "Date,Description,Amount\n03/04/2031,Rent,100.00\n05/04/2031,Fees,-2.50\n"
    file = desk.file("both.csv", text)

    nowhere = desk.refuses("bank", "import", file, "--account", 99, "--dry-run")
    refused = desk.refuses("bank", "import", file, "--account", 1, "--dry-run")
    unclear = desk.refuses("bank", "import", file, "--account", 1, "--mapping-option", "date=sometimes")
    read = desk.does("bank", "import", file, "--account", 1, "--dry-run", "--mapping-option", "date=DD/MM/YYYY")

    assert nowhere["code"] == "bank.account_unknown"
    assert refused["code"] == "bank.csv_two_readings"
    assert refused["facts"]["choices"] == [
        "--mapping-option 'date=DD/MM/YYYY'",
        "--mapping-option 'date=MM/DD/YYYY'",
    ]
    assert unclear["code"] == "bank.date_format_unknown"
    assert read["lines_new"] == 2


def test_every_kind_of_table_comes_in(month: dict[str, dict[str, Any]]) -> None:
    counts = {
        kind: (month[kind]["created"], month[kind]["rejected"])
        for kind in ("prices", "contacts", "charges", "open-items")
    }

    assert counts == {kind: (1, 0) for kind in counts}
    assert month["usage"]["read"] == 1


def test_the_run_bills_what_its_rehearsal_said(month: dict[str, dict[str, Any]]) -> None:
    # 10 x 12.00 = 120.00; 3 x 12.00 + 99.00 = 135.00; 250.00 once; together 505.00 net
    assert month["rehearsed"]["to_bill_net"] == {"EUR": 505_00}
    assert month["rehearsed"]["dry_run"] is True

    certificate = month["bill"]["certificate"]
    assert certificate["billed_net"] == {"EUR": 505_00}
    assert certificate["documents"] == 3
    assert certificate["adds_up"] is True


def test_an_invoice_is_shown_and_printed_the_same_each_time(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    for name in ("one.pdf", "two.pdf"):
        desk.does("invoice", "pdf", "INV-2026-000001", "-o", name)

    assert month["show"]["document"]["total_minor"] == 142_80  # 120.00 + 19 %
    one = (desk.folder / "one.pdf").read_bytes()
    assert one.startswith(b"%PDF")
    assert one == (desk.folder / "two.pdf").read_bytes()


def test_money_with_our_number_is_applied_and_the_rest_waits(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    assert month["bank"]["lines_new"] == 2
    assert (month["match rehearsed"]["applied"], month["match rehearsed"]["waiting"]) == (1, 2)
    assert (month["match"]["applied"], month["match"]["waiting"]) == (1, 1)
    assert desk.does("invoice", "show", "INV-2026-000001")["document"]["open_minor"] == 0

    why = desk.does("match", "explain", 1)

    assert "INV-2026-000001" in " ".join(why["because"])


def test_bank_and_books_differ_by_what_nobody_placed_yet(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    said = desk.does("reconcile")

    assert all(control["difference_minor"] == 0 for control in said["controls"])
    [bank] = said["banks"]
    assert bank["figures"]["difference_minor"] == 7_77
    assert bank["figures"]["unexplained_minor"] == 0


def test_aging_and_trial_balance_are_of_any_date(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    # 135.00 + 19 % = 160.65; 250.00 + 19 % = 297.50; the old item of 80.00 is 45 days late
    [row] = desk.does("age", "--as-of", "2026-03-31")["rows"]
    assert (row["not_due_minor"], row["late_31_60_minor"], row["total_minor"]) == (458_15, 80_00, 538_15)

    [then] = desk.does("age", "--as-of", "2026-01-31")["rows"]
    assert then["total_minor"] == 80_00

    rows = desk.does("trial-balance", "--as-of", "2026-03-31")["rows"]
    assert sum(row["balance_minor"] for row in rows) == 0
    assert {row["code"]: row["balance_minor"] for row in rows}["1200"] == 538_15


def test_a_credit_by_line_is_rehearsed_then_written(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    words = ("invoice", "credit", "INV-2026-000002", "--line", "1=6.00", "--reason", "half a seat too many")
    desk.does(*words, "--dry-run")

    done = desk.does(*words)

    assert done["credit_note"] == "CN-2026-000001"
    assert done["total_minor"] == -7_14  # 6.00 + 19 %
    assert desk.does("invoice", "show", "INV-2026-000002")["document"]["open_minor"] == 160_65 - 7_14


def test_a_voided_invoice_can_be_billed_again(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    desk.does("invoice", "void", "INV-2026-000003", "--reason", "wrong address")

    assert desk.refuses("invoice", "void", "INV-2026-000003", "--reason", "again")["code"] == "invoice.voided_already"
    assert desk.does("bill", "--through", "2026-03-31")["certificate"]["documents"] == 1


def test_an_import_is_taken_back_whole(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    batch = desk.brings("customers", "customer,name\n20001,Short Stay GmbH\n")["batch_id"]

    undone = desk.does("import", "--undo", batch)

    assert undone["rows"] == 1


def test_one_act_is_undone_whole_by_its_number(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    words = ("receipt", "A-2026-000002", "50.00", "--method", "cash", "--reference", "till 4")
    assert "event" not in desk.does(*words, "--dry-run")
    event = desk.does(*words)["event"]

    desk.does("undo", event)

    assert desk.refuses("undo", event)["code"] == "events.undone_already"


def test_every_number_says_why(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    invoice = desk.does("why", "INV-2026-000001")
    account = desk.does("why", "A-2026-000003", "--as-of", "2026-01-31")
    line = desk.does("why", "line", "1")

    steps = [step["sentence"] for line in invoice["because"] for step in line["because"]]
    assert any("12" in step for step in steps)
    assert "80.00 EUR" in account["sentence"]
    assert line["because"]
    assert desk.refuses("why", "the moon")["code"] == "why.subject_unknown"


def test_a_month_is_closed_only_when_everything_ties(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    rehearsed = desk.does("close", "2026-01", "--dry-run")

    assert [item["open"] for item in rehearsed["checklist"] if not item["ties"]] == []
    assert desk.does("close", "2026-01")["hash"]
    assert desk.refuses("close", "2026-13")["code"] == "ledger.period_unknown"
    assert desk.refuses("close", "2026-03")["facts"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_tables_are_taken_out_in_three_formats(desk: Terminal, month: dict[str, dict[str, Any]], ending: str) -> None:
    done = desk.does("export", "invoices", f"invoices.{ending}", "--to", "2026-03-31")

    assert done["rows"] >= 4
    if ending == "csv":
        with (desk.folder / "invoices.csv").open() as source:
            rows = list(csv.DictReader(source))
        assert rows[0]["number"] == "INV-2026-000001"
        assert rows[0]["total"] == "142.80"


def test_the_journal_pleases_bean_check(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    desk.does("export", "journal", "books.beancount")

    checked = subprocess.run([BEAN_CHECK, desk.folder / "books.beancount"], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_worker_sends_what_is_due_into_the_mailbox(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    later = Terminal(desk.home, desk.folder, {"DULY_NOW": "2026-03-31T12:00:00+00:00"})

    sent = later.does("worker", "--once")["documents sent"]

    mails = list((desk.home / "outbox" / "mail").glob("*.eml"))
    assert sent >= 3
    assert len(mails) == sent


def test_nothing_a_month_did_breaks_the_books(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    said = desk.does("verify")

    assert said["problems"] == []
    assert set(said["chains"]) == {"ledger", "events"}


def test_what_is_there_already_changes_nothing(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    before = desk.does("verify")["postings"]

    desk.file("march-copy.xml", (desk.folder / "march.xml").read_bytes())
    bank = desk.does("bank", "import", "march-copy.xml")
    customers = desk.does("import", "customers", desk.file("again.csv", CUSTOMERS))
    bill = desk.does("bill", "--through", "2026-03-31")

    assert (bank["lines_new"], customers["created"], bill["certificate"]["documents"]) == (0, 0, 0)
    assert desk.does("verify")["postings"] == before


def test_a_bad_row_comes_back_with_its_line_and_a_remedy(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    text = "customer,item,quantity,unit_price\n99999,HELP,1,10.00\n10001,HELP,one,10.00\n"

    done = desk.does("import", "charges", desk.file("bad.csv", text))

    assert (done["created"], done["rejected"]) == (0, 2)
    assert sorted(row["line"] for row in done["first_rejected"]) == [2, 3]
    assert all(row["reason"] and row["remedy"] for row in done["first_rejected"])
    given_back = Path(done["rejected_file"]).read_text().splitlines()
    assert given_back[0].endswith("line,reason,remedy")
    assert len(given_back) == 3


def test_a_cut_file_changes_nothing_and_says_what_is_wrong(desk: Terminal, month: dict[str, dict[str, Any]]) -> None:
    whole = (desk.folder / "march.xml").read_bytes()
    before = desk.does("verify")["postings"]

    cut = desk.refuses("bank", "import", desk.file("cut.xml", whole[: len(whole) // 2]))
    wrong = desk.refuses("bank", "import", desk.file("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)))
    columns = desk.refuses("import", "customers", desk.file("columns.csv", "colour,size\nred,5\n"))

    assert cut["facts"]["file"] == "cut.xml"
    assert wrong["facts"]["file"] == "picture.png"
    assert all(one["facts"]["remedy"] for one in (cut, wrong, columns))
    assert desk.does("verify")["postings"] == before


def test_unknown_names_are_refused_and_wrong_usage_is_told_apart(desk: Terminal) -> None:
    assert desk.refuses("invoice", "show", "INV-1999-000001")["facts"] == {"number": "INV-1999-000001"}
    assert desk.refuses("import", "potatoes", desk.file("p.csv", "a\n1\n"))["code"] == "imports.kind_unknown"
    assert desk.refuses("export", "potatoes", "p.csv")["code"] == "exports.kind_unknown"
    assert desk.refuses("export", "invoices", "p.docx")["code"] == "exports.ending_unknown"
    assert desk("invoice", "credit", "INV-2026-000001", "--reason", "x").code == 2
    assert desk("bill", "--through", "yesterday").code == 2
    assert desk("no-such-command").code == 2
