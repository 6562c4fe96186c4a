"""Who the demo office deals with and how they behave: made up, and the same for the same seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FIRST = (
    "Harbor", "Northwind", "Stonegate", "Redwood", "Calder", "Aster", "Blue Ridge", "Willow", "Kestrel", "Lindner",
    "Bergmann", "Falken", "Sonnenfeld", "Rheintal", "Elbtal", "Alpina", "Nordlicht", "Hansea", "Taunus", "Isar",
    "Montclair", "Belle Rive", "Clairvoie", "Aubois", "Lumière", "Cerro Alto", "Río Claro", "Valverde", "Solana",
    "Brisa", "Fairfield", "Maple", "Granite", "Silverline", "Oakhurst", "Meridian", "Pinewood", "Larkspur", "Quarry",
    "Summit", "Tidewater", "Vista", "Westbrook", "Arden", "Beacon", "Cobalt", "Dunmore", "Everly", "Foxglove",
    "Garnet", "Hollis", "Ironbridge", "Juniper", "Kingsley", "Laurel", "Marlow", "Norwell", "Orchard", "Pembroke",
)  # fmt: skip
SECOND = (
    "Freight", "Dental", "Analytics", "Logistics", "Trading", "Print", "Foods", "Clinic", "Studio", "Optics",
    "Interiors", "Energy", "Motors", "Textiles", "Books", "Systems", "Consulting", "Garden", "Security", "Bakery",
    "Software", "Metals", "Pharma", "Travel", "Events", "Legal", "Architects", "Fitness", "Catering", "Robotics",
    "Packaging", "Ceramics", "Timber", "Labs", "Media",
)  # fmt: skip
FORMS = {"DE": ("GmbH", "KG", "AG", "e.K."), "FR": ("SARL", "SAS"), "ES": ("S.L.", "S.A."), "GB": ("Ltd", "plc")}
PLACES = {
    "DE": (("Hamburg", "20457"), ("Berlin", "10115"), ("München", "80331"), ("Köln", "50667"), ("Leipzig", "04109")),
    "FR": (("Lyon", "69002"), ("Nantes", "44000"), ("Lille", "59000")),
    "ES": (("Valencia", "46002"), ("Bilbao", "48001"), ("Madrid", "28004")),
    "GB": (("Bristol", "BS1 4ST"), ("Leeds", "LS1 4AP"), ("London", "EC1A 1BB")),
}
STREETS = {"DE": "Speicherstr.", "FR": "Rue du Port", "ES": "Calle Mayor", "GB": "Quay Street"}
LANGUAGE = {"DE": "de", "FR": "fr", "ES": "es", "GB": "en"}
PROFILE = {"DE": "domestic", "FR": "reverse_charge", "ES": "reverse_charge", "GB": "export"}
BANK_CODES = {"DE": "37040044", "FR": "20041010050500013M02606", "ES": "21000418450200051332", "GB": "NWBK601613"}


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer, what it has agreed to, and how it pays."""

    number: str
    name: str
    email: str
    street: str
    postal_code: str
    city: str
    country: str
    language: str
    tax_profile: str
    terms_days: int
    po_number: str
    delivery: str
    since: date
    plan: str
    seats: int
    habit: str
    days_late: int
    iban: str


PLANS = ("team", "business", "enterprise", "metered", "yearly", "quarterly")
PLAN_WEIGHTS = (45, 22, 6, 15, 7, 5)
HABITS = ("reference", "number", "digits", "amount", "together", "round", "short", "never")
HABIT_WEIGHTS = (54, 26, 5, 5, 6, 1, 2, 1)
SEAT_PRICE = {"team": Decimal("12.00"), "business": Decimal("18.50"), "enterprise": Decimal("24.00")}


def customers(count: int, first_on: date, last_on: date, *, seed: int) -> Iterator[Customer]:
    """Make `count` customers; four in five are there from the first day, the others join by the month."""
    dice = random.Random(seed)
    months = max(1, (last_on.year - first_on.year) * 12 + last_on.month - first_on.month)
    seen: dict[str, int] = {}
    for place in range(count):
        country = dice.choices(tuple(FORMS), weights=(82, 7, 6, 5))[0]
        city, postal_code = dice.choice(PLACES[country])
        base = f"{dice.choice(FIRST)} {dice.choice(SECOND)}"
        seen[base] = seen.get(base, 0) + 1
        name = f"{base}{'' if seen[base] == 1 else ' ' + city} {dice.choice(FORMS[country])}"
        joined = 0 if dice.random() < 0.8 else dice.randint(1, months)
        month = first_on.month - 1 + joined
        yield Customer(
            number=f"{10_000 + place}",
            name=name if seen[base] < 3 else f"{name} {seen[base]}",
            email=f"accounts.{10_000 + place}@example.com",
            street=f"{STREETS[country]} {dice.randint(1, 180)}",
            postal_code=postal_code,
            city=city,
            country=country,
            language=LANGUAGE[country],
            tax_profile=PROFILE[country],
            terms_days=dice.choice((14, 14, 30, 30, 30, 10)),
            po_number=f"PO-{dice.randint(1000, 9999)}" if dice.random() < 0.2 else "",
            delivery="email" if dice.random() < 0.96 else "file",
            since=date(first_on.year + month // 12, month % 12 + 1, 1),
            plan=dice.choices(PLANS, weights=PLAN_WEIGHTS)[0],
            seats=max(1, int(dice.lognormvariate(2.2, 0.8))),
            habit=dice.choices(HABITS, weights=HABIT_WEIGHTS)[0],
            days_late=max(-10, int(dice.gauss(-2, 7))),
            iban=_iban(country, place),
        )


def _iban(country: str, place: int) -> str:
    """Return an account number with right check digits (ISO 13616) that belongs to nobody."""
    bban = f"{BANK_CODES['DE']}{place:010d}"
    digits = "".join(str(int(letter, 36)) for letter in f"{bban}DE00")
    return f"DE{98 - int(digits) % 97:02d}{bban}"
