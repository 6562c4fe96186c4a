"""Payment QR codes say what the standard allows, or nothing."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from duly.formats.payment_qr import PostalAddress, epc_payload, qr_svg, swiss_payload

IBAN = "DE89 3704 0044 0532 0130 00"
US_ = {"name": "Muster GmbH", "iban": IBAN, "amount_minor": 119_00}


def test_epc_code_holds_account_amount_and_creditor_reference():
    payload = epc_payload(**US_, reference="RF18 5390 0754 7034")

    assert payload.split("\n") == [
        *("BCD", "002", "1", "SCT", "", "Muster GmbH", "DE89370400440532013000", "EUR119.00", ""),
        "RF18539007547034",
    ]


def test_epc_code_holds_a_text_instead_in_the_line_behind():
    assert epc_payload(**US_, text="RE 4711").split("\n")[8:] == ["", "", "RE 4711"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "RF18539007547034", "text": "RE 4711"},
        {"reference": "RF19539007547034"},
        {"amount_minor": 0},
        {"amount_minor": 1_000_000_000_00},
        {"iban": "DE88370400440532013000"},
        {"text": "x" * 141},
        {"name": " "},
    ],
)
def test_epc_code_that_banks_would_refuse_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        epc_payload(**{**US_, **wrong})


def test_line_end_in_a_name_cannot_shift_the_fields_behind_it():
    payload = epc_payload(name="Muster\nGmbH", iban=IBAN, amount_minor=1)

    assert payload.split("\n")[5] == "Muster GmbH"


def test_code_is_drawn_as_svg():
    svg = ElementTree.fromstring(qr_svg(epc_payload(**US_)))

    assert svg.tag == "{http://www.w3.org/2000/svg}svg"


HOUSE = PostalAddress("Muster AG", "Bahnhofstrasse", "1", "8000", "Zürich", "CH")


def test_swiss_code_has_its_31_lines_and_the_qr_reference():
    payload = swiss_payload(
        creditor=HOUSE,
        iban="CH44 3199 9123 0008 8901 2",
        amount_minor=1949_75,
        currency="CHF",
        debtor=HOUSE,
        reference="21 00000 00003 13947 14300 09017",
    )

    lines = payload.split("\r\n")
    assert len(lines) == 31
    assert lines[:5] == ["SPC", "0200", "1", "CH4431999123000889012", "S"]
    assert lines[18:20] == ["1949.75", "CHF"]
    assert lines[27:] == ["QRR", "210000000003139471430009017", "", "EPD"]


@pytest.mark.parametrize("reference", ["", "RF18539007547034"])
def test_qr_iban_takes_no_other_reference(reference):
    with pytest.raises(ValueError, match="does not take"):
        swiss_payload(creditor=HOUSE, iban="CH4431999123000889012", amount_minor=1, currency="CHF", reference=reference)
