"""A home has one office at a time, and its keys are made once."""

import subprocess
import sys

import pytest

from duly.site.claims import claim, holder
from duly.site.embedded import (
    AlreadyRunning,
)
from duly.site.home import Home
from tests.site.servers import attached, with_sources


def test_only_one_office_opens_in_a_home_and_the_second_is_told_where_the_first_is(home: Home) -> None:
    held = f"""
import sys, time
from duly.site.claims import claim
from duly.site.home import home_at
with claim(home_at({str(home.path)!r}), url="http://localhost:8000/"):
    print("attached", flush=True)
    time.sleep(600)
"""
    first = subprocess.Popen(
        [sys.executable, "-c", held],
        env=with_sources(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert attached(first)

    with pytest.raises(AlreadyRunning, match=rf"localhost:8000.*process {first.pid}"), claim(home):
        pass
    first.kill()
    first.communicate()
    with claim(home, url="http://localhost:8001/"):
        mine = holder(home)

    assert mine is not None
    assert mine.facts == {"url": "http://localhost:8001/"}
    assert holder(home) is None


def test_keys_are_made_once_and_a_new_field_key_keeps_the_old_ones(home: Home) -> None:
    first, secret = home.field_keys(), home.secret_key()

    second = home.add_field_key()

    assert (first.current, second.current) == ("k1", "k2")
    assert second.keys["k1"] == first.keys["k1"]
    assert second.blind == first.blind
    assert home.secret_key() == secret
    assert home.field_keys() == second
