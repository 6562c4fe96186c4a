"""Server time of the queue page and of Today with half a million pieces of work: whole pages, signed in, rendered.

python -m benchmarks.queue [--work 500000] [--requests 60]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from benchmarks.books_fill import run as execute
from benchmarks.books_fill import say, value
from benchmarks.books_home import in_own_home, seconds_of

PEOPLE = 20
PAGES = {
    "queue": "/queue",
    "queue, everybody's": "/queue?show=all",
    "queue, nobody's": "/queue?show=free",
    "queue, one kind": "/queue?show=all&kind=hold",
    "queue, late": "/queue?show=all&due=late",
    "queue, a colleague's": "/queue?show=all&owner={colleague}",
    "queue, in the middle": "/queue?show=all&after={cursor}",
    "pended": "/queue?show=pended",
    "done": "/queue?show=done",
    "today": "/today",
    "team": "/team",
}
BOUND_MS = 100
FILL = """
insert into office_work (entity_id, kind, subject_kind, subject_id, subject, who, account_id, account_number, language,
    reason, money_minor, currency, since_on, deadline_on, owner_id, state, return_on, done_on, done_at, done_by,
    done_by_name)
select %s, (%s::text[])[1 + n %% %s], 'bench', n, a.number, 'Customer ' || n %% 10000, n %% 10000, a.number, 'en',
    'What waits here is number ' || n, 100 + (n * 7919) %% 1000000, 'EUR', current_date - (n %% 200)::int,
    current_date - 20 + (n * 31 %% 120)::int,
    case when n %% 5 = 0 and n %% 10 <> 5 then null else (%s::bigint[])[1 + n %% %s] end, s.state,
    case when s.state = 'pended' then current_date + (n %% 20)::int + 1 end,
    case when s.state = 'done' then current_date - (n %% 30)::int end, case when s.state = 'done' then now() end,
    case when s.state = 'done' then (%s::bigint[])[1 + n %% %s] end, case when s.state = 'done' then 'Person' end
from generate_series(1::bigint, %s) as n
cross join lateral (select 'A-' || lpad((n %% 10000)::text, 6, '0')) as a (number)
cross join lateral (
    select case n %% 10 when 5 then 'pended' when 7 then 'done' else 'open' end) as s (state)
"""


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    return in_own_home(argv, measure, work=500_000, requests=60)


def measure(wanted: Any) -> dict[str, Any]:
    """Fill the queue, then ask for each page many times; the yardstick is counting all waiting work once."""
    entity_id, people = fill(wanted.work)
    client = signed_in(entity_id, people[0])
    middle = cursor_at_half(entity_id)
    paths = {name: path.format(colleague=people[1], cursor=middle) for name, path in PAGES.items()}
    timed = {name: p95(client, path, wanted.requests) for name, path in paths.items()}
    count_ms = 1000 * seconds_of(
        lambda: value(
            "select count(*) from office_work where entity_id = %s and state in ('open', 'claimed')", entity_id
        ),
        times=3,
    )
    queue = {name: taken for name, taken in timed.items() if name.startswith("queue")}
    slowest = max(queue, key=lambda name: queue[name])
    return {
        "name": "queue",
        "value": queue[slowest],
        "unit": "ms, p95 of the slowest page of the queue",
        "yardstick": "select count(*) of the waiting work, ms",
        "ratio": round(queue[slowest] / count_ms, 2),
        "slowest": slowest,
        "holds": queue[slowest] < BOUND_MS,
        "work": value("select count(*) from office_work"),
        "people": PEOPLE,
        "p95_ms": timed,
        "count_ms": round(count_ms, 1),
        "requests_each": wanted.requests,
    }


def fill(count: int) -> tuple[int, list[int]]:
    """Open an office with twenty coordinators and put pieces of work of all kinds into its queue."""
    from duly.access.actions import NewEntity, create_entity, create_user, grant_role
    from duly.kernel.actor import system_actor
    from duly.ledger.setup import make_chart, make_periods
    from duly.office.rules import KINDS

    opened = date(2025, 1, 1)
    entity_id = create_entity(
        NewEntity("bench", "Bench", "Bench GmbH", "DE", "EUR", zone="Europe/Berlin"), valid_from=opened
    )
    make_chart(entity_id)
    make_periods(entity_id, opened, date(2028, 12, 31))
    people = [create_user(f"bench{place}@example.com", f"Person {place}") for place in range(PEOPLE)]
    for user_id in people:
        grant_role(user_id, "coordinator", by=system_actor(entity_id))
    say(f"filling {count:,} pieces of work for {PEOPLE} people")
    execute(FILL, entity_id, list(KINDS), len(KINDS), people, len(people), people, len(people), count)
    execute("vacuum analyze office_work")
    return entity_id, people


def cursor_at_half(entity_id: int) -> str:
    """Return the cursor of a page in the middle of everybody's queue."""
    from duly.desk.web.paging import Sort, cursor_text

    half = value(
        "select percentile_disc(0.5) within group (order by place) from office_work"
        " where entity_id = %s and state in ('open', 'claimed')",
        entity_id,
    )
    return cursor_text(Sort("place"), str(half), 0)


def signed_in(entity_id: int, user_id: int) -> Any:
    """Return a client in which one of the people is signed in."""
    from django.test import Client

    from duly.access.models import User
    from duly.desk.web.frame import ENTITY

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=user_id), backend="duly.access.backend.DulyBackend")
    session = client.session
    session[ENTITY] = entity_id
    session.save()
    return client


def p95(client: Any, path: str, requests: int) -> float:
    """Ask for a page often; return the 95th percentile in ms."""
    taken = []
    for turn in range(requests + 3):
        answers: list[Any] = []
        spent = 1000 * seconds_of(lambda into=answers: into.append(client.get(path)), times=1)  # type: ignore[misc]
        if answers[0].status_code != 200:
            raise AssertionError(f"{path} answers {answers[0].status_code}")
        if turn >= 3:
            taken.append(spent)
    worst = sorted(taken)[max(0, round(0.95 * len(taken)) - 1)]
    say(f"{worst:7.1f} ms  {path[:60]}")
    return round(worst, 1)


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
