"""What is known about a difference before anybody thinks about its cause: the facts, fetched in sets. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duly.kernel.money import currency_digits, format_minor


@dataclass(frozen=True, slots=True)
class Difference:
    """The case: `amount_minor` > 0; it `favours` 'them' (we miss money) or 'us' (we hold or billed too much)."""

    id: int
    kind: str
    favours: str
    amount_minor: int
    currency: str
    on: date
    invoice_line: int | None = None
    found: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owed:
    """The debt the difference hangs on: an invoice or an item taken over."""

    item_id: int
    number: str
    amount_minor: int
    open_minor: int
    net_minor: int
    tax_minor: int
    issued_on: date
    due_on: date
    invoice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """The payment the difference hangs on. `text` is what the payer wrote, in upper case."""

    item_id: int
    receipt_id: int
    number: str
    amount_minor: int
    open_minor: int
    received_on: date
    method: str
    text: str = ""
    payer_name: str = ""
    charges_minor: int = 0
    line_id: int | None = None
    first_from_account: bool = False
    quiet_days: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the invoice with its tax; `agreed_price` is what agreement or price list say, where they say."""

    line: int
    description: str
    quantity: Decimal
    unit_price: Decimal | None
    net_minor: int
    tax_minor: int
    rate: Decimal
    item_code: str = ""

    @property
    def gross_minor(self) -> int:
        """Net and tax of the line."""
        return self.net_minor + self.tax_minor


@dataclass(frozen=True, slots=True)
class Other:
    """Another item: of the same account, of one that belongs to it, or one that the payment names.

    `near` is 'own', 'party' (same customer), 'name', 'number' (neighbour) or 'named' (its number is in the text).
    `amount_minor` and `open_minor` are below zero for money and credits.
    """

    item_id: int
    account_id: int
    account_number: str
    near: str
    kind: str
    number: str
    amount_minor: int
    open_minor: int
    issued_on: date
    closed_on: date | None = None
    named: bool = False
    document_id: int | None = None
    same_period: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the account may take off: 'discount' and 'withholding' by `rate`, 'bank_fee' by amount."""

    kind: str
    rate: Decimal
    days: int
    grace_days: int
    amount_minor: int
    of_account: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """What a capability above knows of the case: a 'price' as agreed, a 'charge' not billed, an 'instalment',
    a 'dispute', a 'promise'. `amount_minor` is what of the difference it would explain.
    """

    kind: str
    amount_minor: int
    text: str
    line: int | None = None
    on: date | None = None
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the cause tests may ask about one case."""

    case: Difference
    owed: Owed | None = None
    paid: Paid | None = None
    lines: tuple[Line, ...] = ()
    others: tuple[Other, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    expected: tuple[Expected, ...] = ()
    tax_rates: tuple[Decimal, ...] = ()
    habits: Mapping[str, int] = field(default_factory=dict)

    @property
    def diff_minor(self) -> int:
        """The difference to be explained."""
        return self.case.amount_minor

    @property
    def we_miss(self) -> bool:
        """Whether money is missing, rather than too much of it here."""
        return self.case.favours == "them"

    @property
    def unit_minor(self) -> int:
        """One whole unit of the currency in minor units: 100 of EUR, 1 of JPY."""
        return int(10 ** currency_digits(self.case.currency))

    def money(self, minor: int) -> str:
        """Write an amount of the case's currency."""
        return f"{format_minor(minor, self.case.currency)} {self.case.currency}"
