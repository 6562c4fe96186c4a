"""A PostgreSQL of the system, by DULY_DATABASE_URL: the same office, the same books, also on version 15."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.site.scenario_terminal import Terminal

SECONDS_TO_START = 30
OLDEST = 15


def programs() -> Path | None:
    """The folder of the newest PostgreSQL of the system that we can use."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    if found := shutil.which("postgres"):
        folders.append(Path(found).resolve().parent)
    usable = [folder for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()]
    return next((folder for folder in usable if version_of(folder) >= OLDEST), None)


def version_of(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].partition(".")[0])


def other_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as somebody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    pytest.skip("this runs as root and there is no other user to run PostgreSQL as")


@pytest.fixture(scope="module")
def real_server() -> Iterator[str]:
    """A server of the system on a free port of this machine; yields its address without a database's name."""
    found = programs()
    if found is None:
        pytest.skip(f"this machine has no PostgreSQL {OLDEST} or newer of its own")
    user = other_user()
    folder = Path(tempfile.mkdtemp(prefix="duly-real-"))
    if user:
        os.chown(folder, user["user"], user["group"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    password = folder / "password"
    password.write_text("secret & more")
    password.chmod(0o644)
    made = [found / "initdb", "-D", folder / "data", "-U", "office", "--auth=scram-sha-256", f"--pwfile={password}"]
    subprocess.run([*made, "--encoding=UTF8", "--no-sync"], check=True, capture_output=True, cwd="/", **user)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"port={port}", "-c", f"unix_socket_directories={folder}"]
    server = subprocess.Popen(
        [found / "postgres", "-D", folder / "data", *options, "-c", "fsync=off"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **user,
    )  # fmt: skip
    address = f"postgresql://office:secret%20%26%20more@127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(address: str) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(f"{address}/postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def terminal(address: str, database: str, folder: Path) -> Terminal:
    """A desk whose office is a fresh database of the server."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f"create database {database}")  # type: ignore[arg-type]
    folder.mkdir()
    return Terminal(folder / "home", folder, {"DULY_DATABASE_URL": f"{address}/{database}"})


def test_an_office_lives_on_a_server_of_the_system(real_server: str, tmp_path: Path) -> None:
    office = terminal(real_server, "office", tmp_path / "desk")

    office.open_office()
    office.brings_the_customers()
    run = office.does("bill", "--through", "2026-03-31")
    books = office.does("verify")

    assert run["certificate"]["adds_up"]
    assert run["certificate"]["documents"] == 2
    assert books["problems"] == []
    assert not (office.home / "pg").exists()


def test_its_backup_is_restored_into_another_database(real_server: str, tmp_path: Path) -> None:
    office = terminal(real_server, "first", tmp_path / "first")
    office.open_office()
    office.brings_the_customers()
    office.does("bill", "--through", "2026-03-31")
    office.does("backup", tmp_path / "office.duly")
    other = terminal(real_server, "second", tmp_path / "second")

    back = other.does("restore", tmp_path / "office.duly", "--keys", office.home / "keys")

    assert back["chains"] == office.does("verify")["chains"]
    assert other.does("verify")["problems"] == []
    assert other.refuses("restore", tmp_path / "office.duly", home=tmp_path / "third")["code"] == "backup.keys_apart"
