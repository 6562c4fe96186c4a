"""The frame in a real browser: every component, no script needed, nothing foreign, no policy violated."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from tests.desk.contrast import SETTLED, poorest

CHROMIUM = os.environ.get("DULY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LISTEN = """window.reports = [];
document.addEventListener('securitypolicyviolation',
  (e) => reports.push(e.violatedDirective + ' ' + e.blockedURI));"""
GUIDE = "/desk/styleguide"
READABLE = {
    "bg": "ink muted",
    "surface": "ink muted brand-t warn-t bad-t info-t",
    "raised": "ink muted brand-t bad-t",
    "brand-soft": "ink muted brand-t",
    "warn-soft": "ink warn-t",
    "bad-soft": "ink bad-t",
    "info-soft": "ink info-t",
    "quiet-soft": "ink quiet-t",
    "brand": "brand-ink",
    "bad": "bad-ink",
    "rail": "rail-t rail-h",
    "sun": "sun-ink",
    "inv": "inv-t inv-act",
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium on the PATH or in DULY_CHROMIUM"),
]


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(django_ready: object) -> Iterator[str]:
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings

    changed = override_settings(
        ROOT_URLCONF="duly.desk.web.urls",
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        DULY_DEMO=True,
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1"],
    )
    changed.enable()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Threaded, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    changed.disable()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens the style guide; afterwards no policy was violated, nothing foreign asked for, no script failed."""
    opened: list[tuple[Any, list[str]]] = []

    def open_at(width: int = 1440, *, scheme: str = "light", script: bool = True, path: str = GUIDE) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        context.set_default_timeout(8_000)
        context.add_init_script(LISTEN)
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if is_trouble(said) else None)
        page.on("request", lambda asked: None if asked.url.startswith(address) else troubles.append(asked.url))
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        opened.append((page, troubles if script else []))
        return page

    yield open_at
    for page, troubles in opened:
        if page.evaluate("typeof reports") == "object":
            troubles += page.evaluate("reports")
        page.context.close()
        assert troubles == []


def is_trouble(said: Any) -> bool:
    # The browser itself writes a line for every answer of 4xx, which refusals are.
    return said.type in ("error", "warning") and "status of 4" not in said.text


