"""Reading nodes of an ISO 20022 message of any version: by local name, whole text, exact amounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from duly.formats.amounts import iso_date, unsigned_minor
from duly.formats.errors import Place, shown

Node = etree._Element


def child(node: Node | None, *path: str) -> Node | None:
    """Return the first node under `path`, None when any step is missing."""
    for name in path:
        if node is None:
            return None
        node = next(node.iterchildren("{*}" + name), None)
    return node


def children(node: Node | None, name: str) -> Iterator[Node]:
    """Give all direct children of that name."""
    return iter(()) if node is None else node.iterchildren("{*}" + name)


def words(node: Node | None) -> str:
    """Return the whole text of a node with runs of white space made one space."""
    return "" if node is None else " ".join("".join(node.itertext()).split())


def text(node: Node | None, *path: str) -> str:
    """Return the text under `path`, empty when it is missing."""
    return words(child(node, *path))


def place_of(node: Node, file: str) -> Place:
    """Return where the node stands in the file."""
    return Place(file, node.sourceline)


def amount(node: Node, file: str) -> tuple[int, str]:
    """Return the minor units and currency of an `Amt` node; refuses anything but one plain number."""
    at = place_of(node, file)
    if len(node):
        raise at.error("an amount has other elements inside")
    currency = node.get("Ccy")
    if not currency:
        raise at.error("an amount has no currency")
    return unsigned_minor("".join(node.itertext()).strip(), currency, at), currency


def direction(node: Node, file: str) -> int:
    """Return +1 for CRDT and -1 for DBIT; anything else is refused, for a sign is never guessed."""
    said = text(node, "CdtDbtInd")
    if said not in ("CRDT", "DBIT"):
        raise place_of(node, file).error(f"credit or debit is not stated but {shown(said)}")
    return 1 if said == "CRDT" else -1


def day(node: Node | None, file: str) -> date | None:
    """Return the date of a DateAndDateTimeChoice, None when there is none."""
    if node is None:
        return None
    said = text(node, "Dt") or text(node, "DtTm") or (words(node) if not len(node) else "")
    return iso_date(said, place_of(node, file)) if said else None
