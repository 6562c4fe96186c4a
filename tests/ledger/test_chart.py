"""The chart of accounts comes from a file, and stays what the postings need it to be."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duly.events.actions import undo
from duly.events.queries import recent_events
from duly.kernel.refusals import NotAllowed, NotFound, Refused
from duly.ledger.actions import import_accounts
from duly.ledger.queries import chart, gl_account
from duly.ledger.rules import ChartLine
from duly.site.imports import kinds  # noqa: F401
from duly.site.imports.run import Imported, Upload, import_file, kind_named
from tests.ledger.scenario_ledger import journal
from tests.scenario import Office

DAY = date(2026, 1, 31)
FILE = """account;account name;type;control
4300;Consulting;income;
1100;House bank;asset;
1200;Debtors;asset;receivable
6900;Small differences;asset;
;Nameless;asset;
7000;Odd;wealth;
"""


def bring(office: Office, folder: Path, text: str = FILE) -> Imported:
    who = replace(office.accountant, rights=office.accountant.rights | {"imports.run", "ledger.edit"})
    return import_file(kind_named("chart"), Upload(io.BytesIO(text.encode()), "chart.csv", folder), today=DAY, by=who)


def test_a_file_adds_renames_and_gives_back_what_it_cannot_take(office: Office, tmp_path: Path) -> None:
    journal(office, "6900", "1100", 5, on=DAY)

    done = bring(office, tmp_path)

    assert (done.created, done.updated, done.rejected) == (1, 2, 3)
    assert gl_account(office.entity_id, "1100").name == "House bank"
    assert gl_account(office.entity_id, "6900").kind == "expense"
    rejected = Path(done.rejected_file).read_text()
    assert "has postings; its kind and control stay" in rejected
    assert "7000" in rejected


def test_an_imported_chart_is_taken_back_unless_something_was_posted(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path)
    event = recent_events(office.entity_id)[0]

    journal(office, "4300", "1100", 5, on=DAY)
    with pytest.raises(Refused, match=r"ledger\.account_has_postings"):
        undo(event.id, by=office.system)

    assert gl_account(office.entity_id, "4300").name == "Consulting"


def test_an_unused_import_goes_whole(office: Office, tmp_path: Path) -> None:
    before = len(chart(office.entity_id))
    bring(office, tmp_path, "code,name,type\n4300,Consulting,income\n4310,Training,income\n")
    assert len(chart(office.entity_id)) == before + 2

    undo(recent_events(office.entity_id)[0].id, by=office.system)

    assert len(chart(office.entity_id)) == before
    with pytest.raises(NotFound):
        gl_account(office.entity_id, "4300")


def test_the_same_chart_again_changes_nothing(office: Office) -> None:
    rows = [ChartLine("4300", "Consulting", "income")]
    import_accounts(rows, by=office.system)

    again = import_accounts(rows, by=office.system)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


def test_a_code_that_stands_twice_is_taken_once(office: Office) -> None:
    done = import_accounts([ChartLine("4300", "One", "income"), ChartLine("4300", "Two", "income")], by=office.system)

    assert (done.created, [one.place for one in done.rejected]) == (1, [2])
    assert gl_account(office.entity_id, "4300").name == "One"


def test_who_may_import_customers_may_not_change_the_chart(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        import_file(
            kind_named("chart"),
            Upload(io.BytesIO(FILE.encode()), "chart.csv", tmp_path),
            today=DAY,
            by=replace(office.specialist, rights=frozenset({"imports.run"})),
        )
