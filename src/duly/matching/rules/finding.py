"""What a cause test answers with, and the causes there are with the weight they have before any evidence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BOTH = frozenset({"them", "us"})
MISSING, TOO_MUCH = frozenset({"them"}), frozenset({"us"})


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause in the words of the office; `weight` is how often it is the one, in percent, before any evidence."""

    key: str
    title: str
    weight: int
    favours: frozenset[str] = BOTH


CAUSES = {
    cause.key: cause
    for cause in (
        Cause("discount", "Early-payment discount, earned", 10, MISSING),
        Cause("discount_late", "Early-payment discount, taken too late", 5, MISSING),
        Cause("bank_fee", "Bank fee taken on the way", 10, MISSING),
        Cause("withholding", "Withholding tax", 4, MISSING),
        Cause("rounding", "Rounding", 7),
        Cause("exchange", "Exchange rate", 2),
        Cause("price", "Price not as agreed", 7),
        Cause("line", "Quantity or damage: a line not paid", 6, MISSING),
        Cause("freight", "Freight not paid", 4, MISSING),
        Cause("tax", "Tax not as it should be", 5),
        Cause("missing_charge", "Not billed yet", 5),
        Cause("duplicate_invoice", "Billed twice", 4),
        Cause("duplicate_payment", "Paid twice", 9, TOO_MUCH),
        Cause("misposted", "Posted to the wrong account", 7, TOO_MUCH),
        Cause("open_credit", "A credit not applied yet", 7, MISSING),
        Cause("timing", "On its way", 4),
        Cause("instalment", "Paid by plan", 5, MISSING),
        Cause("other_item", "Meant for another item", 6),
        Cause("input_error", "Typed wrong", 4),
        Cause("returned", "Returned or charged back", 4),
        Cause("dispute", "Disputed by the customer", 5, MISSING),
        Cause("fraud", "Looks like fraud", 1, TOO_MUCH),
    )
}
OTHER_CAUSES = {"part_payment": "Part payment", "goodwill": "Goodwill", "unknown": "Not known"}
"""What a person may say although no test does."""


def title_of(cause: str) -> str:
    """Return a cause in words; two together are joined by '+'."""
    return " and ".join(
        CAUSES[part].title if part in CAUSES else OTHER_CAUSES.get(part, part) for part in cause.split("+")
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """A cause that could explain `amount_minor` of the difference, with its calculation.

    `specific` (1 to 100) says how little it would mean by chance; `evidenced` that something beside the amount speaks
    for it. `resolution` is what would settle it, `arguments` what that act needs (JSON values).
    """

    cause: str
    amount_minor: int
    sentence: str
    specific: int
    resolution: str
    evidenced: bool = False
    evidence: tuple[str, ...] = ()
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One cause, or two, that explain the whole difference to the cent."""

    parts: tuple[Finding, ...]
    score: int

    @property
    def cause(self) -> str:
        """The causes' keys, joined by '+'."""
        return "+".join(part.cause for part in self.parts)

    @property
    def sentence(self) -> str:
        """The calculation in one line."""
        return "; ".join(part.sentence for part in self.parts)
