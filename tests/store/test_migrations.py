"""The tables come to be step by step: from nothing, or from what an older version has left."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.clock import SystemClock
from engine.errors import SettingsError
from engine.settings import from_environment
from engine.store.migrations import HEAD, VERSION_TABLE, VERSIONS
from engine.store.migrations.run import settings
from engine.store.open import open_store
from engine.store.port import Claimed, Finished, InDoubt
from engine.store.sqlite import open_sqlite
from engine.store.tables import TABLES
from engine.store.written import SNAPSHOT
from tests.store.conftest import Process
from tests.support.calls import call_after
from tests.support.command import ROOT

OPENS = """
import sys
from engine.clock import SystemClock
from engine.settings import from_environment
from engine.store.open import open_store
open_store(from_environment(), SystemClock()).close()
print("alembic" in sys.modules)
"""

BEFORE = """
create table tool_calls (key varchar not null, call_id varchar not null, tool varchar not null, state varchar not null,
    outcome varchar, happened boolean, result varchar, say varchar, primary key (key));
create table calls (id varchar not null, seq integer not null, saved_at float not null, snapshot blob not null,
    primary key (id));
create index ix_calls_saved_at on calls (saved_at);
insert into tool_calls values ('booked', 'call_1', 'book', 'done', 'booked', 1, '{"room": 3}', 'Room three.');
insert into tool_calls (key, call_id, tool, state) values ('sent', 'call_1', 'book', 'started');
"""


def test_the_steps_lead_to_the_tables(process: Process) -> None:
    """What the code takes the tables to be, they are: in both databases, to the types and indexes."""
    process()
    with process.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, TABLES) == []


def test_each_step_is_known() -> None:
    """A database is refused when it is of none of these versions, so that none may be left out."""
    steps = ScriptDirectory.from_config(settings()).walk_revisions()
    assert [step.revision for step in steps] == list(reversed(VERSIONS))


def test_of_several_that_start_at_once_one_makes_the_tables(process: Process) -> None:
    """Workers do; and who starts later does not even load what makes them."""

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", OPENS], cwd=ROOT, env={"PYTHONPATH": str(ROOT), **process.environment},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    together = [start() for _ in range(4)]
    ends = [(*one.communicate(timeout=60), one.returncode) for one in together]
    assert {(error, code) for _, error, code in ends} == {("", 0)}
    assert start().communicate(timeout=60) == ("False\n", "")


def test_a_database_of_a_newer_version_is_left_alone(process: Process) -> None:
    """What it holds may mean something that this version does not know."""
    settings = from_environment(process.environment)
    open_store(settings, SystemClock()).close()
    process.sql("update turnstile_version set version_num = '99'")
    with pytest.raises(
        SettingsError, match=f"belongs to a newer version: it has the form 99.*up to {HEAD}; install"
    ):
        open_store(settings, SystemClock())


def test_what_the_version_before_has_left_is_kept(tmp_path: Path) -> None:
    """Its ledger says what was booked, and its calls go on."""
    path = tmp_path / "turnstile.db"
    call = call_after(7, day="2026-12-03")
    old = json.loads(SNAPSHOT.dump_json(call))
    old["line"] |= {
        "seq": old["line"].pop("last")["seq"],
        "timers": {"settle": {"number": 1, "due_ms": 9_000}},
    }
    now = SystemClock().now().timestamp()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.executescript(BEFORE)
        file.execute("insert into calls values ('call_1', 7, ?, ?)", (now, json.dumps(old)))
        file.execute("insert into calls values ('call_2', 7, ?, 'not a call')", (now,))

    async def go_on() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None)
        found = await hold.take()
        assert found is not None
        assert (found.talk, found.line.seq, found.line.last.mono_ms) == (call.talk, 7, 9_000)
        assert await hold.claim("booked", "book", call) == Finished("booked", {"room": 3}, "Room three.")
        assert await hold.claim("sent", "book", call) == InDoubt()
        assert await hold.claim("new", "book", call) == Claimed()
        assert await store.find("call_2") is None

    store = open_sqlite(path)
    asyncio.run(go_on())
    store.close()
