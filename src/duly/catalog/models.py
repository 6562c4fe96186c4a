"""What the catalog is told, and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class NewItem:
    """Something sold; `names` are its names by language. An item of a known code takes these values."""

    code: str
    name: str
    description: str = ""
    names: dict[str, str] = field(default_factory=dict)
    unit: str = "unit"
    tax_class: str = "standard"
    revenue_account: str = "4000"
    active: bool = True


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A list price (major units) from a day on; tiers are steps of up_to, unit_price, flat_price."""

    item: str
    currency: str
    unit_price: Decimal
    valid_from: date
    price_list: str = "standard"
    tiers: tuple[dict[str, Any], ...] | None = None


@dataclass(frozen=True, slots=True)
class NewTaxCode:
    """A tax code in a jurisdiction, of a category of UNCL 5305; `note` is the legal wording by language."""

    code: str
    name: str
    jurisdiction: str
    category: str
    reason_code: str = ""
    note: dict[str, str] = field(default_factory=dict)
    tax_account: str = "2200"


@dataclass(frozen=True, slots=True)
class NewTaxRate:
    """The rate of one component of a code from a day on: 0.19 is 19 %; `source` says by which law."""

    code: str
    rate: Decimal
    valid_from: date
    component: str = "VAT"
    source: str = ""


@dataclass(frozen=True, slots=True)
class NewTaxRule:
    """From a day on, accounts of the profile pay the code on items of the class."""

    tax_profile: str
    tax_class: str
    code: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is."""

    id: int
    code: str
    name: str
    description: str
    names: dict[str, str]
    unit: str
    tax_class: str
    revenue_account: str
    active: bool


@dataclass(frozen=True, slots=True)
class Price:
    """A version of a list price; valid until (not including) `valid_to`."""

    id: int
    item_id: int
    item: str
    price_list: str
    currency: str
    unit_price: Decimal
    tiers: list[dict[str, Any]] | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that was set: from which day what follows the item's list price may come out differently."""

    price_id: int
    item_id: int
    from_on: date


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax code as it is."""

    id: int
    code: str
    name: str
    jurisdiction: str
    category: str
    reason_code: str
    note: dict[str, str]
    tax_account: str


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A version of one component's rate."""

    id: int
    tax_code_id: int
    code: str
    component: str
    rate: Decimal
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class TaxRule:
    """A version of which code a profile pays on a class."""

    id: int
    tax_profile: str
    tax_class: str
    code: str
    valid_from: date
    valid_to: date | None
