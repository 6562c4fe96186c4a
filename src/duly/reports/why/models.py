"""An explanation: a sentence, the amount it speaks of, the way to it, and the sentences it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from duly.events.queries import events_about
from duly.kernel.money import Money
from duly.ledger.queries import postings_of

MOST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class Why:
    """A sentence and what it rests on; an amount is minor units of its currency, `href` where one sees the
    rows."""

    sentence: str
    because: tuple[Why, ...] = ()
    amount_minor: int | None = None
    currency: str = ""
    href: str = ""

    def lines(self, depth: int = 0) -> list[str]:
        """Return the tree as text, two spaces a level."""
        return [f"{'  ' * depth}{self.sentence}", *(line for one in self.because for line in one.lines(depth + 1))]

    def walk(self) -> Iterator[Why]:
        """Yield this and everything it rests on, top down."""
        yield self
        for one in self.because:
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: an entity, a day, and what the word was found to be."""

    entity_id: int
    as_of: date
    kind: str
    id: int
    number: str


def of_money(sentence: str, minor: int, currency: str, because: Iterable[Why] = (), *, href: str = "") -> Why:
    """Return an explanation of an amount; `{}` in the sentence is the amount."""
    return Why(sentence.format(Money(minor, currency)), tuple(because), minor, currency, href)


def group(sentence: str, because: Iterable[Why], *, href: str = "") -> tuple[Why, ...]:
    """Return the reasons under one heading; nothing at all where there are none."""
    found = tuple(because)
    return (Why(sentence, found, href=href),) if found else ()


def in_the_books(entity_id: int, source_kind: str, source_id: int) -> tuple[Why, ...]:
    """Return the postings something made, debits first as written."""
    rows = postings_of(entity_id, source_kind, source_id)
    return group(
        f"In the books since {rows[0].effective_on} as entry {rows[0].entry_id}" if rows else "",
        (
            of_money(
                f"{'debit' if row.amount_minor > 0 else 'credit'} {row.code} {row.gl_name} {{}}",
                abs(row.amount_minor),
                row.currency,
                href=f"/reports/ledger-account?code={row.code}&currency={row.currency}",
            )
            for row in rows
        ),
        href=f"/why/entry-{rows[0].entry_id}" if rows else "",
    )


def what_happened(entity_id: int, kinds: tuple[str, ...], subject_id: int) -> tuple[Why, ...]:
    """Return who did what to it, oldest first."""
    events = sorted(
        (event for kind in kinds for event in events_about(entity_id, kind, subject_id)), key=lambda event: event.id
    )
    return group(
        "What happened to it",
        (
            Why(
                f"{event.at:%Y-%m-%d %H:%M} {event.actor}: {event.summary}"
                + (" (undone later)" if event.undone_by else "")
            )
            for event in events[:MOST_EVENTS]
        ),
    )
