"""How the demo's customers pay: which open items, when, and what they write on the transfer. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from duly.site.demo.bankfile import Movement
from duly.site.demo.market import Customer


@dataclass(frozen=True, slots=True)
class Owed:
    """An open item as the customer knows it from the invoice."""

    item_id: int
    customer: str
    number: str
    reference: str
    due_on: date
    open_minor: int


def payments(
    owed: Iterable[Owed], customers: Mapping[str, Customer], from_on: date, to_on: date, *, seed: int
) -> tuple[list[Movement], set[int]]:
    """Return the bank's movements from `from_on` through `to_on`, by day, and the items paid by them.

    Customers' payments, bank charges, now and then a deposit nobody can place.
    """
    dice = random.Random(f"{seed}:{to_on}")
    found: list[Movement] = []
    paid: set[int] = set()
    for number, items in groupby(owed, key=lambda item: item.customer):
        customer = customers.get(number)
        due = [item for item in items if customer and _pays_on(customer, item, to_on) is not None]
        if customer is None or not due:
            continue
        paid |= {item.item_id for item in due}
        if customer.habit == "together":
            found.append(_movement(customer, due, max(_day(customer, item, from_on, to_on) for item in due), dice))
        else:
            found += [_movement(customer, [item], _day(customer, item, from_on, to_on), dice) for item in due]
    found.append(Movement(to_on, -(900 + dice.randint(0, 900)), "", "", "Account fees", "", f"FEE{to_on:%y%m%d}"))
    if dice.random() < 0.5:
        found.append(
            Movement(to_on, dice.randint(5_000, 90_000), "", "", "DEPOSIT THANK YOU", "", f"UNK{to_on:%y%m%d}")
        )
    return sorted(found, key=lambda movement: (movement.booked_on, movement.bank_reference)), paid


def _pays_on(customer: Customer, item: Owed, to_on: date) -> date | None:
    if customer.habit == "never":
        return None
    on = item.due_on + timedelta(days=customer.days_late)
    return on if on <= to_on else None


def _day(customer: Customer, item: Owed, from_on: date, to_on: date) -> date:
    on = item.due_on + timedelta(days=customer.days_late)
    day = min(max(on, from_on), to_on)
    while day.weekday() > 4 and day > from_on:
        day -= timedelta(days=1)
    return day


def _movement(customer: Customer, items: list[Owed], on: date, dice: random.Random) -> Movement:
    amount = sum(item.open_minor for item in items)
    numbers = " ".join(item.number for item in items)
    text, structured = f"Invoice {numbers}", ""
    if customer.habit == "reference" and len(items) == 1:
        structured = items[0].reference
    elif customer.habit == "digits":
        text = f"RG {items[0].number.rpartition('-')[2]} {customer.number}"
    elif customer.habit == "amount":
        text = "payment of account"
    elif customer.habit == "round":
        amount = max(100, amount // 1000 * 1000)
    elif customer.habit == "short":
        amount = max(1, amount - dice.choice((500, 1000, 2500)))
    return Movement(on, amount, customer.name, customer.iban, text, structured, f"{on:%y%m%d}{items[0].item_id:09d}")
