"""Processes that share a database: each test is held with both of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from engine.clock import Clock
from engine.store.port import Hold
from engine.store.postgresql import open_postgresql
from engine.store.sql import SqlStore
from engine.store.sqlite import open_sqlite


@dataclass
class Process:
    """Opens the store as one more process does; `end` it as a process ends."""

    opener: Callable[[Clock | None], SqlStore]
    engine: Engine
    """Somebody else's way into the same database."""
    environment: dict[str, str]
    """What names the database to a process of its own."""
    open: list[SqlStore] = field(default_factory=list)

    def __call__(self, clock: Clock | None = None) -> SqlStore:
        """Return the store of one more process."""
        self.open.append(self.opener(clock))
        return self.open[-1]

    def end(self, store: SqlStore) -> None:
        """Let a process be gone."""
        self.open.remove(store)
        store.close()

    def hold(self, call_id: str = "call_1", *, clock: Clock | None = None) -> Hold:
        """Return the hold of a call in one more process."""
        return self(clock).hold(call_id, "desk", "1", lambda: None)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let somebody else keep all from writing for a while; reading goes on."""
        sqlite = self.engine.dialect.name == "sqlite"
        with self.engine.connect() as connection:
            connection.exec_driver_sql(
                "begin immediate" if sqlite else "lock table calls, tool_calls in exclusive mode"
            )
            yield
            connection.exec_driver_sql("rollback")

    def refuse(self, call_id: str) -> None:
        """Let the database take nothing of one call."""
        if self.engine.dialect.name == "sqlite":
            self.sql(
                f"create trigger refusal before update on calls when new.id = '{call_id}' and new.seq > 0 "
                "begin select raise(abort, 'not this one'); end"
            )
        else:
            self.sql(f"alter table calls add check (id <> '{call_id}' or seq = 0)")

    def sql(self, statement: str) -> None:
        """Let somebody else do something to the database."""
        with self.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.fixture(params=["sqlite", "postgresql"])
def process(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Process]:
    """Return what opens the store for one process after the other."""
    if request.param == "sqlite":
        path = tmp_path / "turnstile.db"
        process = Process(
            lambda clock: open_sqlite(path, clock),
            create_engine(f"sqlite:///{path}"),
            {"TURNSTILE_DATA": str(tmp_path)},
        )
    else:
        url: str = request.getfixturevalue("postgresql_url")
        process = Process(
            lambda clock: open_postgresql(url, clock), _engine(url), {"TURNSTILE_DATABASE": url}
        )
    yield process
    for store in process.open:
        store.close()
    process.engine.dispose()


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))
