"""run.py makes the environment once, from pinned hashes, wherever it lies; stdout is the command's."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.environment import DEVELOPMENT, RUNTIME, uv_environment

ROOT = Path(__file__).resolve().parents[2]
BARE_PYTHON = str(getattr(sys, "_base_executable", sys.executable))
"""The Python our environment was made from: the one a person starts run.py with."""
SMALL_PACKAGE = "segno"
ECHO = """
import json, os, sys
import segno
heard = {"args": sys.argv[1:], "prefix": sys.prefix, "folder": os.getcwd(), "version": segno.__version__}
print(json.dumps(heard))
"""


def pins(lock: str) -> dict[str, str]:
    """Package -> its lines in a lock file."""
    found: dict[str, str] = {}
    for line in (ROOT / lock).read_text().splitlines(keepends=True):
        start = re.match(r"([A-Za-z0-9_.-]+)==", line)
        if start:
            name = start[1]
        if not line.startswith("#"):
            found[name] = found.get(name, "") + line
    return found


@pytest.fixture(scope="module")
def downloaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with spaces in its path, run.py's own files and one small package in its lock."""
    checkout = tmp_path_factory.mktemp("a fresh clone") / "of the office"
    shutil.copytree(ROOT / "scripts", checkout / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "run.py", checkout)
    shutil.copy(ROOT / "requirements-boot.lock", checkout)
    (checkout / RUNTIME).write_text(pins(RUNTIME)[SMALL_PACKAGE])
    (checkout / "src" / "duly").mkdir(parents=True)
    (checkout / "src" / "duly" / "__init__.py").write_text("")
    (checkout / "src" / "duly" / "__main__.py").write_text(ECHO)
    tried = [BARE_PYTHON, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-r", RUNTIME]
    reached = subprocess.run([*tried, "-d", str(checkout / "reached")], cwd=checkout, capture_output=True, check=False)
    if reached.returncode:
        pytest.skip("no package registry can be reached with pip from here")
    return checkout


@pytest.fixture
def checkout(downloaded: Path) -> Path:
    """The checkout without its environment; uv itself is kept from one test to the next."""
    shutil.rmtree(downloaded / ".venv", ignore_errors=True)
    return downloaded


def begin(checkout: Path, *words: str, **settings: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DULY_VENV")}
    return subprocess.Popen(
        [BARE_PYTHON, str(checkout / "run.py"), *words],
        env=environment | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=checkout.parent,
    )


def run(checkout: Path, *words: str, **settings: str) -> tuple[int, str, str]:
    process = begin(checkout, *words, **settings)
    said, noise = process.communicate(timeout=120)
    return process.returncode, said, noise


def test_without_words_it_says_what_it_can_do() -> None:
    code, said, noise = run(ROOT)

    assert (code, noise) == (0, "")
    assert all(word in said for word in ("demo", "test", "duly", "bench"))


def test_an_unknown_command_is_a_mistake_of_usage() -> None:
    code, said, noise = run(ROOT, "biil")

    assert (code, said) == (2, "")
    assert "no command 'biil'" in noise


def test_the_first_run_installs_and_the_second_installs_nothing(checkout: Path) -> None:
    first = run(checkout, "duly", "bill", "--through", "2026-03-31", "--json")
    second = run(checkout, "duly", "age")

    assert first[0] == 0, first[2]
    heard = json.loads(first[1])
    assert heard["args"] == ["bill", "--through", "2026-03-31", "--json"]
    assert heard["prefix"] == str(checkout / ".venv")
    assert heard["folder"] == str(checkout.parent), "relative file names are the caller's"
    assert "installing" in first[2]
    assert second[2] == ""
    assert json.loads(second[1])["args"] == ["age"]


def test_several_first_runs_at_once_make_one_environment(checkout: Path) -> None:
    runs = [begin(checkout, "duly") for _ in range(3)]

    ends = [process.communicate(timeout=120) for process in runs]

    assert [process.returncode for process in runs] == [0, 0, 0], ends
    assert sum("installing" in noise for _, noise in ends) == 1


def test_an_installation_that_was_killed_is_done_anew(checkout: Path) -> None:
    assert run(checkout, "duly")[0] == 0
    shutil.rmtree(checkout / ".venv")
    killed = begin(checkout, "duly")
    while killed.poll() is None and not (checkout / ".boot" / "unfinished").exists():
        time.sleep(0.005)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    code, said, noise = run(checkout, "duly")

    assert code == 0, noise
    assert json.loads(said)["version"]
    assert not (checkout / ".boot" / "unfinished").exists()


def test_a_package_that_is_not_what_the_lock_says_is_refused(checkout: Path) -> None:
    right = (checkout / RUNTIME).read_text()
    (checkout / RUNTIME).write_text(re.sub(r"sha256:.{8}", "sha256:00000000", right))

    code, _, noise = run(checkout, "duly")
    (checkout / RUNTIME).write_text(right)

    assert code == 1
    assert "could not be installed" in noise


def test_a_folder_that_is_no_environment_is_never_touched(checkout: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear aunt")

    code, _, noise = run(checkout, "duly", DULY_VENV=str(tmp_path))

    assert code == 1
    assert "not a Python environment" in noise
    assert letter.read_text() == "dear aunt"


def test_the_settings_of_pip_reach_uv_without_folders_that_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("UV_INDEX", "UV_FIND_LINKS", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    pip = {
        "index-url": "https://packages.example/simple",
        "extra-index-url": f"file:///nowhere/simple file://{tmp_path}",
        "find-links": f"/nowhere {tmp_path}",
        "cert": "/etc/our.pem",
    }

    told = uv_environment(pip)

    assert told["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    assert told["UV_INDEX"] == f"file://{tmp_path}"
    assert told["UV_FIND_LINKS"] == str(tmp_path)
    assert told["SSL_CERT_FILE"] == "/etc/our.pem"


def test_what_was_told_to_uv_itself_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")

    told = uv_environment({"index-url": "https://packages.example/simple"})

    assert told["UV_DEFAULT_INDEX"] == "https://mine.example/simple"


def test_the_development_lock_holds_the_runtime_lock() -> None:
    runtime, development = pins(RUNTIME), pins(DEVELOPMENT)

    versions = {name: lines.split()[0] for name, lines in runtime.items()}

    assert {name: development[name].split()[0] for name in versions} == versions


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT, "requirements-boot.lock"])
def test_a_lock_pins_every_package_by_hash_and_names_no_registry(lock: str) -> None:
    found = pins(lock)

    assert found
    assert all("--hash=sha256:" in lines for lines in found.values())
    assert "://" not in (ROOT / lock).read_text()
