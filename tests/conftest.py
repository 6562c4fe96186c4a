"""The ground every test stands on: a real PostgreSQL, a migrated template, an office, books that stay true."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import pytest
from hypothesis import settings as hypothesis_settings

os.environ["DJANGO_SETTINGS_MODULE"] = "duly.site.settings"
django.setup()

from duly.site.boot import configure_keys, database_of  # noqa: E402
from duly.site.embedded import EmbeddedServer, attach_or_start  # noqa: E402
from duly.site.home import home_at  # noqa: E402

# No test here is judged by its time: a loaded machine must not make one fail.
hypothesis_settings.register_profile("duly", deadline=None)
hypothesis_settings.load_profile("duly")

ROOT = Path(__file__).parent.parent
TEMPLATE = "duly_template"


@dataclass(frozen=True)
class Server:
    """Where the tests' databases are."""

    params: dict[str, str]

    def use(self, name: str) -> None:
        """Point Django's connection of this process at the database `name`."""
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = name

    def sql(self, statement: str) -> None:
        """Run a statement outside any transaction, in the maintenance database."""
        import psycopg

        with psycopg.connect(**{**self.params, "dbname": "postgres"}, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL of our own for this test process (or the one of DULY_DATABASE_URL)."""
    folder = Path(tempfile.mkdtemp(prefix="duly-tests-"))
    embedded: EmbeddedServer | None = None
    if url := os.environ.get("DULY_DATABASE_URL"):
        params = database_of(url)
    else:
        embedded = attach_or_start(folder / "home", fsync=False)
        params = {key: str(value) for key, value in embedded.dsn_params().items()}
    params = {key: value for key, value in params.items() if value}
    try:
        yield Server(params)
    finally:
        from django.db import connections

        connections.close_all()
        if embedded is not None:
            embedded.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_ready(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Django's connection is ours and a migrated template database exists."""
    from django.conf import settings
    from django.db import connection

    home = home_at(tmp_path_factory.mktemp("home"))
    home.create()
    os.environ["DULY_HOME"] = settings.DULY_HOME = str(home.path)

    for key, name in {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}.items():
        os.environ[f"DULY_DB_{name}"] = server.params.get(key, "")
        connection.settings_dict[name] = server.params.get(key, "")
    template = f"{TEMPLATE}_{uuid.uuid4().hex[:8]}"
    os.environ["DULY_DB_NAME"] = template
    server.sql(f"create database {template}")
    server.use(template)
    configure_keys(home)
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    connection.close()
    object.__setattr__(server, "template", template)
    return server


@pytest.fixture(scope="session")
def shared_database(django_ready: Server) -> Iterator[str]:
    """One database for all tests that roll back."""
    name = f"duly_shared_{uuid.uuid4().hex[:8]}"
    django_ready.sql(f"create database {name} template {django_ready.template}")  # type: ignore[attr-defined]
    yield name
    from django.db import connection

    connection.close()
    django_ready.sql(f"drop database if exists {name} with (force)")
    django_ready.sql(f"drop database if exists {django_ready.template} with (force)")  # type: ignore[attr-defined]


@pytest.fixture
def db(django_ready: Server, shared_database: str) -> Iterator[None]:
    """A transaction that is rolled back after the test, once the books have been proved."""
    from django.db import connection, transaction

    django_ready.use(shared_database)
    atomic = transaction.atomic()
    atomic.__enter__()
    try:
        yield
        if not connection.needs_rollback:
            prove_books()
    finally:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def own_database(django_ready: Server) -> Iterator[dict[str, str]]:
    """A fresh migrated database whose data is committed: for tests with several connections or kills."""
    from django.db import connections

    name = f"duly_own_{uuid.uuid4().hex[:8]}"
    django_ready.sql(f"create database {name} template {django_ready.template}")  # type: ignore[attr-defined]
    django_ready.use(name)
    yield {**django_ready.params, "dbname": name}
    try:
        prove_books()
    finally:
        connections.close_all()
        django_ready.sql(f"drop database if exists {name} with (force)")


def prove_books() -> None:
    """Run every quick check of `duly verify` on every entity; a broken invariant fails the test that broke it."""
    try:
        from duly.site.verify import quick_checks
    except ImportError:  # pragma: no cover - while the proof itself is being built
        return
    from duly.access.queries import entities

    problems = [problem for entity in entities() for problem in quick_checks(entity.id)]
    assert problems == []


@pytest.fixture
def office(request: pytest.FixtureRequest) -> object:
    """An entity with chart, periods, taxes and one person a role, in the test's database."""
    if "own_database" not in request.fixturenames:
        request.getfixturevalue("db")
    from tests.scenario import open_office

    return open_office()
