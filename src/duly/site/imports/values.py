"""Reading one cell as what its field asks for. Pure; says what is wrong and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from duly.site.imports.spec import Field

LONGEST_TEXT = 2000


class BadCell(ValueError):
    """A cell that cannot be read: reason and remedy."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def read_cell(text: str, field: Field) -> object:
    """Return the cell's value for the field's type, its default when the cell is empty."""
    text = text.strip()
    if not text:
        if field.required:
            raise BadCell(f"{field.name} is empty", "every row needs it")
        return field.default
    value = READERS[field.type](text)
    if field.choices and value not in field.choices:
        raise BadCell(f"{field.name} {text!r} is not known", f"one of {', '.join(field.choices)}")
    return value


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadCell(f"{len(text)} characters", f"at most {LONGEST_TEXT}")
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
        raise BadCell("control characters in the text", "remove them")
    return text


def _code(text: str) -> str:
    return _text(text).lower().replace(" ", "_").replace("-", "_")


def _upper(text: str) -> str:
    return _text(text).upper()


def read_number(text: str) -> Decimal:
    """Return an exact number written as 1234.56, 1,234.56, 1.234,56 or 1 234,56; refuses what could be both."""
    plain = re.sub(r"[\s' ]", "", text)
    sign = ""
    if plain.startswith("(") and plain.endswith(")"):
        sign, plain = "-", plain[1:-1]
    if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain) and plain[-4] == ",":
        raise BadCell(f"{text!r} could mean two numbers", "write it with a point as decimal mark and no grouping")
    comma_is_decimal = plain.rfind(",") > plain.rfind(".")
    plain = plain.replace(".", "").replace(",", ".") if comma_is_decimal else plain.replace(",", "")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) or len(plain) > 30:
        raise BadCell(f"{text!r} is not a number", "write it as 1234.56")
    try:
        return Decimal(sign + plain)
    except InvalidOperation as error:
        raise BadCell(f"{text!r} is not a number", "write it as 1234.56") from error


def _int(text: str) -> int:
    number = read_number(text)
    if number != number.to_integral_value():
        raise BadCell(f"{text!r} is not a whole number", "write it without decimals")
    return int(number)


DATE_SHAPES = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d")


def _date(text: str) -> date:
    day = text.split("T")[0].split(" ")[0]
    for shape in DATE_SHAPES:
        try:
            return datetime.strptime(day, shape).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise BadCell(f"{text!r} is not a date", "write it as 2026-01-31")


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise BadCell(f"{text!r} is not a moment", "write it as 2026-01-31T13:45:00+01:00") from error
    return moment.isoformat()


def _bool(text: str) -> bool:
    if text.lower() in ("1", "yes", "true", "y", "ja", "si", "sí", "oui", "x"):
        return True
    if text.lower() in ("0", "no", "false", "n", "nein", "non"):
        return False
    raise BadCell(f"{text!r} is neither yes nor no", "write yes or no")


READERS: dict[str, Callable[[str], object]] = {
    "text": _text,
    "code": _code,
    "upper": _upper,
    "number": read_number,
    "int": _int,
    "date": _date,
    "moment": _moment,
    "bool": _bool,
}
SQL_TYPES = {
    "text": "text", "code": "text", "upper": "text", "number": "numeric", "int": "int", "date": "date",
    "moment": "timestamptz", "bool": "boolean",
}  # fmt: skip
