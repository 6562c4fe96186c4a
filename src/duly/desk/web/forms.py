"""Reading a form: typed values out, errors kept beside their fields, what was typed never lost.

    form = Form(request, actor)
    amount_minor = form.money("amount", "Amount", currency="EUR", at_least=1)
    paid_on = form.day("paid_on", "Paid on")
    if form.wrong:
        return render(request, "payments/record.html", {"form": form}, status=422)

A reader that finds something wrong notes it and returns a harmless value of its type, so that all fields
are read
and all errors are shown at once; look at `form.wrong` before using any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from duly.desk.web.notation import marks_of, money_text, parse_date, parse_money
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused

T = TypeVar("T")


class Form:
    """What was sent (or, on the way in, what the fields begin with) and what is wrong with it."""

    def __init__(
        self, request: HttpRequest | None, actor: Actor, *, begin_with: Mapping[str, object] | None = None
    ) -> None:
        self.language = actor.language
        self.sent = request.POST if request is not None and request.method == "POST" else None
        self.files = request.FILES if request is not None and request.method == "POST" else None
        self.begin_with = begin_with or {}
        self.errors: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.whole: list[str] = []

    @property
    def wrong(self) -> bool:
        """Whether anything could not be read or was refused."""
        return bool(self.errors or self.whole)

    def typed(self, name: str, otherwise: object = "") -> str:
        """Return the text to show in a field: what was typed, else what it begins with."""
        if self.sent is not None:
            return self.sent.get(name, "")
        found = self.begin_with.get(name, otherwise)
        return "" if found is None else str(found)

    def picked(self, name: str) -> list[str]:
        """Return all values of a name, such as the ticked rows of a list."""
        return self.sent.getlist(name) if self.sent is not None else []

    def error(self, name: str) -> str:
        """Return what is wrong with a field, '' when nothing is."""
        return self.errors.get(name, "")

    def blame(self, name: str, label: str, problem: str) -> None:
        """Note a problem with a field; the first one stays."""
        self.labels.setdefault(name, label)
        self.errors.setdefault(name, problem)

    def refuse(self, refusal: Refused, sentence: str, *, field: str = "") -> None:
        """Show a rule's refusal in the form: beside a field, or above all of them."""
        if field:
            self.blame(field, self.labels.get(field, field), sentence)
        else:
            self.whole.append(sentence)

    def text(self, name: str, label: str, *, required: bool = True, at_most: int = 500) -> str:
        """Read a line or paragraph, without blanks around it."""
        found = self._required(name, label, required=required)
        if len(found) > at_most:
            self.blame(name, label, f"At most {at_most} characters, this is {len(found)}")
        return found

    def choice(self, name: str, label: str, among: Collection[str], *, required: bool = True) -> str:
        """Read one of the offered values; nothing else passes."""
        found = self._required(name, label, required=required, problem="Choose one")
        if found and found not in among:
            self.blame(name, label, "Choose one of the offered values")
            return ""
        return found

    def money(
        self, name: str, label: str, *, currency: str, at_least: int | None = None, at_most: int | None = None
    ) -> int:
        """Read an amount in the user's notation into minor units; bounds are minor units too."""
        minor = self._read(name, label, lambda text: parse_money(text, currency, self.language), 0)
        if name in self.errors:
            return 0
        if at_least is not None and minor < at_least:
            self.blame(name, label, f"At least {money_text(at_least, currency, self.language)}")
        if at_most is not None and minor > at_most:
            self.blame(name, label, f"At most {money_text(at_most, currency, self.language)}")
        return minor

    def money_or_none(self, name: str, label: str, *, currency: str) -> int | None:
        """Read an amount that may stay empty."""
        return self.money(name, label, currency=currency) if self.typed(name).strip() else None

    def day(self, name: str, label: str, *, earliest: date | None = None, latest: date | None = None) -> date:
        """Read a day; bounds included."""
        day = self._read(name, label, lambda text: parse_date(text, self.language), date.min)
        if name in self.errors:
            return date.min
        if earliest is not None and day < earliest:
            self.blame(name, label, f"Not before {earliest.isoformat()}")
        if latest is not None and day > latest:
            self.blame(name, label, f"Not after {latest.isoformat()}")
        return day

    def day_or_none(self, name: str, label: str) -> date | None:
        """Read a day that may stay empty."""
        return self.day(name, label) if self.typed(name).strip() else None

    def whole_number(self, name: str, label: str, *, at_least: int = 0, at_most: int = 10**9) -> int:
        """Read a count."""
        number = self._read(name, label, self._whole, 0)
        if name not in self.errors and not at_least <= number <= at_most:
            self.blame(name, label, f"Between {at_least:,} and {at_most:,}")
        return number

    def decimal(self, name: str, label: str, *, at_least: Decimal | None = None) -> Decimal:
        """Read a quantity, rate or unit price, with as many decimals as typed."""
        number = self._read(name, label, self._decimal, Decimal(0))
        if name not in self.errors and at_least is not None and number < at_least:
            self.blame(name, label, f"At least {at_least}")
        return number

    def flag(self, name: str) -> bool:
        """Read a tick box."""
        return bool(self.typed(name))

    def ids(self, name: str = "pick") -> list[int]:
        """Read the ticked rows of a list; anything but numbers is left out."""
        return [int(value) for value in self.picked(name) if value.isascii() and value.isdigit()]

    def file(self, name: str, label: str, *, at_most_bytes: int = 50 * 2**20) -> UploadedFile[Any] | None:
        """Return the uploaded file; one that is missing, empty or too large is an error."""
        found = self.files.get(name) if self.files is not None else None
        if found is None or not found.size:
            self.blame(name, label, "Choose a file that is not empty")
        elif found.size > at_most_bytes:
            self.blame(name, label, f"At most {at_most_bytes // 2**20} MB")
        return found

    def _required(self, name: str, label: str, *, required: bool = True, problem: str = "Fill this in") -> str:
        self.labels[name] = label
        found = self.typed(name).replace("\x00", "").strip()
        if required and not found:
            self.blame(name, label, problem)
        return found

    def _read(self, name: str, label: str, reader: Callable[[str], T], harmless: T) -> T:
        text = self._required(name, label)
        if not text:
            return harmless
        try:
            return reader(text)
        except ValueError as error:
            self.blame(name, label, str(error))
            return harmless

    def _whole(self, text: str) -> int:
        number = self._decimal(text)
        if number != number.to_integral_value():
            raise ValueError("Write a whole number")
        return int(number)

    def _decimal(self, text: str) -> Decimal:
        marks = marks_of(self.language)
        plain = text.replace(marks.group, "").replace("\u2212", "-").replace(marks.decimal, ".")
        try:
            number = Decimal(plain.replace(" ", "").replace("\u00a0", ""))
        except InvalidOperation as error:
            raise ValueError(f"Write a number like 12{marks.decimal}5") from error
        if not number.is_finite() or abs(number) > 10**15:
            raise ValueError(f"Write a number like 12{marks.decimal}5")
        return number
