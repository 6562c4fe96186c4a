"""Words and figures in every language we print."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from duly.formats.pdf.document import Kind
from duly.formats.pdf.figures import Figures, locale_of
from duly.formats.pdf.words import LANGUAGES, Words, table

SOURCES = Path(__file__).parents[3] / "src/duly/formats"
PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_with_the_same_places(language: str) -> None:
    english, other = table("en"), table(language)

    assert other.keys() == english.keys()
    for key, words in other.items():
        assert type(words) is type(english[key])
        assert sorted(PLACES.findall(str(words))) == sorted(PLACES.findall(str(english[key]))), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_empty_but_the_lead_of_an_invoice(language: str) -> None:
    empty = [key for key, words in table(language).items() if not words or not all(words)]

    assert empty == ["lead.invoice"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice_in_a_file(language: str) -> None:
    text = (SOURCES / f"pdf/words/{language}.json").read_text(encoding="utf-8")

    pairs = json.loads(text, object_pairs_hook=list)

    assert len(pairs) == len(table(language))


def test_every_word_is_used_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    computed = ("kind.", "lead.", "fact.number.", "due.", "column.", "tax.", "total.", "unit.", "mail.", "reminder.")

    unused = [key for key in table("en") if not key.startswith(computed) and not re.search(f"[\"']{key}[\"']", code)]

    assert unused == []


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("de", ["Rechnung", "Rechnungskorrektur", "Berichtigte Rechnung", "Stornorechnung"]),
        ("fr", ["Facture", "Avoir", "Facture rectificative", "Avoir d’annulation"]),
        (
            "es",
            [
                "Factura",
                "Factura rectificativa",
                "Factura rectificativa por sustitución",
                "Factura rectificativa de anulación",
            ],
        ),
    ],
)
def test_documents_are_called_what_the_law_calls_them(language: str, titles: list[str]) -> None:
    words = Words(language)

    assert [words(f"kind.{kind}") for kind in Kind] == titles


def test_a_language_we_do_not_have_is_printed_in_english() -> None:
    assert Words("pt-BR").language == "en"
    assert locale_of("pt-BR").language == "en"
    assert Words("de-AT").language == "de"


@pytest.mark.parametrize(
    ("tag", "currency", "minor", "printed"),
    [
        ("en", "EUR", 123456789, "€1,234,567.89"),
        ("en", "EUR", -50, "−€0.50"),
        ("en-GB", "USD", 123456, "US$1,234.56"),
        ("de", "EUR", 123456, "1.234,56 €"),
        ("es", "EUR", 123456, "1.234,56 €"),
        ("fr", "EUR", 123456, "1 234,56 €"),
        ("en", "JPY", 123456, "¥123,456"),
        ("de", "JPY", 123456, "123.456 ¥"),
        ("en", "KWD", 1234567, "KWD 1,234.567"),
        ("fr", "TND", 1234567, "1 234,567 TND"),
        ("en", "IQD", 1500, "IQD 1.500"),  # three digits by ISO 4217, none in the CLDR
    ],
)
def test_money_has_the_digits_of_its_currency_and_the_habit_of_its_reader(
    tag: str, currency: str, minor: int, printed: str
) -> None:
    text = Figures(locale_of(tag), currency).money(minor)

    assert re.sub(r"[\u00a0\u202f]", " ", text) == printed


def test_prices_and_quantities_keep_all_their_decimals() -> None:
    figures = Figures(locale_of("de"), "EUR")

    assert figures.price(Decimal("0.000125")) == "0,000125"
    assert figures.price(Decimal("12")) == "12,00"
    assert figures.number(Decimal("1200.50")) == "1.200,5"
    assert figures.number(Decimal("1E+3")) == "1.000"


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), "January 2026"),
        (date(2028, 2, 1), date(2028, 2, 29), "February 2028"),
        (date(2026, 1, 1), date(2026, 3, 31), "Jan 2026 – Mar 2026"),
        (date(2026, 1, 15), date(2026, 2, 14), "Jan 15, 2026 – Feb 14, 2026"),
        (date(2026, 1, 15), date(2026, 1, 15), "Jan 15, 2026"),
        (date(2026, 1, 1), None, "Jan 1, 2026"),
        (None, None, ""),
    ],
)
def test_a_whole_month_is_called_by_its_name(start: date | None, end: date | None, printed: str) -> None:
    assert Figures(locale_of("en"), "EUR").period(start, end) == printed
