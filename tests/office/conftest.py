"""Several people at once, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest


@pytest.fixture
def together() -> Callable[[Sequence[Callable[[], object]]], list[object]]:
    """Runs acts at the same moment, each in a thread with its own connection; returns results and refusals."""

    def run(acts: Sequence[Callable[[], object]]) -> list[object]:
        from django.db import connection

        start, answers = Barrier(len(acts)), [None] * len(acts)

        def one(place: int) -> None:
            start.wait()
            try:
                answers[place] = acts[place]()  # type: ignore[call-overload]
            except Exception as problem:  # noqa: BLE001  whatever happens is the answer
                answers[place] = problem  # type: ignore[call-overload]
            finally:
                connection.close()

        threads = [Thread(target=one, args=(place,)) for place in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return list(answers)

    return run
