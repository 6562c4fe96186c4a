"""What a new entity's catalog starts with: tax codes, their dated rates, and the rules that choose them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duly.kernel.sql import run_sql

HERE = "duly.catalog"


@dataclass(frozen=True, slots=True)
class TaxCodeRow:
    """A tax code (category of UNCL 5305) with its rate components and the profile x class pairs it applies to."""

    code: str
    name: str
    jurisdiction: str
    category: str
    rates: tuple[tuple[str, Decimal, date], ...]
    applies: tuple[tuple[str, str], ...]
    reason_code: str = ""
    source: str = ""
    notes: dict[str, str] = field(default_factory=dict)


VAT_START = date(2007, 1, 1)
"""German rates of 19 % and 7 % hold since 2007-01-01 (apart from the second half of 2020, before Duly's books)."""

SHIPPED_TAX = (
    TaxCodeRow("DE-S", "German VAT, standard", "DE", "S", (("VAT", Decimal("0.19"), VAT_START),),
               (("domestic", "standard"),), source="UStG §12 (1)"),
    TaxCodeRow("DE-R", "German VAT, reduced", "DE", "S", (("VAT", Decimal("0.07"), VAT_START),),
               (("domestic", "reduced"),), source="UStG §12 (2)"),
    TaxCodeRow("EXEMPT", "Exempt from VAT", "DE", "E", (("VAT", Decimal(0), VAT_START),),
               (("domestic", "exempt"), ("exempt", "standard"), ("exempt", "reduced"), ("exempt", "exempt")),
               reason_code="VATEX-EU-132", source="UStG §4"),
    TaxCodeRow("RC", "Reverse charge", "EU", "AE", (("VAT", Decimal(0), VAT_START),),
               (("reverse_charge", "standard"), ("reverse_charge", "reduced"), ("reverse_charge", "exempt")),
               reason_code="VATEX-EU-AE", source="Directive 2006/112/EC Art. 196"),
    TaxCodeRow("ZERO", "Export outside the EU", "EU", "G", (("VAT", Decimal(0), VAT_START),),
               (("export", "standard"), ("export", "reduced"), ("export", "exempt")),
               reason_code="VATEX-EU-G", source="Directive 2006/112/EC Art. 146"),
    TaxCodeRow("US-NY", "Sales tax, New York City", "US-NY", "S",
               (("New York State", Decimal("0.04"), VAT_START), ("New York City", Decimal("0.045"), VAT_START)),
               (("us_ny", "standard"),), source="N.Y. Tax Law §1105, §1107"),
    TaxCodeRow("US-NONE", "No sales tax", "US", "O", (("none", Decimal(0), VAT_START),),
               (("us_none", "standard"), ("us_none", "reduced"), ("us_none", "exempt"), ("us_ny", "exempt")),
               reason_code="VATEX-EU-O"),
)  # fmt: skip


def make_tax(entity_id: int, rows: tuple[TaxCodeRow, ...] = SHIPPED_TAX) -> None:
    """Give the entity these tax codes, rates and rules; codes it has stay as they are."""
    run_sql(
        HERE,
        "setup/1_make_codes.sql",
        entity=entity_id,
        codes=[row.code for row in rows],
        names=[row.name for row in rows],
        jurisdictions=[row.jurisdiction for row in rows],
        categories=[row.category for row in rows],
        reasons=[row.reason_code for row in rows],
    )
    rates = [(row.code, component, rate, day, row.source) for row in rows for component, rate, day in row.rates]
    run_sql(
        HERE,
        "setup/2_make_rates.sql",
        entity=entity_id,
        codes=[rate[0] for rate in rates],
        components=[rate[1] for rate in rates],
        rates=[rate[2] for rate in rates],
        days=[rate[3] for rate in rates],
        sources=[rate[4] for rate in rates],
    )
    rules = [(row.code, profile, tax_class) for row in rows for profile, tax_class in row.applies]
    run_sql(
        HERE,
        "setup/3_make_rules.sql",
        entity=entity_id,
        codes=[rule[0] for rule in rules],
        profiles=[rule[1] for rule in rules],
        classes=[rule[2] for rule in rules],
        day=VAT_START,
    )
