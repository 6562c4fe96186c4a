"""Every link that a screen shows leads somewhere the person may go: none is dead, none is refused, none breaks."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.desk.scenario_billing import month_end
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office

MOST_PAGES = 400
ANCHOR = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]*)\"")
NUMBER = re.compile(r"[A-Z]{1,4}(-\d+)+|\d[\d-]*|[\w-]{24,}(:[\w.-]+)*")
"""What differs between two addresses of the same kind: document numbers, ids, days, signed places in a list."""


def kind_of(path: str) -> str:
    """The kind of page an address is of."""
    return NUMBER.sub("x", path)


def links_of(body: str, path: str) -> list[str]:
    """The addresses a page links to, as a browser reads them, without those that stay on the page."""
    found = [urljoin(path, unescape(each)) for each in ANCHOR.findall(body) if not each.startswith(("#", "mailto:"))]
    return [urlsplit(each)._replace(fragment="").geturl() for each in found]


def walk(client: Any) -> tuple[int, list[str]]:
    """Follow every kind of link from the first page on; returns how many pages were seen, and what is wrong."""
    client.raise_request_exception = False
    waiting, seen, wrong = deque([("/today", "the address bar")]), {kind_of("/today")}, []
    while waiting and len(seen) <= MOST_PAGES:
        path, shown_on = waiting.popleft()
        answer = client.get(path)
        if answer.status_code in (302, 303):
            found = [urljoin(path, answer.headers["Location"])]
        elif answer.status_code == 200:
            is_page = answer.headers["Content-Type"].startswith("text/html") and not answer.streaming
            found = links_of(answer.content.decode(), path) if is_page else []
            if answer.streaming:
                b"".join(answer.streaming_content)
        else:
            found = []
            wrong.append(f"{answer.status_code} {path} on {shown_on}")
        for each in found:
            if not each.startswith("/") or each.startswith("/sign-in?"):
                wrong.append(f"away {each} on {path}")
            elif kind_of(each) not in seen:
                seen.add(kind_of(each))
                waiting.append((each, path))
    return len(seen), wrong


@pytest.mark.parametrize("role", ["specialist", "coordinator", "accountant", "owner", "admin", "auditor"])
def test_every_link_leads_where_its_reader_may_go(office: Office, role: str) -> None:
    month_end(busy(office))

    pages, wrong = walk(client_of(getattr(office, role)))

    assert wrong == []
    assert pages > 60
