"""Payment references by the country's own scheme: built like the standard says, printed, and found in payments."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from duly.events.actions import undo
from duly.formats import reference as ref
from duly.invoicing.actions.paper import sheet
from duly.kernel.actions import last_event_id
from duly.kernel.refusals import BadInput, NotAllowed
from duly.receivables.actions.numbers import set_reference_scheme
from duly.receivables.queries.references import reference_schemes
from tests.banking.scenario_bank import Booked, bank
from tests.invoicing.scenario_invoicing import charge, issue
from tests.matching.test_engine import desk_of
from tests.scenario import Office, account

CHECKS = {
    "OGM": (ref.is_ogm, lambda body: ref.compact(ref.build_ogm(body))),
    "QRR": (ref.is_qrr, ref.build_qrr),
    "KID": (ref.is_kid, ref.build_kid),
    "VIITE": (ref.is_viite, ref.build_viite),
}


def billed(office: Office) -> tuple[int, str]:
    """An invoice of 10.00 + 1.90 and its payment reference."""
    ann = account(office)
    charge(office, ann, 10_00)
    [invoice] = issue(office, ann).document_ids
    with connection.cursor() as cursor:
        cursor.execute(
            "select reference from receivables_number where entity_id = %s and document_kind = 'invoice'"
            " and document_id = %s",
            [office.entity_id, invoice],
        )
        return invoice, cursor.fetchone()[0]


@pytest.mark.parametrize("scheme", list(CHECKS))
@pytest.mark.parametrize("seq", [1, 97, 123_456, 999_999, 1_234_567])
def test_the_database_builds_what_the_standard_asks_for(office: Office, scheme: str, seq: int) -> None:
    check, build = CHECKS[scheme]
    with connection.cursor() as cursor:
        cursor.execute("select duly_national_reference(%s, 1, 2026, %s, 6)", [scheme, seq])
        [built] = cursor.fetchone()
    body = f"126{seq:07}" if scheme == "OGM" else f"12026{seq:06}"

    assert office
    assert check(built)
    assert built == build(body)


def test_a_belgian_number_too_long_for_its_scheme_gets_an_rf_reference(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select duly_national_reference('OGM', 1, 2026, 10000000, 6)")
        [built] = cursor.fetchone()

    assert office
    assert ref.is_rf(built)


@pytest.mark.parametrize(
    ("scheme", "printed", "text"),
    [
        ("OGM", "+++126/0000/00171+++", "{printed}"),
        ("OGM", "+++126/0000/00171+++", "FACTUUR 126 0000 00171 BEDANKT"),
        ("OGM", "+++126/0000/00171+++", "{digits}"),
        ("QRR", "", "QRR {printed} vom 15.3.2026"),
        ("KID", "", "KID {digits}"),
        ("VIITE", "", "Viite 000{digits}"),
        ("VIITE", "", "viitenumero {printed}, kiitos"),
    ],
)
def test_a_payment_that_names_the_reference_is_ready(office: Office, scheme: str, printed: str, text: str) -> None:
    bank(office)
    set_reference_scheme(scheme, by=office.owner)
    invoice, digits = billed(office)
    on_paper = sheet(office.entity_id, invoice).payment_reference

    state, rule, _ = desk_of(office, Booked(11_90, text.format(printed=on_paper, digits=digits)))

    assert CHECKS[scheme][0](digits)
    assert ref.compact(on_paper) == digits
    assert not printed or on_paper == printed
    assert (state, rule) == ("ready", "cited")


def test_documents_before_the_change_keep_theirs_and_are_still_found(office: Office) -> None:
    bank(office)
    _, before = billed(office)
    set_reference_scheme("KID", by=office.owner)
    set_reference_scheme("OGM", by=office.owner)
    _, after = billed(office)

    state, rule, _ = desk_of(office, Booked(11_90, f"betaling {before}"))

    assert (ref.is_rf(before), ref.is_ogm(after)) == (True, True)
    assert (state, rule) == ("ready", "cited")
    assert reference_schemes(office.entity_id) == ["OGM", "KID", "RF"]


def test_the_choice_is_taken_back_and_only_who_may_chooses(office: Office) -> None:
    set_reference_scheme("QRR", by=office.owner)
    event_id = last_event_id()
    assert event_id is not None
    undo(event_id, by=office.owner)

    assert reference_schemes(office.entity_id)[0] == "RF"
    with pytest.raises(NotAllowed):
        set_reference_scheme("QRR", by=office.specialist)
    with pytest.raises(BadInput):
        set_reference_scheme("IBAN", by=office.owner)


def test_a_number_that_is_no_reference_of_ours_cites_nothing(office: Office) -> None:
    bank(office)
    set_reference_scheme("KID", by=office.owner)
    _, digits = billed(office)
    other = str((int(digits[0]) + 1) % 10) + digits[1:]

    _, rule, _ = desk_of(office, Booked(11_91, f"KID {other}", on=date(2026, 3, 2)))

    assert rule != "cited"
