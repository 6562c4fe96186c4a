#!/usr/bin/env python3
"""One door to Duly: makes its own environment beside this file, then runs in it what is asked for."""

import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 -- this is where the version is looked at
    import scripts.old_python  # noqa: F401

from scripts.environment import DEVELOPMENT, PYTHON, ROOT, RUNTIME, environment

HELP = """\
python3 run.py demo [--no-serve] [--customers N --months M] [--home DIR] [--port P]
                             build a demo office, show its month, then open it on this machine
python3 run.py duly ARGS...  any command of Duly; `duly --help` lists them
python3 run.py test [ARGS]   every check and test; ARGS go to pytest
python3 run.py bench NAME [--json] [ARGS]
                             one benchmark; without NAME it lists them

The first run installs what is needed into .venv (or the folder that DULY_VENV names); it takes a minute.
"""


def main(words: list[str]) -> None:
    """Do the command; does not return where it becomes the program that was asked for."""
    command, rest = (words[0], words[1:]) if words else ("help", [])
    if command in ("help", "-h", "--help"):
        print(HELP, end="")
    elif command == "duly":
        become(["-P", "-m", "duly", *rest])
    elif command == "demo":
        become(["-P", "-m", "duly", "demo", *rest])
    elif command == "bench":
        become(["-m", "benchmarks", *rest], folder=ROOT)
    elif command == "test":
        test(rest)
    else:
        print(f"run.py: there is no command {command!r}.\n\n{HELP}", end="", file=sys.stderr)
        sys.exit(2)


def become(words: list[str], *, lock: str = RUNTIME, folder: Path | None = None) -> None:
    """Turn into Python of our environment; `src` is on its path, nothing of ours is installed."""
    environment(lock)
    ours = [str(ROOT / "src")] + ([str(ROOT)] if folder else [])
    theirs = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(ours + ([theirs] if theirs else []))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every command would compile Duly again, a second each
    if folder:
        os.chdir(folder)
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *words])


def test(words: list[str]) -> None:
    """All checks and tests as one pytest run, so its closing line is the whole answer and comes last."""
    environment(DEVELOPMENT)
    finder = [str(PYTHON), str(ROOT / "scripts" / "install_browser.py")]
    found = subprocess.run(finder, stdout=subprocess.PIPE, text=True, check=False)
    if found.returncode == 0:
        os.environ["DULY_CHROMIUM"] = found.stdout.strip()
    else:
        os.environ["DULY_NO_BROWSER"] = found.stdout.strip() or "no Chromium could be found or installed"
    # Two processes, a file each: the database works while the tests think.
    spread = [] if "-n" in words or "-p" in words else ["-n", "2", "--dist", "loadfile"]
    become(["-m", "pytest", *spread, *words], lock=DEVELOPMENT, folder=ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
