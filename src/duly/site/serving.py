"""Serving the office: granian in this process' children, one worker thread beside it."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from duly.kernel.refusals import Refused
from duly.site.claims import claim
from duly.site.home import home_at

PR_SET_PDEATHSIG = 1
SOURCES = Path(__file__).resolve().parents[2]


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port; refused when somebody listens there (0 asks for any free one)."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as error:
            raise Refused("serve.port_taken", port=wanted, remedy="choose another with --port") from error
        return int(probe.getsockname()[1])


def serve(host: str, port: int, *, processes: int = 1, threads: int = 4, with_worker: bool = True) -> None:
    """Serve until Ctrl+C or SIGTERM; the web server and the worker are our children and end with us.

    One office a home: a second one is told who serves it and how to stop it.
    """
    port = free_port(host, port)
    with claim(home_at(), url=f"http://{host}:{port}"):
        _serve(host, port, processes, threads, with_worker)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    """Have the kernel end this child when its parent is gone, however it went (Linux; elsewhere Ctrl+C does it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _serve(host: str, port: int, processes: int, threads: int, with_worker: bool) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background jobs begin with SIGINT ignored
        signal.signal(number, _interrupt)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(SOURCES), os.environ.get("PYTHONPATH")])),
        "DJANGO_SETTINGS_MODULE": "duly.site.settings",
    }
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning",
        "duly.site.wsgi:application",
    ]  # fmt: skip
    children = [subprocess.Popen(web, env=environment, preexec_fn=_end_with_parent)]
    worker = [sys.executable, "-m", "duly", "worker"]
    if with_worker:
        children.append(subprocess.Popen(worker, env=environment, preexec_fn=_end_with_parent))
    try:
        children[0].wait()
    except KeyboardInterrupt:
        pass
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=20)
