"""Reading nodes of an ISO 20022 message of any version: by local name, whole text, exact amounts."""

from __future__ import annotations

from datetime import date

from lxml import etree

from duly.formats.amounts import iso_date, unsigned_minor
from duly.formats.errors import Place, shown

NONE: list[Node] = []


class Node:
    """An element as plain Python: a dictionary lookup is ten times faster than a search in the tree."""

    __slots__ = ("currency", "line", "name", "nodes", "text")

    def __init__(self, element: etree._Element, leave_out: str = "") -> None:
        self.name = local_name(element.tag)
        self.line = element.sourceline
        self.text = element.text or ""
        self.currency = element.get("Ccy", "") if self.name in WITH_CURRENCY else ""
        self.nodes: dict[str, list[Node]] = {}
        nodes = self.nodes
        for below in element:
            tag = below.tag
            name = NAMES.get(tag) or local_name(tag)
            if name in nodes:
                nodes[name].append(Node(below))
            elif name != leave_out:
                nodes[name] = [Node(below)]


WITH_CURRENCY = frozenset({"Amt", "TtlChrgsAndTaxAmt"})
NAMES: dict[object, str] = {}
MOST_NAMES = 2_000


def local_name(tag: object) -> str:
    """Return the tag without its namespace; comments and the like have none. Names are kept, within a limit."""
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    if len(NAMES) < MOST_NAMES:
        NAMES[tag] = name
    return name


def child(node: Node | None, *path: str) -> Node | None:
    """Return the first node under `path`, None when any step is missing."""
    for name in path:
        if node is None:
            return None
        found = node.nodes.get(name)
        node = found[0] if found else None
    return node


def children(node: Node | None, name: str) -> list[Node]:
    """Return all direct children of that name."""
    return NONE if node is None else node.nodes.get(name, NONE)


def words(node: Node | None) -> str:
    """Return the text of a node with runs of white space made one space."""
    return "" if node is None else " ".join(node.text.split())


def text(node: Node | None, *path: str) -> str:
    """Return the text under `path`, empty when it is missing."""
    return words(child(node, *path))


def place_of(node: Node, file: str) -> Place:
    """Return where the node stands in the file."""
    return Place(file, node.line)


def amount(node: Node, file: str) -> tuple[int, str]:
    """Return the minor units and currency of an `Amt` node; refuses anything but one plain number."""
    at = place_of(node, file)
    if node.nodes:
        raise at.error("an amount has other elements inside")
    if not node.currency:
        raise at.error("an amount has no currency")
    return unsigned_minor(node.text.strip(), node.currency, at), node.currency


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
    said = text(node, "Dt") or text(node, "DtTm") or words(node)
    return iso_date(said, place_of(node, file)) if said else None
