"""ACH credits: fixed records in blocks of ten, with the hashes and totals the receiving bank recomputes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.formats.errors import CannotWrite
from duly.formats.nacha import AchCredit, AchOrder, is_routing, write_nacha

BUSINESS = AchCredit("RFD-2026-000001", "Ann & Co. Inc", 1_250_00, "021000021", "123456789")
PERSON = AchCredit("RFD-2026-000002", "Zoë O'Neil", 99, "011401533", "77-1", to_business=False, savings=True)
ORDER = AchOrder(
    datetime(2026, 3, 9, 8, 30, tzinfo=UTC), date(2026, 3, 10), "Office One LLC", "1234567890", "121000248",
    "WELLS FARGO",
    [BUSINESS, PERSON],
)  # fmt: skip


def records(order: AchOrder) -> list[str]:
    return write_nacha(order).decode("ascii").removesuffix("\r\n").split("\r\n")


def test_records_have_94_characters_and_fill_blocks_of_ten() -> None:
    written = records(ORDER)

    assert {len(record) for record in written} == {94}
    assert len(written) == 10
    assert "".join(record[0] for record in written) == "1568568999"
    assert written[-1] == "9" * 94


def test_the_header_names_the_bank_the_company_and_the_moment() -> None:
    header = records(ORDER)[0]

    assert header[:3] == "101"
    assert (header[3:13], header[13:23]) == (" 121000248", "1234567890")
    assert (header[23:33], header[33], header[34:40]) == ("2603090830", "A", "094101")
    assert (header[40:63].strip(), header[63:86].strip()) == ("WELLS FARGO", "OFFICE ONE LLC")


def test_businesses_and_persons_are_two_batches() -> None:
    _, ccd, entry, ccd_control, ppd, person, ppd_control, *_ = records(ORDER)

    assert (ccd[:4], ccd[50:53], ccd[53:63], ccd[69:75], ccd[79:94]) == (
        *("5220", "CCD", "REFUND    ", "260310"),
        "121000240000001",
    )
    assert ccd[78] == "1"
    assert ppd[50:53] == "PPD"
    assert (entry[:3], entry[3:12], entry[12:29].strip(), entry[29:39]) == (
        "622",
        "021000021",
        "123456789",
        "0000125000",
    )
    assert (entry[39:54], entry[54:76].strip(), entry[76:79], entry[79:]) == (
        *("RFD-2026-000001", "ANN & CO. INC", "  0"),
        "121000240000001",
    )
    assert (person[:3], person[54:76].strip(), person[79:]) == ("632", "ZOE O'NEIL", "121000240000002")
    assert (ccd_control[:10], ccd_control[10:20], ccd_control[20:32]) == ("8220000001", "0002100002", "0" * 12)
    assert ccd_control[32:44] == "000000125000"
    assert (ppd_control[10:20], ppd_control[32:44], ppd_control[87:]) == ("0001140153", "000000000099", "0000002")


def test_the_file_control_is_the_sum_of_the_batches() -> None:
    control = next(record for record in records(ORDER) if record[0] == "9")

    assert control[1:7] == "000002"  # batches
    assert control[7:13] == "000001"  # blocks
    assert control[13:21] == "00000002"  # entries
    assert control[21:31] == "0003240155"  # 02100002 + 01140153
    assert control[43:55] == "000000125099"


@given(st.lists(st.tuples(st.integers(1, 10**10 - 1), st.booleans(), st.text(max_size=40)), min_size=1, max_size=60))
def test_any_file_adds_up_and_fills_its_blocks(payments: list[tuple[int, bool, str]]) -> None:
    credits = [
        replace(BUSINESS, amount_minor=minor, to_business=business, name=f"N {name}")
        for minor, business, name in payments
    ]

    written = records(replace(ORDER, credits=credits))

    control = next(record for record in written if record[0] == "9" and record != "9" * 94)
    entries = [record for record in written if record[0] == "6"]
    assert len(written) % 10 == 0
    assert int(control[7:13]) == len(written) // 10
    assert (
        int(control[43:55]) == sum(int(entry[29:39]) for entry in entries) == sum(one.amount_minor for one in credits)
    )
    assert int(control[21:31]) == sum(int(entry[3:11]) for entry in entries) % 10**10
    assert [int(entry[87:]) for entry in entries] == list(range(1, len(entries) + 1))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(replace(ORDER, credits=[]), id="nothing to pay"),
        pytest.param(replace(ORDER, bank_routing="121000249"), id="our routing number"),
        pytest.param(replace(ORDER, company_id=""), id="no company id"),
        pytest.param(replace(ORDER, credits=[replace(BUSINESS, routing="021000022")]), id="their routing number"),
        pytest.param(replace(ORDER, credits=[replace(BUSINESS, account="1" * 18)]), id="account too long"),
        pytest.param(replace(ORDER, credits=[replace(BUSINESS, amount_minor=0)]), id="nothing"),
    ],
)
def test_an_order_no_bank_would_take_is_not_written(wrong: AchOrder) -> None:
    with pytest.raises(CannotWrite):
        write_nacha(wrong)


def test_a_routing_number_proves_itself() -> None:
    assert is_routing("021000021")
    assert not is_routing("021000020")
    assert not is_routing("21000021")
