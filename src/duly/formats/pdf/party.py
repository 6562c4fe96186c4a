"""Seller and buyer as they stand on paper, with the terms of EN 16931 (BT = business term)."""

from __future__ import annotations

from dataclasses import dataclass

# Where the post town goes: the default is "postcode town" (most of Europe, UPU S42).
TOWN_THEN_REGION_AND_CODE = frozenset(["US", "CA", "AU", "NZ", "PR"])
CODE_ON_ITS_OWN_LINE = frozenset(["GB", "IE"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address: street BT-35/BT-50, more BT-36 and BT-162, town BT-37, postcode BT-38, region BT-39,
    country BT-40 as ISO 3166 code (for the buyer BT-50 to BT-55, BT-163)."""

    street: str = ""
    more: tuple[str, ...] = ()
    town: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""

    def lines(self) -> tuple[str, ...]:
        """Return the lines in the order the country's post wants them, without the country's name."""
        return tuple(part for part in (*self.more, self.street, *self._town_lines()) if part)

    def _town_lines(self) -> tuple[str, ...]:
        if self.country in CODE_ON_ITS_OWN_LINE:
            return (self.town, self.region, self.postcode)
        if self.country in TOWN_THEN_REGION_AND_CODE:
            end = " ".join(part for part in (self.region, self.postcode) if part)
            return (", ".join(part for part in (self.town, end) if part),)
        return (" ".join(part for part in (self.postcode, self.town) if part), self.region)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDetails:
    """Where money is to be paid: holder BT-85, IBAN or account BT-84, BIC BT-86; routing where no IBAN is."""

    holder: str = ""
    bank_name: str = ""
    iban: str = ""
    bic: str = ""
    account: str = ""
    routing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """Who bills: name BT-27, VAT id BT-31, tax number BT-32, register BT-30/BT-33, contact BT-41 to BT-43.

    `legal_lines` are printed in the footer as they are (directors, register court, capital).
    `logo_svg` is drawn at most 14 mm high; `accent` is a colour as #rrggbb.
    """

    name: str
    address: Address
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    bank: BankDetails | None = None
    legal_lines: tuple[str, ...] = ()
    logo_svg: str = ""
    accent: str = "#0b6a4d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who is billed: name BT-44, account number BT-46, VAT id BT-48, contact BT-56, order BT-13, their
    reference BT-10."""

    name: str
    address: Address
    contact_name: str = ""
    account_number: str = ""
    vat_id: str = ""
    order_number: str = ""
    reference: str = ""
