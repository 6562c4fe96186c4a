"""Reading the lines of agreements from forms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from duly.commercial.models import NewTerm, NewTier
from duly.commercial.queries import TermVersion
from duly.desk.pages.agreements.agreement import MODELS, plain
from duly.desk.web.forms import Form
from duly.desk.web.notation import marks_of

TIERED = ("graduated", "volume")
METERED = ("usage", "graduated", "volume", "package", "percentage")
AGGREGATES = {"sum": "Sum", "max": "Highest", "last": "Last", "unique": "How many different"}
OFFERED = {name: words for name, words in MODELS.items() if name != "milestone"}
RHYTHMS = {
    "month-1": "Every month",
    "month-3": "Every quarter",
    "month-6": "Every half year",
    "month-12": "Every year",
    "day-7": "Every week",
    "day-14": "Every two weeks",
}


def parse_tiers(text: str, language: str) -> tuple[NewTier, ...]:
    """Read steps, one a line: 'up to  price  [flat]', the last one with * for all the rest.

    Raises ValueError with what to write instead.
    """
    marks = marks_of(language)
    tiers = []
    for row in text.splitlines():
        parts = row.replace(":", " ").split()
        if not parts:
            continue
        if len(parts) not in (2, 3):
            raise ValueError(f"Write each step as: up to, price. For example 100 0{marks.decimal}10")
        try:
            numbers = [Decimal(part.replace(marks.group, "").replace(marks.decimal, ".")) for part in parts[1:]]
            bound = parts[0].replace(marks.group, "").replace(marks.decimal, ".")
            up_to = None if parts[0] == "*" else Decimal(bound)
        except InvalidOperation as error:
            raise ValueError(f"“{row.strip()}” is not a step. Write: 100 0{marks.decimal}10") from error
        tiers.append(NewTier(up_to, *numbers))
    return tuple(tiers)


def tiers_of(term: TermVersion) -> tuple[NewTier, ...]:
    """Return the steps of a line as they would be entered."""
    return tuple(
        NewTier(
            None if tier["up_to"] is None else Decimal(str(tier["up_to"])),
            Decimal(str(tier["unit_price"])),
            Decimal(str(tier["flat_price"])),
        )
        for tier in term.tiers
    )


def tiers_text(term: TermVersion, language: str) -> str:
    """Write the steps of a line the way `parse_tiers` reads them."""
    group = marks_of(language).group

    def written(number: Decimal) -> str:
        return plain(number, language).replace(group, "")

    rows = []
    for tier in tiers_of(term):
        flat = f" {written(tier.flat_price)}" if tier.flat_price else ""
        rows.append(f"{'*' if tier.up_to is None else written(tier.up_to)} {written(tier.unit_price)}{flat}")
    return "\n".join(rows)


def read_term(form: Form, place: str, items: Collection[str], *, valid_from: date | None = None) -> NewTerm | None:
    """Read the line whose fields end in `place`; None where its item is left empty."""
    item = form.choice(f"item{place}", "Item", items, required=False)
    if not item:
        return None
    model = form.choice(f"model{place}", "Way of pricing", OFFERED)
    meter = form.text(f"meter{place}", "Meter", required=model == "usage", at_most=60)
    counted = form.choice(f"aggregate{place}", "Counted as", AGGREGATES, required=False) or "sum"
    return NewTerm(
        item=item,
        model=model or "flat",
        quantity=number(form, f"quantity{place}", "Quantity") or Decimal(1),
        unit_price=number(form, f"unit_price{place}", "Price"),
        description=form.text(f"description{place}", "Description", required=False, at_most=300),
        meter=meter or None,
        aggregate=counted if meter else None,
        included_quantity=number(form, f"included{place}", "Included") or Decimal(0),
        package_size=number(form, f"package{place}", "Package") if model == "package" else None,
        percentage=number(form, f"percentage{place}", "Percentage") if model == "percentage" else None,
        timing="arrears" if meter else None,
        valid_from=valid_from,
        tiers=read_tiers(form, f"tiers{place}", required=model in TIERED),
    )


def number(form: Form, name: str, label: str) -> Decimal | None:
    """Read a number that may stay empty."""
    return form.decimal(name, label, at_least=Decimal(0)) if form.typed(name).strip() else None


def read_tiers(form: Form, name: str, *, required: bool) -> tuple[NewTier, ...]:
    """Read the steps of a price."""
    text = form.text(name, "Steps", required=required, at_most=2000)
    try:
        return parse_tiers(text, form.language)
    except ValueError as error:
        form.blame(name, "Steps", str(error))
        return ()
