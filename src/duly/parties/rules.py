"""How a bank account is written and what it must prove. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from duly.formats.nacha import is_routing
from duly.formats.reference import compact, is_iban

CAME_BY = {"letter": "Letter", "mail": "E-mail", "phone": "Phone", "portal": "Portal", "in_person": "In person"}


@dataclass(frozen=True, slots=True)
class AccountNumber:
    """A bank account: an IBAN, or a routing number of nine digits and an account there (United States)."""

    iban: str = ""
    routing: str = ""
    number: str = ""

    @property
    def kept(self) -> str:
        """The one way the account is written when it is kept, and found again."""
        return self.iban or f"{self.routing} {self.number}"

    @property
    def last4(self) -> str:
        """What may be shown of it."""
        return (self.iban or self.number)[-4:]


def account_number(text: str) -> AccountNumber | None:
    """Read an IBAN, or `routing account`; None for what proves itself as neither."""
    bare = compact(text)
    if is_iban(bare):
        return AccountNumber(iban=bare)
    routing, _, number = text.strip().replace("/", " ").partition(" ")
    number = "".join(number.split())
    if is_routing(routing) and 1 <= len(number) <= 17 and number.replace("-", "").isalnum():
        return AccountNumber(routing=routing, number=number)
    return None
