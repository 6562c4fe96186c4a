"""A bank's file is taken in once, proved against the one before, or put aside with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from duly.banking.actions import NewBankAccount, accept_gap, open_bank_accounts, place, undo_file
from duly.banking.actions.placing import Part
from duly.banking.queries import bank_account, files, payer_account, statements
from duly.banking.verify import checks
from duly.formats.bank.read import read_statements
from duly.formats.errors import FormatError
from duly.kernel.actions import rehearsal
from duly.kernel.refusals import BadInput, Refused
from tests.banking.scenario_bank import (
    ANN_IBAN,
    Booked,
    arrives,
    bank,
    camt,
    lines_in,
    major,
    open_lines,
    shared_data,
    statement,
)
from tests.payments.scenario_money import rows
from tests.scenario import Office

MAR = [date(2026, 3, day) for day in range(1, 32)]


def test_a_statement_brings_its_lines_once(office: Office) -> None:
    bank(office)
    data = camt(statement(10_00, [Booked(5_00, "INV 1"), Booked(-2_00, "fee")]))

    report = arrives(office, data)
    again = arrives(office, data, "same bytes, other name.xml")

    assert (report.lines_new, report.lines_known, report.quarantined) == (2, 0, 0)
    assert again.already is not None
    assert "nothing was changed" in again.already
    assert again.file_id == report.file_id
    assert [line.amount_minor for line in open_lines(office)] == [5_00, -2_00]
    assert checks(office.entity_id) == []


def test_two_honest_equal_payments_survive(office: Office) -> None:
    bank(office)
    equal = Booked(5_00, "Rent", payer="Ann", iban=ANN_IBAN)

    arrives(office, camt(statement(0, [equal, equal])))

    assert [line.amount_minor for line in open_lines(office)] == [5_00, 5_00]


def test_overlapping_exports_add_only_what_is_new(office: Office) -> None:
    # 0 + 5 + 5 + 7 = 17, then the same days again with one more line: 0 + 5 + 5 + 7 + 3 = 20
    bank(office)
    old = [Booked(5_00, "Rent", MAR[1]), Booked(5_00, "Rent", MAR[1]), Booked(7_00, "x", MAR[2])]
    arrives(office, camt(statement(0, old)))

    report = arrives(office, camt(statement(0, [*old, Booked(3_00, "y", MAR[3])], sequence=2)), "overlap.xml")

    assert (report.lines_new, report.lines_known) == (1, 3)
    assert sum(line.amount_minor for line in open_lines(office)) == 20_00
    assert checks(office.entity_id) == []


def test_a_re_export_of_known_days_adds_nothing(office: Office) -> None:
    bank(office)
    first = statement(0, [Booked(5_00, "a", MAR[1])])
    arrives(office, camt(first, statement(5_00, [Booked(7_00, "b", MAR[2])], sequence=2)))

    report = arrives(office, camt(first, ""), "again.xml")

    assert [one.state for one in report.statements] == ["repeated"]
    assert len(open_lines(office)) == 2


def test_equal_lines_of_two_statements_of_one_day_are_two_when_the_balances_say_so(office: Office) -> None:
    # morning: 0 + 5 = 5, afternoon: 5 + 5 = 10; the line looks the same, the balances prove two
    bank(office)
    equal = Booked(5_00, "Rent")
    arrives(office, camt(statement(0, [equal])))

    report = arrives(office, camt(statement(5_00, [equal], sequence=2)), "afternoon.xml")

    assert (report.lines_new, report.statements[0].state) == (1, "chained")
    assert len(open_lines(office)) == 2
    assert checks(office.entity_id) == []


def test_a_gap_quarantines_and_the_missing_statement_releases(office: Office) -> None:
    bank(office)
    arrives(office, camt(statement(0, [Booked(5_00, "a", MAR[1])])), "1.xml")

    late = arrives(office, camt(statement(8_00, [Booked(2_00, "c", MAR[3])], sequence=3)), "3.xml")

    assert late.quarantined == 1
    assert "last closing was 5.00 EUR" in late.statements[0].problem
    assert "3.00 EUR lies between" in late.statements[0].problem
    assert len(open_lines(office)) == 1

    between = arrives(office, camt(statement(5_00, [Booked(3_00, "b", MAR[2])], sequence=2)), "2.xml")

    assert (between.released, between.quarantined) == (1, 0)
    assert sum(line.amount_minor for line in open_lines(office)) == 10_00
    assert [row.state for row in statements(office.entity_id)] == ["chained"] * 3
    assert checks(office.entity_id) == []


def test_a_statement_that_does_not_add_up_is_put_aside_and_nothing_of_it_can_be_posted(
    office: Office,
) -> None:
    bank(office)

    report = arrives(office, camt(statement(10_00, [Booked(5_00)], closing_minor=16_00)))

    assert report.quarantined == 1
    assert "closes with 16.00 EUR" in report.statements[0].problem
    [line_id] = [row[0] for row in rows("select id from banking_line where entity_id = %s", office.entity_id)]
    with pytest.raises(Refused, match=r"bank\.line_is_not_open"):
        place([Part(line_id, "unidentified")], today=MAR[9], by=office.specialist)


def test_a_person_may_accept_a_gap(office: Office) -> None:
    bank(office)
    arrives(office, camt(statement(0, [Booked(5_00, "a", MAR[1])])), "1.xml")
    arrives(office, camt(statement(8_00, [Booked(2_00, "c", MAR[3])], sequence=3)), "3.xml")
    [waiting] = statements(office.entity_id, state="quarantined")

    gap_minor = accept_gap(waiting.id, reason="bank lost a day", by=office.accountant)

    assert gap_minor == 3_00
    assert len(open_lines(office)) == 2
    assert checks(office.entity_id) == []


def test_earlier_statements_may_come_later(office: Office) -> None:
    bank(office)
    arrives(office, camt(statement(5_00, [Booked(3_00, "b", MAR[5])], sequence=2)), "2.xml")

    report = arrives(office, camt(statement(0, [Booked(5_00, "a", MAR[1])])), "1.xml")

    assert report.statements[0].state == "chained"
    assert checks(office.entity_id) == []


def test_a_file_of_a_stranger_is_refused_whole(office: Office) -> None:
    bank(office)
    data = camt(statement(0, [Booked(5_00)]), statement(0, [Booked(5_00)], iban="DE89370400440532013000"))

    with pytest.raises(Refused, match=r"banking\.account_unknown"):
        arrives(office, data)

    assert open_lines(office) == []
    assert files(office.entity_id) == []


def test_an_unreadable_file_names_line_and_remedy(office: Office) -> None:
    bank(office)

    with pytest.raises(BadInput, match=r"bank\.file_unreadable") as refusal:
        arrives(office, camt(statement(0, [Booked(5_00)]))[:-40])

    assert refusal.value.facts["problem"]


def test_a_dry_run_reports_and_keeps_nothing(office: Office) -> None:
    bank(office)

    with rehearsal():
        report = arrives(office, camt(statement(0, [Booked(5_00)])))

    assert report.lines_new == 1
    assert open_lines(office) == []


def test_a_file_can_be_taken_back_while_nothing_is_placed_and_come_again(office: Office) -> None:
    bank(office)
    data = camt(statement(0, [Booked(5_00)]))
    report = arrives(office, data)

    undo_file(report.file_id, by=office.specialist)

    assert open_lines(office) == []
    assert arrives(office, data).lines_new == 1
    assert checks(office.entity_id) == []


def test_a_file_with_placed_lines_or_followers_is_not_taken_back(office: Office) -> None:
    bank(office)
    first = arrives(office, camt(statement(0, [Booked(5_00, "a", MAR[1])])), "1.xml")
    second = arrives(office, camt(statement(5_00, [Booked(2_00, "b", MAR[2])], sequence=2)), "2.xml")

    with pytest.raises(Refused, match=r"bank\.later_file_builds_on_it"):
        undo_file(first.file_id, by=office.specialist)

    place([Part(open_lines(office)[1].id, "unidentified")], today=MAR[9], by=office.specialist)
    with pytest.raises(Refused, match=r"bank\.lines_are_placed"):
        undo_file(second.file_id, by=office.specialist)


def test_the_payers_account_is_kept_encrypted_and_found_by_its_hash(office: Office) -> None:
    bank(office)
    first, second = lines_in(office, [Booked(5_00, "a", iban=ANN_IBAN), Booked(6_00, "b", iban=ANN_IBAN)])

    kept = rows(
        "select payer_account_hash, payer_account_encrypted from banking_line where entity_id = %s",
        office.entity_id,
    )

    assert len({bytes(row[0]) for row in kept}) == 1
    assert len({bytes(row[1]) for row in kept}) == 2
    assert ANN_IBAN.encode() not in bytes(kept[0][1])
    assert first.payer_account_last4 == ANN_IBAN[-4:]
    assert payer_account(office.entity_id, second.id) == ANN_IBAN


CSV = b"""Date;Amount;Description;Name
02.03.2026;5,00;INV 1;Ann
02.03.2026;5,00;INV 1;Ann
03.03.2026;-1,50;fee;
"""


def test_csv_without_balances_is_taken_once_and_its_mapping_is_remembered(office: Office) -> None:
    account_id = bank(office, iban="")

    report = arrives(office, CSV, "lines.csv", bank_account_id=account_id)
    more = arrives(office, CSV + b"04.03.2026;9,00;INV 2;Bob\n", "more.csv", bank_account_id=account_id)

    assert (report.lines_new, report.statements[0].state) == (3, "unchained")
    assert (more.lines_new, more.lines_known) == (1, 3)
    kept = bank_account(office.entity_id, account_id).csv_mapping
    assert kept is not None
    assert (kept["decimal_mark"], kept["currency"]) == (",", "EUR")


def test_balances_that_come_after_csv_adopt_its_lines(office: Office) -> None:
    # the CSV brought 5.00, the statement proves 0 + 5 + 7 = 12: one line is new
    account_id = bank(office)
    arrives(
        office,
        b"Date,Amount,Description\n2026-03-02,5.00,Rent\n2026-03-13,1.50,x\n",
        bank_account_id=account_id,
    )

    report = arrives(office, camt(statement(0, [Booked(5_00, "Rent"), Booked(7_00, "b", MAR[4])])), "a.xml")

    assert (report.lines_new, report.lines_known) == (1, 1)
    assert sorted(line.amount_minor for line in open_lines(office)) == [1_50, 5_00, 7_00]
    assert checks(office.entity_id) == []


SAMPLES = shared_data("bank")
FILES = sorted(
    path.relative_to(SAMPLES).as_posix()
    for pattern in ("genkgo__camt/*camt053*", "genkgo__camt/*camt53*", "wolph__mt940/*")
    for path in (SAMPLES.glob(pattern) if SAMPLES else [])
)


@pytest.mark.skipif(SAMPLES is None, reason="sample files are not here: set DULY_SHARED_DATA")
@pytest.mark.parametrize("name", FILES)
def test_real_files_are_taken_in_put_aside_or_refused_and_never_twice(office: Office, name: str) -> None:
    assert SAMPLES is not None
    data = (SAMPLES / name).read_bytes()
    known = accounts_of(data, name)
    for index, (iban, number, currency) in enumerate(known):
        code = f"11{20 + index}"
        rows(
            "insert into ledger_account (entity_id, code, name, kind) values (%s, %s, %s, 'asset')",
            *(office.entity_id, code, code),
        )
        wanted = NewBankAccount(f"Bank {index}", currency, code, iban=iban, account_number=number)
        open_bank_accounts([wanted], by=office.accountant)

    try:
        report = arrives(office, data, name)
    except (Refused, BadInput):
        assert open_lines(office) == []
        return

    assert arrives(office, data, name).already
    found = open_lines(office)
    assert len(found) == report.lines_new
    assert sum(one.lines_new for one in report.statements) == report.lines_new
    assert checks(office.entity_id) == []


def accounts_of(data: bytes, name: str) -> list[tuple[str, str, str]]:
    """The accounts a file speaks of; none when it cannot be read."""
    try:
        heads = read_statements(data, name=name)
    except FormatError:
        return []
    return sorted({(head.account_iban, head.account_other, head.currency) for head in heads if head.kind == "booked"})


def batch(*parts_minor: int, total_minor: int) -> bytes:
    """A camt file with one booked entry that holds several payments."""
    details = "".join(
        f'<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">{major(minor)}</Amt></TxAmt></AmtDtls>'
        f"<RltdPties><Dbtr><Nm>Payer {place}</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>INV {place}</Ustrd></RmtInf></TxDtls>"
        for place, minor in enumerate(parts_minor)
    )
    whole = statement(0, [Booked(total_minor, "batch")])
    start, end = whole.index("<TxDtls>"), whole.index("</TxDtls>") + len("</TxDtls>")
    return camt(whole[:start] + details + whole[end:])


def test_a_batch_that_adds_up_comes_as_its_payments_and_else_as_one_line(office: Office) -> None:
    # 10.00 + 20.00 = 30.00; 10.00 + 20.00 is not 29.00
    bank(office)

    arrives(office, batch(10_00, 20_00, total_minor=30_00))

    assert [(line.amount_minor, line.payer_name) for line in open_lines(office)] == [
        (10_00, "Payer 0"),
        (20_00, "Payer 1"),
    ]
    assert arrives(office, batch(10_00, 20_00, total_minor=30_00) + b"\n", "again.xml").lines_known == 2
    assert checks(office.entity_id) == []


def test_a_batch_that_does_not_add_up_is_one_line(office: Office) -> None:
    bank(office)

    arrives(office, batch(10_00, 20_00, total_minor=29_00))

    assert [line.amount_minor for line in open_lines(office)] == [29_00]


@pytest.mark.parametrize(
    ("iban", "code", "problem"),
    [
        pytest.param("DE89370400440532013000", "1100", "ledger_account_taken", id="another bank account's"),
        pytest.param("", "1200", "control_account", id="a control account"),
        pytest.param("", "1999", "ledger_account_unknown", id="not in the chart"),
        pytest.param("DE02 1203 0000 0000 2020 51", "1110", "iban_known_elsewhere", id="one IBAN, two ledger accounts"),
    ],
)
def test_a_bank_account_has_a_ledger_account_of_its_own(office: Office, iban: str, code: str, problem: str) -> None:
    bank(office)

    with pytest.raises(Refused, match=rf"banking\.{problem}"):
        bank(office, iban=iban, gl_code=code, name="Other")


def test_a_statement_that_reaches_back_is_no_continuation_though_its_opening_equals_the_last_closing(
    office: Office,
) -> None:
    # Two days that together move nothing: day two ends where the overlapping statement of both days begins.
    bank(office)
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    day_two = [Booked(-300, "Rent", second), Booked(500, "Rent", second), Booked(700, "Rent", second)]
    both = [Booked(-900, "Rent", first), *day_two]

    arrives(office, camt(statement(-900, day_two, sequence=1, from_on=second, to_on=second)), "two.xml")
    arrives(office, camt(statement(0, both, sequence=2, from_on=first, to_on=second)), "both.xml")

    assert sorted(line.amount_minor for line in open_lines(office)) == [-300, 500, 700]
