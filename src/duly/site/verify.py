"""`duly verify`: every invariant of every capability, proved from the rows.

The quick checks read everything but the hash chains; they run after every test. The full proof adds the
chains.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from queue import Empty, SimpleQueue

from django.db import connection

from duly.events.sealing import CHAIN as EVENT_CHAIN
from duly.kernel.checks import Problem
from duly.ledger.sealing import CHAIN as LEDGER_CHAIN
from duly.ledger.verify import postings_in_books
from duly.site.settings import CAPABILITIES

Task = Callable[[], list[Problem]]
MOST_WORKERS = 8


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
    for task in _chain_tasks():
        yield from task()


def verify(entity_ids: list[int], *, quick: bool = False, workers: int | None = None) -> Verdict:
    """Prove everything of these entities, with the hash chains unless `quick`; memory stays constant.

    Works on as many connections as there are cores, on one inside a transaction (it would not see its rows).
    """
    began = time.perf_counter()
    tasks: list[Task] = [partial(check, entity_id) for entity_id in entity_ids for check in _checks()]
    heads: dict[str, str] = {}
    if not quick:
        tasks += _chain_tasks()
        heads = {"ledger": LEDGER_CHAIN.head(), "events": EVENT_CHAIN.head()}
    problems = _work(tasks, workers or min(os.cpu_count() or 1, MOST_WORKERS))
    postings = sum(postings_in_books(entity_id) for entity_id in entity_ids)
    return Verdict(problems, postings, time.perf_counter() - began, heads)


def _checks() -> Iterator[Callable[[int], list[Problem]]]:
    """Yield each capability's `verify.checks`, bottom layer first."""
    for capability in CAPABILITIES:
        name = f"duly.{capability}.verify"
        if find_spec(name) is not None:
            yield import_module(name).checks


def _chain_tasks() -> list[Task]:
    return [partial(chain.problems_of, block) for chain in (LEDGER_CHAIN, EVENT_CHAIN) for block in chain.blocks()]


def _work(tasks: Sequence[Task], workers: int) -> list[Problem]:
    """Do the tasks, each worker on a connection of its own; problems come back in the order of the tasks."""
    if workers < 2 or connection.in_atomic_block:
        return [problem for task in tasks for problem in task()]
    waiting: SimpleQueue[int] = SimpleQueue()
    for place in range(len(tasks)):
        waiting.put(place)
    found: dict[int, list[Problem]] = {}

    def work() -> None:
        try:
            while True:
                place = waiting.get_nowait()
                found[place] = tasks[place]()
        except Empty:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work) for _ in range(workers)]:
            done.result()
    return [problem for place in range(len(tasks)) for problem in found[place]]
