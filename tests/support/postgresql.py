"""A PostgreSQL server for the tests: the one that TURNSTILE_TEST_DATABASE names, or a private one.

The named one must answer, or the tests fail. Without a name a server is started for the time of the tests, in a
temporary folder, if its programs are on this machine; where they are not, what needs a server is skipped.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

VARIABLE = "TURNSTILE_TEST_DATABASE"
PATIENCE_S = 10
DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each version, off the PATH."""
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""Nobody needs these data when the machine stops."""


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a database in which tests may do as they like."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        _reach(named)
        yield named
        return
    programs = _programs()
    if programs is None:
        pytest.skip(f"no PostgreSQL here: install its server, or name a database in {VARIABLE}")
    with tempfile.TemporaryDirectory(prefix="turnstile-pg-", ignore_cleanup_errors=True) as folder:
        yield from _started(programs, Path(folder))


@contextmanager
def schema(database: str) -> Iterator[str]:
    """Give the address of an empty schema in a database; it is dropped afterwards with all that is in it."""
    name = f"t_{secrets.token_hex(6)}"
    with psycopg.connect(database, autocommit=True, connect_timeout=PATIENCE_S) as connection:
        connection.execute(f"create schema {name}")
        connection.execute(f"set lock_timeout = '{PATIENCE_S}s'")
        try:
            yield _text(make_url(database).update_query_dict({"options": f"-csearch_path={name}"}))
        finally:
            connection.execute(f"drop schema {name} cascade")


def _reach(database: str) -> None:
    try:
        psycopg.connect(database, connect_timeout=PATIENCE_S).close()
    except psycopg.Error as error:
        pytest.fail(f"the database of {VARIABLE} can not be used: {error}", pytrace=False)


def _programs() -> Path | None:
    """Return the folder of initdb and its like, of the newest version that there is."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(DEBIAN.glob("*/bin"), key=lambda path: path.parent.name.zfill(3), reverse=True)
    return next((path for path in folders if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


def _started(programs: Path, folder: Path) -> Iterator[str]:
    user = _other_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, port = folder / "data", _free_port()
    options = " ".join(f"-c {o}" for o in (*CARELESS, f"port={port}", "listen_addresses=127.0.0.1"))

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", data, *arguments],
            check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, user=user and user.pw_uid, group=user and user.pw_gid, extra_groups=user and [],
        )  # fmt: skip

    try:
        run("initdb", "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        # Its log takes the place of its standard error, which would stay open as long as it runs.
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", f"{options} -k ''")
    except subprocess.CalledProcessError as error:
        pytest.skip(
            f"the PostgreSQL in {programs} can not be started ({error.stderr.strip()}); see {VARIABLE}"
        )
    try:
        yield f"postgresql://test@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "stop", "-m", "immediate")


def _other_user() -> pwd.struct_passwd | None:
    """Return as whom the server runs: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
