"""The server runs for root and for ordinary users, and in homes that belong to somebody else."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from duly.site.embedded import (
    EmbeddedServer,
    bin_dir,
    status,
    stop_running,
)
from duly.site.embedded.privileges import SHARED_ROOM
from duly.site.home import Home
from tests.site.servers import CLERK, SOURCES, eventually, gone, read, running, write


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_runs_a_server() -> None:
    python = _python_for_everybody()
    nobody = pwd.getpwnam("nobody")
    folder = Path(tempfile.mkdtemp(prefix="duly test ", dir=_folder_for_everybody()))
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    script = CLERK.replace("time.sleep(600)", "print(server.status().host); server.stop()")

    try:
        done = subprocess.run(
            [python, "-c", script, str(folder / "home")],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            env={"PYTHONPATH": str(SOURCES), "DULY_PG_BIN": str(bin_dir()), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )

        assert done.stdout.split("\n")[:2] == ["attached", str(folder / "home" / "socket")], done.stderr
        assert (folder / "home" / "pg").stat().st_uid == nobody.pw_uid
        assert status(folder / "home") is None
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs to become somebody else")
def test_root_without_user_namespaces_runs_the_server_as_nobody(home: Home) -> None:
    with EmbeddedServer(home, fsync=False, namespaces=False).start() as server:
        write(server, "as nobody")
        room = home.pg.resolve()
        assert room.is_relative_to(SHARED_ROOM)
        assert room.stat().st_uid == pwd.getpwnam("nobody").pw_uid

    with EmbeddedServer(home, fsync=False).start() as server:
        assert read(server) == ["as nobody"]
        supervisor, _ = running(home)
        os.kill(supervisor, signal.SIGKILL)
        assert eventually(lambda: gone(supervisor))
        assert read(server.attach()) == ["as nobody"]
        server.stop()
    shutil.rmtree(room.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root works in homes of others")
def test_root_in_the_home_of_another_user_runs_the_server_as_that_user() -> None:
    nobody = pwd.getpwnam("nobody")
    folder = Path(tempfile.mkdtemp(prefix="duly test ", dir=_folder_for_everybody()))
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    try:
        with EmbeddedServer(folder, fsync=False).start() as server:
            write(server, "as the owner")
            _, postmaster = running(server.home)
            assert (Path("/proc") / str(postmaster)).stat().st_uid == nobody.pw_uid
            assert not (folder / "pg").is_symlink()
    finally:
        stop_running(folder)
        shutil.rmtree(folder)


def _folder_for_everybody() -> Path:
    """A folder for temporary files that others than root may pass through."""
    for folder in (Path(tempfile.gettempdir()), Path("/var/tmp")):
        if all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents)):
            return folder
    pytest.skip("no temporary folder that an ordinary user may pass through here")


def _python_for_everybody() -> str:
    """An interpreter that others than root may run: root's own is often in its private folder."""
    nobody = pwd.getpwnam("nobody")
    looks = f"import sys, os; os.stat({str(SOURCES / 'duly')!r}); assert sys.version_info >= (3, 11)"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            done = subprocess.run(
                [python, "-c", looks],
                user=nobody.pw_uid,
                group=nobody.pw_gid,
                extra_groups=[],
                capture_output=True,
                check=False,
                cwd="/",
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if done.returncode == 0:
            return python
    pytest.skip("no Python 3.11 that an ordinary user may run here")
