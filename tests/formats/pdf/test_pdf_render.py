"""The file itself: archivable, accessible, reproducible, and saying what the document says."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pdf_oxide
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.formats.pdf import Attachment, DocumentRefused, InvoiceDoc, Kind, Line, StatementDoc, render_pdf
from duly.formats.pdf.figures import Figures, locale_of
from duly.formats.pdf.words import LANGUAGES
from duly.kernel.money import currency_digits
from tests.formats.pdf.samples import (
    BUYER,
    SELLER,
    credit_note,
    german,
    invoice,
    japanese_yen,
    line,
    statement,
    taxes_of,
)

ALL_KINDS: dict[str, Callable[[], InvoiceDoc | StatementDoc]] = {
    "invoice": invoice,
    "credit note": credit_note,
    "correction": lambda: credit_note(kind=Kind.CORRECTION),
    "void notice": lambda: credit_note(kind=Kind.VOID_NOTICE),
    "statement": statement,
    "German": german,
    "yen": japanese_yen,
}


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Return the text of all pages with plain single spaces."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        document = pdf_oxide.PdfDocument(file.name)
        pages = [document.extract_text(at) for at in range(document.page_count())]
    return re.sub(r"[\s\u00a0\u202f]+", " ", " ".join(pages)).replace("\u200b", "")


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


@pytest.mark.parametrize("make", ALL_KINDS.values(), ids=ALL_KINDS.keys())
def test_every_document_claims_and_passes_pdf_a_3_and_pdf_ua_1(
    make: Callable[[], InvoiceDoc | StatementDoc], tmp_path: Path
) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(render_pdf(make()))

    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    checked = pdf_oxide.PdfDocument(str(path))
    assert checked.validate_pdf_a("3b")["errors"] == []
    assert checked.validate_pdf_ua()["errors"] == []


def test_the_file_tells_its_title_language_author_and_date() -> None:
    pdf = opened(render_pdf(german()))

    assert pdf.Root.Lang == "de"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo["/Title"] == "Rechnung INV-2026-000482 · Duly Demo Office GmbH"
    assert pdf.docinfo["/Author"] == "Duly Demo Office GmbH"
    assert pdf.docinfo["/CreationDate"] == "D:20260131000000Z"


def test_all_fonts_are_embedded_and_are_ours() -> None:
    pdf = opened(render_pdf(invoice()))

    fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/FontName")]

    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert {str(font.FontName).split("+")[1].split("-")[0] for font in fonts} <= {"Inter", "InterDisplay"}


def test_lines_are_a_table_with_headers_and_pictures_have_words() -> None:
    pdf = opened(render_pdf(invoice()))

    tags = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") is not None]
    kinds = {str(tag.S) for tag in tags}
    figures = [tag for tag in tags if str(tag.S) == "/Figure"]

    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/Figure"} <= kinds
    assert len(figures) == 2
    assert all(str(figure.Alt) for figure in figures)


def test_the_same_document_gives_the_same_bytes_whatever_came_before() -> None:
    first = render_pdf(invoice())

    render_pdf(german())

    assert render_pdf(invoice()) == first


def test_the_same_document_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = ['src', '.'];"
        "from duly.formats.pdf import render_pdf; from tests.formats.pdf.samples import invoice;"
        "print(hashlib.sha256(render_pdf(invoice())).hexdigest())"
    )
    root = Path(__file__).parents[3]

    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )

    assert other.stdout.strip() == hashlib.sha256(render_pdf(invoice())).hexdigest()


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_dates_and_totals_are_printed_as_the_reader_writes_them(language: str) -> None:
    doc = invoice(12, language=language, paid_minor=100_000)
    figures = Figures(locale_of(language), "EUR")

    text = text_of(render_pdf(doc))

    assert doc.number in text
    assert figures.day(doc.issued_on) in text
    for minor in (doc.net_minor, doc.tax_minor, doc.gross_minor, doc.open_minor, -doc.paid_minor):
        assert plain(figures.money(minor)) in text
    for each in doc.lines:
        assert plain(figures.amount(each.net_minor)) in text


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_amounts_have_the_digits_of_their_currency(currency: str) -> None:
    doc = invoice([replace(line(6, currency))], currency=currency)

    text = text_of(render_pdf(doc))

    assert {"EUR": "€1,957.50", "JPY": "¥1,958", "KWD": "KWD 1,957.500"}[currency] in text


def test_a_hundred_and_twenty_lines_repeat_their_header_and_lose_no_row() -> None:
    doc = invoice(120)

    pdf = render_pdf(doc)

    pages, text = len(opened(pdf).pages), text_of(pdf)
    assert pages == 5
    assert text.count("Quantity Unit price Amount") == pages
    assert f"Page {pages} of {pages}" in text
    for each in doc.lines:
        assert f"{each.position} {each.description}" in text


def test_negative_lines_carry_a_true_minus() -> None:
    text = text_of(render_pdf(invoice([line(1), line(12)])))

    assert "−1 unit 150.00 −150.00" in text


def test_two_rates_are_listed_apart_and_shown_on_each_line() -> None:
    text = text_of(render_pdf(invoice([line(1), line(6, rate="7")])))

    assert "VAT 19% 1,290.00 245.10" in text
    assert "VAT 7% 1,957.50 137.03" in text
    assert "19% 1,290.00" in text


def test_a_document_without_tax_shows_no_tax() -> None:
    untaxed = invoice([replace(line(1), tax_rate=Decimal(0))], taxes=())

    text = text_of(render_pdf(untaxed))

    assert "VAT 0" not in text
    assert "Tax breakdown" not in text
    assert "Total €1,290.00" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Reverse charge: VAT is to be accounted for by the recipient"),
        ("de", "Steuerschuldnerschaft des Leistungsempfängers."),
        ("es", "Inversión del sujeto pasivo"),
        ("fr", "Autoliquidation"),
    ],
)
def test_reverse_charge_is_said_in_the_words_of_the_law(language: str, words: str) -> None:
    doc = invoice([line(1, rate="0", category="AE")], language=language)

    assert words in text_of(render_pdf(doc))


def test_the_reason_of_the_tax_rule_goes_before_our_own_words() -> None:
    exempt = [line(1, rate="0", category="E")]
    taxes = tuple(replace(tax, reason="Exempt under section 4 no. 14.") for tax in taxes_of(exempt))

    assert "Exempt under section 4 no. 14." in text_of(render_pdf(invoice(exempt, taxes=taxes)))


def test_a_credit_note_asks_for_no_money() -> None:
    text = text_of(render_pdf(credit_note()))

    assert "This credit note relates to invoice INV-2026-000482 of Jan 31, 2026." in text
    assert "Credit amount €1,799.28" in text
    assert "IBAN DE02 1203 0000 0000 2020 51" in text  # the footer's, not a payment block
    assert "How to pay" not in text


def test_a_paid_invoice_says_that_nothing_is_left_to_pay() -> None:
    gross = invoice(1).gross_minor

    text = text_of(render_pdf(invoice(1, paid_minor=gross)))

    assert "Nothing left to pay €0.00" in text
    assert "How to pay" not in text
    assert "30 days net." not in text


def test_the_payment_code_stands_only_where_a_euro_transfer_can_be_said() -> None:
    def figures(doc: InvoiceDoc) -> int:
        pdf = opened(render_pdf(doc))
        return sum(1 for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/Figure")

    plain_seller = replace(SELLER, logo_svg="")
    assert SELLER.bank is not None
    no_iban = replace(plain_seller, bank=replace(SELLER.bank, iban="", account="12345"))

    assert figures(invoice(1, seller=plain_seller)) == 1
    assert figures(invoice(1, seller=plain_seller, payment_qr="")) == 0
    assert figures(invoice(1, seller=no_iban)) == 0
    assert figures(invoice([line(6, "USD")], currency="USD", seller=plain_seller)) == 0


def test_a_statement_shows_the_running_balance_and_the_age_of_what_is_open() -> None:
    text = text_of(render_pdf(statement()))

    assert "Balance brought forward 1,420.00" in text
    assert "Invoice INV-2026-000482 Mar 2, 2026 8,423.10 8,423.10 9,843.10" in text
    assert "Over 90 days 0.00" in text
    assert "Closing balance €8,423.10" in text


def test_very_long_names_and_words_stay_on_the_page() -> None:
    unbroken = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    long = replace(BUYER, name="Verein zur Förderung " * 12, contact_name=unbroken)

    pdf = render_pdf(invoice([replace(line(1), description=unbroken, detail="ausführlich " * 60)], buyer=long))

    assert unbroken in text_of(pdf).replace(" ", "")
    assert len(opened(pdf).pages) <= 2


def test_markup_in_a_name_is_printed_and_not_obeyed() -> None:
    hostile = '#panic("x") *bold* $x$ <b> \\ `raw` // @ref "quoted" [c] {{'

    text = text_of(render_pdf(invoice([replace(line(1), description=hostile)], notes=(hostile,))))

    assert text.count(hostile) == 2


def test_control_and_direction_characters_are_not_printed() -> None:
    text = text_of(render_pdf(invoice([replace(line(1), description="a\x00b\u202ec\td")])))

    assert "abc d" in text


def test_letters_that_no_font_has_are_refused_by_name_and_emoji_are_left_out() -> None:
    with pytest.raises(DocumentRefused) as refused:
        render_pdf(invoice(1, buyer=replace(BUYER, name="株式会社")))

    assert refused.value.code == "pdf.no_font_for"
    assert refused.value.facts["characters"] == "会式株社"
    assert "Thank you !" in text_of(render_pdf(invoice(1, notes=("Thank you 🙂!",))))


def test_a_logo_that_is_no_picture_is_refused_with_its_reason() -> None:
    with pytest.raises(DocumentRefused, match=r"pdf\.cannot_be_set"):
        render_pdf(invoice(1, seller=replace(SELLER, logo_svg="<svg")))


def test_several_threads_render_at_once() -> None:
    expected = render_pdf(invoice(2))

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: render_pdf(invoice(2)), range(12)))

    assert set(made) == {expected}


def test_greek_and_cyrillic_names_are_printed() -> None:
    text = text_of(render_pdf(invoice(1, buyer=replace(BUYER, name="Ελλάς Общество Łódź Ğüş"))))

    assert "Ελλάς Общество Łódź Ğüş" in text


def test_a_text_file_can_be_attached() -> None:
    pdf = opened(render_pdf(invoice(1), (Attachment(name="factur-x.xml", text="<a>ü</a>"),)))

    assert pdf.attachments["factur-x.xml"].get_file().read_bytes().decode() == "<a>ü</a>"
    assert pdf.Root.AF[0].AFRelationship == "/Alternative"


def test_american_sellers_print_on_letter_paper() -> None:
    american = replace(SELLER, address=replace(SELLER.address, country="US"))

    pdf = opened(render_pdf(invoice(1, seller=american)))

    assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]


MONEY = st.one_of(st.integers(-(10**13), 10**13), st.sampled_from([0, 1, -1, 99, 100, 99_999, 100_000, 10**15]))


@st.composite
def documents(draw: st.DrawFn) -> InvoiceDoc:
    currency = draw(st.sampled_from(["EUR", "USD", "JPY", "KWD"]))
    rates = draw(st.lists(st.sampled_from(["0", "7", "19", "8.875"]), min_size=1, max_size=4))
    lines = [
        Line(
            position=at + 1,
            description=f"Item {at + 1}",
            net_minor=draw(MONEY),
            tax_rate=Decimal(rate),
            quantity=draw(st.none() | st.decimals(0, 10**6, places=3)),
        )
        for at, rate in enumerate(rates)
    ]
    paid = draw(st.sampled_from([0, 1, 12_345]))
    language = draw(st.sampled_from(LANGUAGES))
    return invoice(lines, currency=currency, language=language, paid_minor=paid)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_what_is_printed_is_what_the_document_says(doc: InvoiceDoc) -> None:
    figures = Figures(locale_of(doc.language), doc.currency)

    text = text_of(render_pdf(doc))

    for minor in (doc.net_minor, doc.tax_minor, doc.gross_minor):
        assert plain(figures.money(minor)) in text
    for each in doc.lines:
        assert plain(figures.amount(each.net_minor)) in text
    for tax in doc.taxes:
        assert f"{plain(figures.amount(tax.taxable_minor))} {plain(figures.amount(tax.tax_minor))}" in text


@given(st.integers(-(2**63), 2**63 - 1), st.sampled_from(["EUR", "JPY", "KWD"]), st.sampled_from(LANGUAGES))
def test_a_printed_amount_reads_back_as_the_same_number(minor: int, currency: str, language: str) -> None:
    printed = Figures(locale_of(language), currency).money(minor)

    digits = re.sub(r"\D", "", printed)

    assert int(digits) == abs(minor)
    assert printed.startswith("−") == (minor < 0)
    fraction = re.search(r"[.,](\d+)\D*$", printed)
    decimals = currency_digits(currency)
    assert decimals == 0 or (fraction is not None and len(fraction[1]) == decimals)
