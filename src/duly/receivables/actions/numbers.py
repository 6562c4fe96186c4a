"""Document numbers without gaps: taken from the counter row as the last step before commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from duly.kernel.doors import door
from duly.kernel.sql import run_sql
from duly.receivables.rules import SERIES

HERE = "duly.receivables"

STAGED = {
    "staged_number": """
        entity_id int not null,
        document_kind text not null,
        document_id bigint not null,
        issued_on date not null,
        place bigint not null,
        given text""",
}


@contextmanager
def number_batch(entity_id: int) -> Iterator[None]:
    """Open staged_number; at the end its documents have numbers, in order of place, without gaps.

    `given` is the number a document brought along (an opening item of the former system): it is shown, while
    its
    place in the series is counted like any other.

    Series are per entity, document kind and year of issue. The counter rows stay locked until commit, so
    this is the
    last thing a transaction does (global lock order; taken first it gave 45 deadlocks in one measured run).
    """
    with door(STAGED, lambda: _take_numbers(entity_id), keys={}):
        yield


def _take_numbers(entity_id: int) -> None:
    kinds = [(kind, shape.prefix, shape.digit) for kind, shape in SERIES.items()]
    names, prefixes, digits = (list(column) for column in zip(*kinds, strict=True))
    run_sql(HERE, "number/1_make_series.sql", entity=entity_id, kinds=names, prefixes=prefixes, digits=digits)
    run_sql(HERE, "number/2_take_numbers.sql", entity=entity_id)
