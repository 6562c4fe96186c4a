"""The journal leaves exactly, and Beancount's own check accepts it."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.formats.ledger_export import Account, Entry, Posting, write_beancount, write_journal_csv

CHART = [
    Account("1200", "Trade receivables", "asset"),
    Account("1000", "Bank – Zürich", "asset", date(2026, 1, 1)),
    Account("4000", "Erlöse 19 %", "income"),
    Account("2200", "VAT", "liability"),
    Account("6800", "Fees: bank / card", "expense"),
    Account("3000", "Équité", "equity"),
]
ENTRIES = [
    Entry(
        "J-1",
        date(2026, 1, 31),
        "invoice",
        'Invoice "4711" \\ Müller\nGmbH',
        (
            Posting("1200", 119_00, "EUR", reference="RE-1"),
            Posting("4000", -100_00, "EUR"),
            Posting("2200", -19_00, "EUR"),
        ),
        {"document": "RE-1", "By": "night run", "7": "x", "filename": "y"},
    ),
    Entry(
        "J-2",
        date(2026, 2, 3),
        "receipt",
        "",
        (Posting("1000", 119_00, "EUR"), Posting("1200", -119_00, "EUR")),
    ),
    Entry(
        "J-3",
        date(2026, 2, 4),
        "yen",
        "=cmd()",
        (Posting("1000", 1500, "JPY"), Posting("3000", -1500, "JPY")),
    ),
    Entry("J-4", date(2026, 2, 5), "dinar", "x", (Posting("6800", 1, "KWD"), Posting("1000", -1, "KWD"))),
]


def written(entries, chart=CHART) -> bytes:
    out = io.BytesIO()
    write_beancount(entries, chart, out, title="Duly", first_on=date(2026, 1, 1))
    return out.getvalue()


def bean_check(text: bytes, folder: Path) -> str:
    path = folder / "journal.beancount"
    path.write_bytes(text)
    done = subprocess.run(
        [sys.executable, "-m", "beancount.scripts.check", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode or done.stderr else ""


def test_bean_check_accepts_the_journal(tmp_path):
    assert bean_check(written(ENTRIES), tmp_path) == ""


def test_bean_check_would_notice_a_cent(tmp_path):
    wrong = written(ENTRIES).replace(b"119.00 EUR", b"119.01 EUR", 1)

    assert "does not balance" in bean_check(wrong, tmp_path)


def test_journal_keeps_every_minor_unit_and_its_currency():
    text = written(ENTRIES).decode()

    assert "  Assets:1200-Trade-Receivables  119.00 EUR\n" in text
    assert "1500 JPY" in text
    assert "0.001 KWD" in text
    assert 'entry: "J-1"' in text


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry("J-9", date(2026, 1, 1), "x", "", (Posting("1200", 1, "EUR"),)), "balance"),
        (Entry("J-9", date(2026, 1, 1), "x", "", (Posting("9999", 0, "EUR"),)), "9999"),
        (Entry("J-9", date(2025, 1, 1), "x", "", (Posting("1200", 0, "EUR"),)), "older"),
    ],
)
def test_entry_that_cannot_be_true_is_refused_by_its_number(entry, said):
    with pytest.raises(ValueError, match=f"J-9.*{said}"):
        written([entry])


def test_csv_has_a_row_a_posting_with_debit_and_credit_apart():
    out = io.BytesIO()

    rows = write_journal_csv(ENTRIES, CHART, out)

    read = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert rows == len(read) == 9
    assert (read[0]["debit"], read[0]["credit"], read[1]["credit"]) == ("119.00", "", "100.00")
    assert read[5]["text"] == "'=cmd()"


texts = st.text(max_size=40)


@given(st.lists(st.tuples(texts, texts, st.integers(1, 10**14), st.sampled_from(["EUR", "JPY", "KWD"])), max_size=8))
@settings(max_examples=15, deadline=None)
def test_beancount_reads_any_text_and_amount_back(entries):
    from beancount.loader import load_string

    journal = [
        Entry(
            f"J-{at}",
            date(2026, 1, 31),
            kind,
            text,
            (Posting("1200", minor, ccy), Posting("4000", -minor, ccy)),
        )
        for at, (kind, text, minor, ccy) in enumerate(entries)
    ]

    read, errors, _ = load_string(written(journal).decode())

    assert errors == []
    assert len([each for each in read if type(each).__name__ == "Transaction"]) == len(journal)
