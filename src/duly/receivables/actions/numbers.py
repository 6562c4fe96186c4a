"""Document numbers without gaps: taken from the counter row as the last step before commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import BadInput
from duly.kernel.sql import run_sql
from duly.receivables.queries.references import reference_schemes
from duly.receivables.rules import REFERENCE_SCHEMES, SERIES

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


@action("settings.edit", name="settings.set_reference_scheme")
def set_reference_scheme(scheme: str, *, by: Actor) -> None:
    """Choose the payment references of documents numbered from now on; those before keep theirs and are still found."""
    if scheme not in REFERENCE_SCHEMES:
        raise BadInput("receivables.reference_scheme_unknown", scheme=scheme, known=", ".join(REFERENCE_SCHEMES))
    before = reference_schemes(by.entity_id)[0]
    run_sql(HERE, "number/scheme_1_former.sql", entity=by.entity_id)
    run_sql(HERE, "number/scheme_2_choose.sql", entity=by.entity_id, scheme=scheme)
    act().about("entity", by.entity_id)
    act().say(f"New documents carry {REFERENCE_SCHEMES[scheme]}", before=before, after=scheme)
    act().undo_with("settings.set_reference_scheme", scheme=before)
