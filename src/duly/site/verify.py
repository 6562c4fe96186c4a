"""`duly verify`: every invariant of every capability, proved from the rows.

The quick checks read everything but the hash chains; they run after every test. The full proof adds the
chains.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from duly.events.sealing import CHAIN as EVENT_CHAIN
from duly.kernel.checks import Problem
from duly.ledger.sealing import CHAIN as LEDGER_CHAIN
from duly.ledger.verify import postings_in_books
from duly.site.settings import CAPABILITIES


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a proof found, how much it read and how long it took."""

    problems: list[Problem]
    postings: int
    seconds: float
    chain_heads: dict[str, str] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing is broken."""
        return not self.problems


def quick_checks(entity_id: int) -> Iterator[Problem]:
    """Prove one entity's books, items, documents, payments and bank lines; the hash chains are left out."""
    for check in _checks():
        yield from check(entity_id)


def chain_checks() -> Iterator[Problem]:
    """Prove the hash chains of the ledger and of the events; they bind all entities together."""
    yield from LEDGER_CHAIN.problems()
    yield from EVENT_CHAIN.problems()


def verify(entity_ids: list[int], *, quick: bool = False) -> Verdict:
    """Prove everything of these entities, with the hash chains unless `quick`; memory stays constant."""
    began = time.perf_counter()
    problems = [problem for entity_id in entity_ids for problem in quick_checks(entity_id)]
    heads: dict[str, str] = {}
    if not quick:
        problems += chain_checks()
        heads = {"ledger": LEDGER_CHAIN.head(), "events": EVENT_CHAIN.head()}
    postings = sum(postings_in_books(entity_id) for entity_id in entity_ids)
    return Verdict(problems, postings, time.perf_counter() - began, heads)


def _checks() -> Iterator[Callable[[int], list[Problem]]]:
    """Yield each capability's `verify.checks`, bottom layer first."""
    for capability in CAPABILITIES:
        name = f"duly.{capability}.verify"
        if find_spec(name) is not None:
            yield import_module(name).checks
