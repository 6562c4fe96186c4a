"""Find a Chromium for the browser tests, or install one; prints its path, or else the reason, as one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_PATTERNS = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
PATIENCE_SECONDS = 300
HOW = (
    "no Chromium: install one (Debian: apt install chromium), or name yours in DULY_CHROMIUM; browser tests are skipped"
)


def main() -> int:
    """0 and the browser's path on stdout, or 1 and the reason; progress goes to stderr."""
    browser = find()
    if browser is None:
        install()
        browser = find()
    print(browser or HOW)
    return 0 if browser else 1


def find() -> str | None:
    """A Chromium that starts: the one in DULY_CHROMIUM, on the path, an application, or Playwright's."""
    named = os.environ.get("DULY_CHROMIUM")
    for browser in [named] if named else _candidates():
        if _starts(browser):
            return browser
    return None


def install() -> None:
    """Install Chromium from the system's packages as root on Debian's kin, else Playwright's own download."""
    if os.environ.get("DULY_NO_BROWSER"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        wanted = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if _tries(wanted, quiet) or (_tries(["apt-get", "update", "-qq"], quiet) and _tries(wanted, quiet)):
            return
    _tries([sys.executable, "-m", "playwright", "install", "chromium"], {})


def _candidates() -> list[str]:
    found = [path for path in map(shutil.which, NAMES) if path]
    found += [path for path in APPLICATIONS if os.access(path, os.X_OK)]
    folders = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), *PLAYWRIGHT_FOLDERS]
    for folder in (Path(name).expanduser() for name in folders if name):
        for pattern in PLAYWRIGHT_PATTERNS:
            found += [str(path) for path in sorted(folder.glob(pattern), reverse=True)]
    return found


def _starts(browser: str) -> bool:
    try:
        asked = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _tries(words: list[str], settings: dict[str, str]) -> bool:
    print(f"install_browser: {' '.join(words)}", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(
            words,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"install_browser: {problem}", file=sys.stderr)
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
