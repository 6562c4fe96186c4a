"""PDFs a second on one core: a 12-line invoice with QR code and logo, as PDF/A-3a and PDF/UA-1.

The yardstick is a plain Typst document in the same process and run: the same fonts, the same lines as bare
text, no table, no tags, no standard, no QR code. It is the floor below which no layout can go.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst

from duly.formats.pdf import Address, BankDetails, Buyer, InvoiceDoc, Kind, Line, Seller, TaxGroup, render_pdf
from duly.formats.pdf.fonts import font_set
from duly.formats.reference import build_rf
from duly.kernel.money import round_minor

LINES = 12
LOGO = Path(__file__).parents[1] / "src/duly/formats/pdf/template/duly.svg"
PLAIN = b"""#let lines = json(bytes(sys.inputs.lines))
#set text(font: "Inter", size: 9pt)
#for each in lines [#each \\ ]
"""
YARDSTICK = "a plain Typst text of the same lines in the same run: no table, tags, standard, logo or QR code"


def sample(number: int) -> InvoiceDoc:
    """Return an invoice of twelve lines in which every number differs from the last invoice's."""
    lines = tuple(line(at + 1, number) for at in range(LINES))
    net = sum(each.net_minor for each in lines)
    tax = round_minor(Decimal(net) * 19 / 100)
    return InvoiceDoc(
        kind=Kind.INVOICE,
        number=f"INV-2026-{number:06}",
        issued_on=date(2026, 1, 31),
        due_on=date(2026, 3, 2),
        seller=Seller(
            name="Benchmark Office GmbH",
            address=Address(street="Lindenallee 14", town="Hamburg", postcode="20095", country="DE"),
            vat_id="DE123456789",
            bank=BankDetails(iban="DE02120300000000202051", bic="BYLADEM1001"),
            logo_svg=LOGO.read_text(encoding="utf-8"),
        ),
        buyer=Buyer(
            name=f"Customer {number} GmbH",
            address=Address(street=f"Street {number}", town="Bremen", postcode="28195", country="DE"),
            account_number=f"C-{number}",
        ),
        currency="EUR",
        lines=lines,
        taxes=(TaxGroup(category="S", rate=Decimal(19), taxable_minor=net, tax_minor=tax),),
        net_minor=net,
        tax_minor=tax,
        gross_minor=net + tax,
        open_minor=net + tax,
        payment_reference=build_rf(f"{number:09}"),
        payment_terms="30 days net.",
    )


def line(position: int, number: int) -> Line:
    quantity, price = Decimal(position + number % 7), Decimal("12.5") + number
    return Line(
        position=position,
        description=f"Service {position}",
        detail=f"Item {number}-{position}",
        quantity=quantity,
        unit="HUR",
        unit_price=price,
        tax_rate=Decimal(19),
        net_minor=round_minor(quantity * price * 100),
    )


def per_second(make: Callable[[int], object], count: int) -> float:
    """Return how many are made per CPU second of this process, so that other load does not count."""
    make(0)
    started = time.process_time()
    for number in range(1, count + 1):
        make(number)
    return count / (time.process_time() - started)


def plain_maker(folder: str) -> Callable[[int], object]:
    path = Path(folder) / "plain.typ"
    path.write_bytes(PLAIN)
    compiler = typst.Compiler(str(path), root=folder, font_paths=font_set().fonts, ignore_system_fonts=True)

    def make(number: int) -> object:
        texts = [f"{each.description} {each.detail} {each.net_minor}" for each in sample(number).lines]
        return compiler.compile(sys_inputs={"lines": str(texts).replace("'", '"')}, format="pdf", timestamp=0)

    return make


def run(argv: list[str]) -> dict[str, Any]:
    """Measure on one core; `--count N` documents (default 200)."""
    parser = argparse.ArgumentParser(prog="pdf")
    parser.add_argument("--count", type=int, default=200)
    count: int = parser.parse_args(argv).count
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if allowed:
        os.sched_setaffinity(0, {min(allowed)})
    try:
        with tempfile.TemporaryDirectory() as folder:
            plain = per_second(plain_maker(folder), count)
        ours = per_second(lambda number: render_pdf(sample(number)), count)
    finally:
        if allowed:
            os.sched_setaffinity(0, allowed)
    return {
        "name": "pdf",
        "value": round(ours, 1),
        "unit": "PDF/A-3a + PDF/UA-1 invoices of 12 lines with QR code per CPU second of one core",
        "yardstick": YARDSTICK,
        "ratio": round(ours / plain, 3),
        "plain_per_second": round(plain, 1),
        "target": 40,
        "count": count,
    }
