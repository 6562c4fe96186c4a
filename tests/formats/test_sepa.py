"""The payment file a SEPA bank takes: every element in the schema's place, sums right, no text can break it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.formats.errors import CannotWrite
from duly.formats.sepa import NAMESPACE, Transfer, TransferOrder, plain_text, write_pain001

# pain.001.001.09 as far as it is used: element -> (child, least, most) in the order the schema asks for.
MANY = 10**9
STRUCTURE: dict[str, list[tuple[str, int, int]]] = {
    "Document": [("CstmrCdtTrfInitn", 1, 1)],
    "CstmrCdtTrfInitn": [("GrpHdr", 1, 1), ("PmtInf", 1, MANY)],
    "GrpHdr": [("MsgId", 1, 1), ("CreDtTm", 1, 1), ("NbOfTxs", 1, 1), ("CtrlSum", 0, 1), ("InitgPty", 1, 1)],
    "InitgPty": [("Nm", 0, 1)],
    "PmtInf": [
        *[("PmtInfId", 1, 1), ("PmtMtd", 1, 1), ("BtchBookg", 0, 1), ("NbOfTxs", 0, 1), ("CtrlSum", 0, 1)],
        *[("PmtTpInf", 0, 1), ("ReqdExctnDt", 1, 1), ("Dbtr", 1, 1), ("DbtrAcct", 1, 1), ("DbtrAgt", 1, 1)],
        *[("ChrgBr", 0, 1), ("CdtTrfTxInf", 1, MANY)],
    ],
    "PmtTpInf": [("SvcLvl", 0, MANY)],
    "SvcLvl": [("Cd", 1, 1)],
    "ReqdExctnDt": [("Dt", 1, 1)],
    "Dbtr": [("Nm", 0, 1)],
    "DbtrAcct": [("Id", 1, 1)],
    "Id": [("IBAN", 1, 1)],
    "DbtrAgt": [("FinInstnId", 1, 1)],
    "CdtrAgt": [("FinInstnId", 1, 1)],
    "FinInstnId": [("BICFI", 0, 1), ("Othr", 0, 1)],
    "Othr": [("Id", 1, 1)],
    "CdtTrfTxInf": [
        *[("PmtId", 1, 1), ("Amt", 1, 1), ("CdtrAgt", 0, 1), ("Cdtr", 0, 1), ("CdtrAcct", 0, 1), ("RmtInf", 0, 1)],
    ],
    "PmtId": [("InstrId", 0, 1), ("EndToEndId", 1, 1)],
    "Amt": [("InstdAmt", 1, 1)],
    "Cdtr": [("Nm", 0, 1), ("PstlAdr", 0, 1)],
    "PstlAdr": [("Ctry", 0, 1)],
    "CdtrAcct": [("Id", 1, 1)],
    "RmtInf": [("Ustrd", 0, MANY)],
}
LONGEST = {"MsgId": 35, "PmtInfId": 35, "EndToEndId": 35, "InstrId": 35, "Nm": 70, "Ustrd": 140}
ORDER = TransferOrder(
    "RF-20260309-1",
    datetime(2026, 3, 9, 8, 30, tzinfo=UTC),
    date(2026, 3, 10),
    "Office 1 GmbH",
    "DE02 1203 0000 0000 2020 51",
    [
        Transfer(
            "RFD-2026-000001", 120_00, "EUR", "Ann Müller & Søn", "DE02500105170137075030", "Refund RFD-2026-000001"
        ),
        Transfer(
            "RFD-2026-000002", 5, "EUR", "Bob", "DE02100500000054540402", "Refund", bic="BELADEBEXXX", country="DE"
        ),
    ],
    bic="BYLADEM1001",
)


def name(node: ET.Element) -> str:
    return node.tag.removeprefix(f"{{{NAMESPACE}}}")


def faults(node: ET.Element) -> Iterator[str]:
    """Where a file is not as the schema says."""
    here, children = name(node), [name(child) for child in node]
    if here not in STRUCTURE or (here == "Id" and not children):
        if children:
            yield f"{here} has children {children}"
        elif not (node.text or "").strip() or len(node.text or "") > LONGEST.get(here, 1000):
            yield f"{here} is {node.text!r}"
        return
    places = [child for child, _, _ in STRUCTURE[here]]
    if [places.index(child) if child in places else -1 for child in children] != sorted(
        places.index(child) if child in places else -1 for child in children
    ) or set(children) - set(places):
        yield f"{here}: {children} are not in the order {places}"
    for child, least, most in STRUCTURE[here]:
        if not least <= children.count(child) <= most:
            yield f"{here} has {children.count(child)} {child}"
    for child_node in node:
        yield from faults(child_node)


def texts(root: ET.Element, path: str) -> list[str]:
    return [node.text or "" for node in root.iter(f"{{{NAMESPACE}}}{path}")]


def test_every_element_stands_where_the_schema_wants_it() -> None:
    root = ET.fromstring(write_pain001(ORDER))

    assert name(root) == "Document"
    assert root.tag == f"{{{NAMESPACE}}}Document"
    assert list(faults(root)) == []


def test_counts_sums_names_and_days_are_those_of_the_order() -> None:
    root = ET.fromstring(write_pain001(ORDER))

    assert texts(root, "NbOfTxs") == ["2", "2"]
    assert texts(root, "CtrlSum") == ["120.05", "120.05"]
    assert texts(root, "InstdAmt") == ["120.00", "0.05"]
    assert [node.get("Ccy") for node in root.iter(f"{{{NAMESPACE}}}InstdAmt")] == ["EUR", "EUR"]
    assert texts(root, "IBAN") == ["DE02120300000000202051", "DE02500105170137075030", "DE02100500000054540402"]
    assert texts(root, "EndToEndId") == ["RFD-2026-000001", "RFD-2026-000002"]
    assert texts(root, "Nm")[2:] == ["Ann Mueller + Son", "Bob"]
    assert texts(root, "Dt") == ["2026-03-10"]
    assert texts(root, "BICFI") == ["BYLADEM1001", "BELADEBEXXX"]
    assert texts(root, "ChrgBr") == ["SLEV"]


def test_without_a_bic_the_bank_is_found_by_the_iban() -> None:
    root = ET.fromstring(write_pain001(replace(ORDER, bic="")))

    assert list(faults(root)) == []
    assert "NOTPROVIDED" in texts(root, "Id")


def test_other_currencies_are_no_sepa_payments() -> None:
    francs = replace(ORDER, transfers=[replace(ORDER.transfers[0], currency="JPY", amount_minor=1200)])

    root = ET.fromstring(write_pain001(francs))

    assert list(faults(root)) == []
    assert (texts(root, "ChrgBr"), texts(root, "InstdAmt"), texts(root, "SvcLvl")) == (["SHAR"], ["1200"], [])


@given(st.text(min_size=1, max_size=200), st.text(max_size=300))
def test_no_text_a_person_types_breaks_the_file(payee: str, text: str) -> None:
    transfer = replace(ORDER.transfers[0], payee=f"A {payee}", text=text)

    root = ET.fromstring(write_pain001(replace(ORDER, transfers=[transfer])))

    assert list(faults(root)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(replace(ORDER, transfers=[]), id="nothing to pay"),
        pytest.param(replace(ORDER, message_id="/x"), id="identifier begins with a slash"),
        pytest.param(replace(ORDER, message_id="x" * 36), id="identifier too long"),
        pytest.param(replace(ORDER, iban="DE00120300000000202051"), id="our IBAN is wrong"),
        pytest.param(replace(ORDER, transfers=[replace(ORDER.transfers[0], iban="DE12")]), id="their IBAN is wrong"),
        pytest.param(replace(ORDER, transfers=[replace(ORDER.transfers[0], amount_minor=0)]), id="nothing"),
        pytest.param(replace(ORDER, transfers=[replace(ORDER.transfers[0], payee="漢字")]), id="no letter left"),
        pytest.param(
            replace(ORDER, transfers=[ORDER.transfers[0], replace(ORDER.transfers[1], currency="USD")]), id="mixed"
        ),
    ],
)
def test_an_order_no_bank_would_take_is_not_written(wrong: TransferOrder) -> None:
    with pytest.raises(CannotWrite):
        write_pain001(wrong)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Größe_1", "Groesse-1", id="German letters are spelled out"),
        pytest.param("a\n<b>&amp;", "a b +amp", id="marks become blanks"),
        pytest.param("é" * 80, "e" * 10, id="cut to length"),
    ],
)
def test_texts_are_brought_to_what_every_bank_takes(text: str, said: str) -> None:
    assert plain_text(text, 10) == said
