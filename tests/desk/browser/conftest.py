"""The whole office in a real browser: a database of its own, a busy office, one person a role.

DULY_NO_BROWSER=reason skips; DULY_SHOTS=folder keeps a picture of each page looked at.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import make_server

import pytest

from duly.kernel.actor import Actor
from tests.desk.scenario_desk import Busy, busy, client_of
from tests.desk.test_frame import (
    CHROMIUM,
    FLAGS,
    LISTEN,
    Quiet,
    Threaded,
    is_trouble,
    is_wider_than_screen,
    wrong_by_axe,
)

SHOTS = os.environ.get("DULY_SHOTS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    reason = os.environ.get("DULY_NO_BROWSER") or ("" if CHROMIUM else "needs chromium on the PATH or in DULY_CHROMIUM")
    for item in items:
        if Path(str(item.fspath)).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="module")
def place(django_ready: Any) -> Iterator[str]:
    """A database of this module's own, whose rows are committed, and the address of a server on it."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from django.test import override_settings

    # Playwright keeps an event loop in this thread; Django's connection here is used by nobody else.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    name = f"duly_desk_{uuid.uuid4().hex[:8]}"
    django_ready.sql(f"create database {name} template {django_ready.template}")
    django_ready.use(name)
    changed = override_settings(DEBUG=False, ALLOWED_HOSTS=["127.0.0.1", "testserver"])
    changed.enable()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Threaded, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    changed.disable()
    connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    django_ready.sql(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="module")
def made(place: str) -> Busy:
    """The busy office of this module."""
    from tests.scenario import open_office

    return busy(open_office())


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def look(browser: Any, place: str) -> Iterator[Callable[..., Any]]:
    """Opens a page as a person; afterwards no policy was violated, nothing foreign asked for, no script failed."""
    opened: list[tuple[Any, list[str]]] = []

    def look_at(
        path: str, actor: Actor | None = None, *, width: int = 1440, scheme: str = "light", script: bool = True
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        context.set_default_timeout(8_000)
        context.add_init_script(LISTEN)
        if actor is not None:
            key = client_of(actor).cookies["duly"].value
            context.add_cookies([{"name": "duly", "value": key, "url": place}])
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if is_trouble(said) else None)
        page.on("request", lambda asked: None if asked.url.startswith(place) else troubles.append(asked.url))
        page.goto(place + path)
        page.wait_for_load_state("networkidle")
        opened.append((page, troubles if script else []))
        return page

    yield look_at
    for page, troubles in opened:
        if page.evaluate("typeof reports") == "object":
            troubles += page.evaluate("reports")
        page.context.close()
        assert troubles == []


def keep_picture(page: Any, name: str) -> None:
    """Keep a picture of the page where DULY_SHOTS says."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(SHOTS) / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"), full_page=True)


LOOKS = [(1440, "light"), (1440, "dark"), (390, "light"), (320, "light")]


def check_looks(look: Callable[..., Any], path: str, actor: Actor | None, name: str) -> None:
    """Look at a page in light and dark, wide and on phones: accessible, nothing sticks out."""
    for width, scheme in LOOKS:
        page = look(path, actor, width=width, scheme=scheme)
        keep_picture(page, f"{name}-{width}-{scheme}")
        assert not is_wider_than_screen(page), f"{path} at {width}"
        assert wrong_by_axe(page) == [], f"{path} at {width} {scheme}"
