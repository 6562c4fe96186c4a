"""Search finds what people remember, and opens the only hit at once."""

from __future__ import annotations

import pytest

from duly.desk.queries.search import amount_in
from duly.invoicing.queries.documents import DocumentFilter, documents_page
from tests.desk.scenario_desk import Busy, busy, client_of
from tests.desk.test_accounts import page
from tests.scenario import Office

NORTHWIND = "Northwind Trading Co."


@pytest.fixture
def made(office: Office) -> Busy:
    return busy(office)


def leads_to(made: Busy, q: str) -> str:
    answer = client_of(made.office.specialist).get("/search", {"q": q})
    return answer.headers.get("Location", "")


def test_a_name_that_begins_so_opens_the_account(made: Busy) -> None:
    assert leads_to(made, "northw") == f"/accounts/{made.number(NORTHWIND)}"
    assert leads_to(made, "łódź") == f"/accounts/{made.number('Łódź Médical')}"


def test_an_account_number_opens_the_account_in_any_case(made: Busy) -> None:
    assert leads_to(made, made.number(NORTHWIND).lower()) == f"/accounts/{made.number(NORTHWIND)}"


def test_a_document_is_found_by_number_short_number_and_reference(made: Busy) -> None:
    documents = documents_page(
        made.office.entity_id, DocumentFilter(account_id=made.accounts[NORTHWIND]), today=made.today
    )
    document = documents[-1]
    spaced = " ".join(document.reference[i : i + 4] for i in range(0, len(document.reference), 4))

    assert leads_to(made, document.number) == f"/invoices/{document.number}"
    assert leads_to(made, spaced.lower()) == f"/invoices/{document.number}"
    assert leads_to(made, f"INV {int(document.number.rpartition('-')[2])}") == f"/invoices/{document.number}"


def test_an_amount_finds_the_open_items_of_exactly_that_amount(made: Busy) -> None:
    shown = page(client_of(made.office.specialist), "/search?q=321.30")

    # 270.00 + 19 % tax, on each of Northwind's invoices, and nobody else's
    assert "Open items of exactly €321.30" in shown
    assert shown.partition("<main")[2].count("Northwind Trading Co.") >= 3
    assert "Redwood" not in shown


def test_nothing_found_says_how_to_look(made: Busy) -> None:
    shown = page(client_of(made.office.specialist), "/search?q=zzz%25")

    assert "Nothing found for “zzz%”" in shown


def test_the_search_of_another_office_finds_nothing(made: Busy) -> None:
    from tests.scenario import open_office

    stranger = client_of(open_office().specialist)

    assert "Nothing found" in page(stranger, f"/search?q={made.number('Redwood Analytics')}-x")
    assert "Nothing found" in page(stranger, "/search?q=northwind")


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("4,820.00", "en", 482_000),
        ("4.820,00", "de", 482_000),
        ("€12.5", "en", 1250),
        ("INV-20", "en", None),
        ("0", "en", None),
    ],
)
def test_an_amount_is_read_in_the_language_of_the_person(text: str, language: str, minor: int | None) -> None:
    assert amount_in(text, "EUR", language) == minor
