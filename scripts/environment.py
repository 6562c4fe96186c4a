"""The environment that Duly runs in, made from the hash-pinned lock files the first time it is needed.

uv makes it, itself pinned by hash in requirements-boot.lock; pip does it where uv cannot. No package registry
is named here: yours is used, as pip or uv know it. Standard library only.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parents[1]
HERE: Final = ROOT / ".venv"
VENV: Final = Path(os.path.abspath(os.environ["DULY_VENV"])) if os.environ.get("DULY_VENV") else HERE
BOOT: Final = ROOT / ".boot" if VENV == HERE else VENV.with_name(VENV.name + ".boot")
PYTHON: Final = VENV / "bin" / "python"
RUNTIME: Final = "requirements.lock"
DEVELOPMENT: Final = "requirements-dev.lock"
CANNOT: Final = f"""\
The packages could not be installed; the reason is above. Duly needs a package registry that pip or uv can
reach (their settings: `pip config`, PIP_INDEX_URL, UV_DEFAULT_INDEX), and Python's pip or venv (Debian: apt
install python3-venv). This is Python {sys.version.split()[0]}; the locks are made for 3.11 to 3.14."""


def environment(lock: str) -> None:
    """Make sure that our environment holds what `lock` names; does nothing the second time."""
    stamp, wanted = VENV / f".duly-{lock}", _digest(lock)
    if _says(stamp, wanted):
        return
    BOOT.mkdir(parents=True, exist_ok=True)
    with (BOOT / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # several may start at once: one installs, the others find it done
        os.set_inheritable(turn.fileno(), True)  # an installer whose run was killed still holds the turn
        if _says(stamp, wanted):
            return
        unfinished = BOOT / "unfinished"
        _make_room(unfinished)
        unfinished.touch()
        _say(f"installing {(ROOT / lock).name} into {VENV}")
        _install(ROOT / lock)
        stamp.write_text(wanted)
        if lock == DEVELOPMENT:  # it holds the other one, as a test proves
            (VENV / f".duly-{RUNTIME}").write_text(_digest(RUNTIME))
        unfinished.unlink()


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _says(stamp: Path, wanted: str) -> bool:
    try:
        return PYTHON.exists() and stamp.read_text() == wanted
    except FileNotFoundError:
        return False


def _make_room(unfinished: Path) -> None:
    """Remove an environment that a killed run left half made, or whose Python is gone, and nothing else."""
    if not VENV.exists() or not any(VENV.iterdir()):
        return
    if not (VENV / "pyvenv.cfg").exists():
        _give_up(f"{VENV} exists and is not a Python environment. Name another folder in DULY_VENV.")
    if unfinished.exists() or not PYTHON.exists():
        shutil.rmtree(VENV)


def _install(lock: Path) -> None:
    pip = _pip_settings()
    settings = uv_environment(pip)
    uv = _uv()
    if uv and _install_with_uv(uv, lock, settings, no_index=_yes(pip.get("no-index"))):
        return
    _say("uv could not do it; trying pip")
    if not _install_with_pip(lock):
        _give_up(CANNOT)


def _install_with_uv(uv: str, lock: Path, settings: dict[str, str], *, no_index: bool) -> bool:
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    steps = []
    if not PYTHON.exists():
        steps.append([uv, "venv", *quiet, "--python", sys.executable, str(VENV)])
    sync = [
        uv,
        "pip",
        "install",
        "--compile-bytecode",
        *quiet,
        "--python",
        str(PYTHON),
        "--require-hashes",
        "-r",
        str(lock),
    ]
    steps.append(sync + (["--no-index"] if no_index else []))
    return all(_runs(step, settings) for step in steps)


def _install_with_pip(lock: Path) -> bool:
    wanted = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
    if PYTHON.exists() and _runs([sys.executable, "-m", "pip", "--python", str(PYTHON), *wanted]):
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    made = _runs([sys.executable, "-m", "venv", str(VENV)])
    return made and _runs([str(PYTHON), "-m", "pip", *wanted])


def _uv() -> str | None:
    """The uv of requirements-boot.lock, in a folder of its own (no Python is changed), or one on the path."""
    pins = (ROOT / "requirements-boot.lock").read_bytes()
    room = BOOT / f"uv-{hashlib.sha256(pins).hexdigest()[:12]}"
    uv = room / "bin" / "uv"
    if not uv.exists():
        draft = BOOT / "uv.new"
        shutil.rmtree(draft, ignore_errors=True)
        words = [
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary=:all:",
            "--require-hashes",
        ]
        pip = [sys.executable, "-m", "pip", "install", *words, "--target", str(draft)]
        if not _runs([*pip, "-r", str(ROOT / "requirements-boot.lock")], quiet=True):
            return shutil.which("uv")
        draft.rename(room)
    return str(uv)


# pip's settings, which uv does not read


def _pip_settings() -> dict[str, str]:
    """What pip is told by its files and its environment; empty where there is no pip."""
    asked = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    found: dict[str, dict[str, str]] = {}
    for line in asked.stdout.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        with contextlib.suppress(ValueError, SyntaxError):
            found.setdefault(section, {})[option] = str(ast.literal_eval(value))
    return {**found.get("global", {}), **found.get("install", {}), **found.get(":env:", {})}


def uv_environment(pip: dict[str, str]) -> dict[str, str]:
    """pip's settings in uv's words; what you told uv yourself wins."""
    told = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(filter(_is_there, pip.get("extra-index-url", "").split())),
        "UV_FIND_LINKS": ",".join(filter(_is_there, pip.get("find-links", "").split())),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("timeout") or pip.get("default-timeout", ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
    }
    if os.environ.get("UV_INDEX_URL"):
        del told["UV_DEFAULT_INDEX"]
    fixed = {"UV_PYTHON_DOWNLOADS": "never"}
    # pip looks everywhere for a version; uv stops at the first registry that knows the name. Hashes decide.
    usual = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    return {**usual, **{name: value for name, value in told.items() if value}, **os.environ, **fixed}


def _is_there(place: str) -> bool:
    """Whether a folder among pip's places exists: pip passes over a missing one, uv stops."""
    path = place[len("file://") :] if place.startswith("file://") else place
    return "://" in path or Path(path).expanduser().exists()


def _yes(value: str | None) -> bool:
    return (value or "").lower() in ("1", "true", "yes", "on")


# Small things


def _runs(words: list[str], settings: dict[str, str] | None = None, *, quiet: bool = False) -> bool:
    """Run a step of the installation; what it says goes to stderr, for stdout belongs to the command."""
    said = subprocess.DEVNULL if quiet else sys.stderr
    try:
        done = subprocess.run(words, env=settings, stdout=said, stderr=said, check=False, close_fds=False)
    except OSError as problem:
        _say(f"{words[0]}: {problem}")
        return False
    return done.returncode == 0


def _say(text: str) -> None:
    print(f"run.py: {text}", file=sys.stderr, flush=True)


def _give_up(text: str) -> NoReturn:
    _say(text)
    sys.exit(1)