def wrong_by_axe(page: Any, part: str | None = None) -> list[tuple[str, list[Any]]]:
    from axe_playwright_python.sync_playwright import Axe

    # Tall enough to lay all out: what the bottom bar happens to cover while scrolling is not too small.
    tall = page.evaluate("document.body.scrollHeight") + 400
    page.set_viewport_size({"width": page.viewport_size["width"], "height": tall})
    # What is still fading in has not the contrast it will have.
    page.evaluate(SETTLED)
    found = Axe().run(page, context=part, options={"runOnly": RULES}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def is_wider_than_screen(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def until(page: Any, expression: str) -> None:
    """Wait until an expression holds; Playwright's own wait needs eval, which the policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {expression}")


def toast(page: Any) -> str:
    page.wait_for_selector("[data-toast]")
    return str(page.inner_text("#toasts"))


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark"), (320, "light")],
)
def test_every_component_is_accessible_and_fits(open_page: Any, width: int, scheme: str) -> None:
    page = open_page(width, scheme=scheme)

    assert not is_wider_than_screen(page)
    assert wrong_by_axe(page, "#toasts") == []
    page.click("[data-close-toast]")
    assert wrong_by_axe(page) == []


@pytest.mark.parametrize(
    "opening",
    ["#filter-panel > summary", "#exports > summary", "[popovertarget=void-it]", "[data-open=keys]"],
    ids=["filters", "export", "question", "keys"],
)
def test_what_opens_is_accessible_too(open_page: Any, opening: str) -> None:
    page = open_page()

    page.click(opening)

    assert wrong_by_axe(page) == []


def test_the_phone_has_all_places_in_a_drawer_without_script(open_page: Any) -> None:
    page = open_page(390, script=False)

    page.click("#tabs-more > summary")

    assert page.is_visible(".tabs-p >> text=Charge review")
    assert page.is_visible(".tabs-p >> text=Settings")


def test_an_act_shows_its_message_with_undo_and_keeps_the_page(open_page: Any) -> None:
    page = open_page()
    page.evaluate("window.still = true")

    page.keyboard.press("a")

    until(page, "document.querySelector('#toasts').innerText.includes('Matched 3 lines')")
    assert "Undo" in toast(page)
    assert page.evaluate("window.still"), "htmx swapped the work; the page was not loaded again"


def test_an_act_works_without_script(open_page: Any) -> None:
    page = open_page(script=False)

    page.click("text=Accept match")

    assert "Matched 3 lines" in toast(page)


def test_a_refusal_says_who_can_and_leaves_what_was_typed(open_page: Any) -> None:
    page = open_page()
    page.fill("#in-note", "half a sentence")

    page.click("text=Too much for me")

    page.wait_for_selector(".toast.bad")
    assert "$750.00 is above your limit of $500.00" in toast(page)
    assert "Ask Priya Example or Noor Example" in toast(page)
    assert page.input_value("#in-note") == "half a sentence"


def test_a_refusal_without_script_is_a_page_with_what_was_typed(open_page: Any) -> None:
    page = open_page(script=False)
    page.fill("#in-note", "ignored: another form")

    page.click("text=Already done")

    assert page.inner_text("h1") == "Not saved"
    assert re.search(r"Reference \d{4}-\d{4}", page.inner_text("main"))


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "plain"])
def test_something_unusual_asks_once_and_then_does_it(open_page: Any, script: bool) -> None:
    page = open_page(script=script)

    page.click("text=Unusual")
    page.wait_for_selector("text=Please confirm")
    page.click("text=Yes, go on")

    page.wait_for_selector("text=Confirmed.")


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "plain"])
def test_a_wrong_form_keeps_the_text_and_points_at_the_field(open_page: Any, script: bool) -> None:
    page = open_page(script=script)
    if script:
        page.click("[data-close-toast]")
    page.fill("#in-amount", "12,50")
    page.fill("#in-note", "x" * 60)

    page.click("button:has-text('Credit')")

    page.wait_for_selector("#errors")
    assert page.input_value("#in-amount") == "12,50"
    assert page.get_attribute("#in-amount", "aria-invalid") == "true"
    assert "Write an amount like 1,234.56" in page.inner_text("#in-amount-e")
    assert "note: at most 40 characters" in page.inner_text("#errors").lower()
    if script:
        assert wrong_by_axe(page) == []


def test_load_more_appends_and_the_plain_link_turns_the_page(open_page: Any) -> None:
    page = open_page()
    page.click("text=Load more")
    until(page, "document.querySelectorAll('#rows tr').length === 100")
    page.click("text=Load more")
    until(page, "document.querySelectorAll('#rows tr').length === 120")
    assert "That is all." in page.inner_text("#more")

    plain = open_page(script=False)
    plain.click("text=Load more")

    assert plain.inner_text("#rows tr:first-child th") == "INV-20468"


def test_filters_and_order_live_in_the_address(open_page: Any) -> None:
    page = open_page()

    page.click("#filter-panel > summary")
    page.select_option("#f-in-state", "overdue")
    page.click(".drop-p >> text=Show")
    page.wait_for_selector(".pill.on")
    page.click("th >> text=Open")
    page.wait_for_selector("th[aria-sort]:has-text('Open')")

    assert "state=overdue" in page.url
    assert "sort=open_minor" in page.url
    page.click("[aria-label='Remove filter State: Overdue']")
    until(page, "!location.search.includes('state=')")


def test_keys_walk_select_and_open_but_never_while_typing(open_page: Any) -> None:
    page = open_page()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    assert page.inner_text("[data-picked]") == "3"
    page.focus("#in-note")
    page.keyboard.type("jax")
    assert page.input_value("#in-note") == "jax"
    assert page.query_selector(".toast:has-text('Matched 3')") is None
    page.keyboard.press("Escape")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") == "find"


def test_single_letter_keys_can_be_switched_off_for_good(open_page: Any) -> None:
    page = open_page()
    page.keyboard.press("?")
    page.click("#keys-on")
    page.keyboard.press("Escape")

    page.keyboard.press("a")
    page.wait_for_timeout(300)
    page.reload()

    assert page.get_attribute("html", "data-keys") == "off"
    assert page.query_selector(".toast:has-text('Matched 3')") is None


def test_the_palette_finds_acts_and_places(open_page: Any) -> None:
    page = open_page()

    page.keyboard.press("Control+k")
    page.keyboard.type("accept")
    assert wrong_by_axe(page) == []
    page.keyboard.press("Enter")

    until(page, "document.querySelector('#toasts').innerText.includes('Matched 3 lines')")


def test_the_theme_stays_chosen_and_comes_from_the_server(open_page: Any) -> None:
    page = open_page()

    page.click("[data-theme-switch]")
    page.reload()

    assert page.get_attribute("html", "data-theme") == "dark"


def test_markup_without_the_nonce_stays_dead(open_page: Any) -> None:
    page = open_page()

    page.evaluate(
        """() => { const a = document.createElement('button');
        a.setAttribute('hx-post', '/desk/styleguide/act'); a.id = 'planted';
        document.querySelector('#work').append(a); window.quiet = console.error;
        console.error = () => {}; htmx.process(a); console.error = window.quiet; }"""
    )

    assert page.get_attribute("#planted", "hx-post") is None


def test_the_pointer_chart_is_drawn_under_trusted_types(open_page: Any) -> None:
    page = open_page()

    page.wait_for_selector(".plot canvas")

    assert page.query_selector(".u-legend") is not None


def test_two_minutes_before_the_session_ends_the_page_asks(open_page: Any) -> None:
    page = open_page()
    page.context.add_init_script(
        """document.addEventListener('readystatechange', () => {
        const d = document.documentElement.dataset;
        d.sessionLeft = '122'; d.sessionWarn = '120'; });"""
    )

    page.reload()

    page.wait_for_selector("#session[open]")
    assert page.inner_text("#session-n") in ("2:00", "1:59", "1:58")
    assert page.evaluate("document.activeElement.textContent") == "Stay signed in"
    assert wrong_by_axe(page) == []


def test_paper_shows_the_numbers_and_none_of_the_machinery(open_page: Any) -> None:
    page = open_page()

    page.emulate_media(media="print")

    assert not page.is_visible(".rail")
    assert not page.is_visible(".bar")
    assert page.is_visible("text=Why the balance is what it is")


def test_the_stylesheet_keeps_every_colour_pair_readable() -> None:
    css = Path(__file__).parents[2].joinpath("src/duly/desk/static/duly.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    tokens = {name: (light, dark) for name, light, dark in pairs}
    tokens |= {name: (one, one) for name, one in re.findall(r"--([\w-]+): (#\w{6});", css)}
    text = [f"{ink}/{ground}" for ground, inks in READABLE.items() for ink in inks.split()]
    shapes = [f"{bar}/surface" for bar in ("c1", "c2", "c3", "c4", "c5", "c6", "field", "focus")]

    poor = [pair for pair in text if poorest(tokens, pair) < 4.5] + [s for s in shapes if poorest(tokens, s) < 3]

    assert poor == []
