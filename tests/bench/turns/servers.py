"""The servers that are compared, each a process of its own."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

DATABASE = "TURNSTILE_TEST_DATABASE"
"""The PostgreSQL database in which schemas may be made and dropped."""
FLOW = Path(__file__).parents[3] / "flows" / "front_desk.yaml"
SERVE = ("serve", str(FLOW), "--port", "0", "--model", "gpt-4.1-mini")
PRODUCT = ("engine", *SERVE)
LAST_LINES = 20
"""Of the log of a server that has failed."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process that serves."""

    process: subprocess.Popen[str]
    url: str


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[Running]:
    """Run a module until the end, and read the address that it prints. Of its log only a bad end is shown."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
    with TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=subprocess.PIPE, stderr=log, text=True, env={**clean, **environment},
        )  # fmt: skip
        with process:
            try:
                yield Running(process, _address(process))
            except Exception:
                log.seek(0)
                print(*log.readlines()[-LAST_LINES:], file=sys.stderr)
                raise
            finally:
                process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip().startswith(("ws://", "http://")):
            return line.strip()
    raise RuntimeError(f"{process.args!r} has ended without an address")


@contextmanager
def provider() -> Iterator[Mapping[str, str]]:
    """Run the model provider; yield what the environment of a server says of it."""
    with started("tests.bench.turns.provider") as running:
        yield {"OPENAI_BASE_URL": running.url, "OPENAI_API_KEY": "sk-none"}


@contextmanager
def empty_sqlite() -> Iterator[Mapping[str, str]]:
    """Make a folder for a database; yield the environment that names it."""
    with TemporaryDirectory() as folder:
        yield {"TURNSTILE_DATA": folder}


@contextmanager
def empty_postgresql() -> Iterator[Mapping[str, str]]:
    """Make a schema, and drop it at the end; yield the environment that names it."""
    url, name = os.environ[DATABASE], f"bench_{secrets.token_hex(6)}"
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    option = quote(f"-csearch_path={name}")
    with engine.connect() as connection, empty_sqlite() as folder:
        connection.execute(sa.schema.CreateSchema(name))
        try:
            yield {**folder, "TURNSTILE_DATABASE": f"{url}{'&' if '?' in url else '?'}options={option}"}
        finally:
            connection.execute(sa.schema.DropSchema(name, cascade=True))
    engine.dispose()


def no_postgresql() -> str | None:
    """Say why PostgreSQL can not be measured; None when it can."""
    if DATABASE not in os.environ:
        return f"{DATABASE} names no database"
    try:
        engine = sa.create_engine(sa.make_url(os.environ[DATABASE]).set(drivername="postgresql+psycopg"))
        engine.connect().close()
    except (SQLAlchemyError, ImportError) as error:
        return f"the database of {DATABASE} can not be used ({type(error).__name__})"
    return None


@contextmanager
def server(name: str, model: Mapping[str, str]) -> Iterator[Running]:
    """Run one of the servers, by the name it has in the table."""
    stores = {"SQLite": empty_sqlite, "PostgreSQL": empty_postgresql}
    with stores.get(name, empty_sqlite)() as data, started(*_command(name), **model, **data) as running:
        yield running


def _command(name: str) -> Sequence[str]:
    match name:
        case "limit":
            return ("tests.bench.turns.bare",)
        case "off":
            return ("tests.bench.turns.nothing", *SERVE)
        case _:
            return PRODUCT
