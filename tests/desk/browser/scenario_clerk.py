"""A person at a browser: what they press and read, and that every screen they come to is fit to be looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.desk.browser.conftest import keep_picture
from tests.desk.test_frame import is_wider_than_screen, wrong_by_axe


@dataclass
class Clerk:
    """A person at a browser; every screen they come to is looked at once."""

    page: Any
    place: str
    scripted: bool
    looked_at: set[str] = field(default_factory=set)

    def go(self, path: str, *, key_page: bool = False) -> None:
        """Open an address."""
        self.page.goto(self.place + path)
        self.look_over(key_page=key_page)

    def look_over(self, what: str = "", *, key_page: bool = False) -> None:
        """The screen is accessible, reports no violated policy and fits; a key page also on a phone and in the dark."""
        if not self.scripted:
            return
        name = what or re.sub(r"/[A-Z]{2,}-[\d-]+|/\d+|/[\w-]{20,}", "/x", self.page.url.removeprefix(self.place))
        if name in self.looked_at:
            return
        self.looked_at.add(name)
        keep_picture(self.page, f"month-{name}")
        for width, scheme in [(1440, "light")] + ([(390, "light"), (1440, "dark")] if key_page else []):
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": 900})
            assert not is_wider_than_screen(self.page), f"{name} at {width}"
            wrong = wrong_by_axe(self.page)
            assert wrong == [], f"{name} at {width} {scheme}: {wrong}"
        assert self.page.evaluate("window.reports") == [], name
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": 1440, "height": 900})

    def press(self, key: str, button: str, says: str = "") -> None:
        """Use the key, or without scripts the button it stands on; wait for what is then said."""
        if self.scripted:
            self.page.keyboard.press(key)
        else:
            self.page.click(button)
        self.hears(says)

    def click(self, button: str, says: str = "") -> None:
        """Press a button and wait for what is then said."""
        self.page.click(button)
        self.hears(says)

    def hears(self, says: str) -> None:
        """Wait for a message."""
        if says:
            self.waits(f"#toasts:has-text({says!r})")

    def reads(self, words: str) -> None:
        """Wait until the work says so."""
        self.waits(f"#work:has-text({words!r})")

    def waits(self, selector: str) -> None:
        """Wait until something is there; when it does not come, the screen says what is there instead."""
        from playwright.sync_api import TimeoutError as TooLate

        try:
            self.page.wait_for_selector(selector)
        except TooLate as late:
            seen = self.page.inner_text("body")
            raise AssertionError(f"{selector} did not come at {self.page.url}:\n{seen}") from late

    def fills(self, **fields: str) -> None:
        """Fill a form's fields by their names."""
        for name, value in fields.items():
            box = self.page.locator(f"#work [name={name}]").first
            if box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)

    def fetches(self, path: str) -> bytes:
        """Fetch a file with the session of this browser."""
        answer = self.page.request.get(self.place + path)
        assert answer.status == 200, (path, answer.status, answer.text()[:300])
        return bytes(answer.body())

    def chooses(self, name: str, data: bytes | str) -> None:
        """Put a file into the form."""
        content = data.encode() if isinstance(data, str) else data
        kind = "text/xml" if name.endswith("xml") else "text/csv"
        self.page.set_input_files("#work input[type=file]", {"name": name, "mimeType": kind, "buffer": content})
