"""How the tables came to be: brought up to date when a store is opened, by one process at a time.

A change of `tables.py` needs a step of its own in `versions`, and its revision at the end of VERSIONS.
Processes of the version before go on meanwhile, on their machines: a step may add, but take nothing away that
those use.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

VERSIONS = ("1", "2")
"""What a database may have been brought to, oldest first; a test holds it against the steps themselves."""
HEAD = VERSIONS[-1]

VERSION_TABLE = "turnstile_version"
"""Not Alembic's own name for it: another program in the same database may use that."""

LOCK = 0x7475726E7374696C
"""The advisory lock of whoever brings a PostgreSQL database up to date."""

CHECKED_BEFORE = "tool_calls"
"""A table that every version has, and that there was before versions were written down."""


class NewerDatabase(Exception):
    """A newer version of the program has brought the database to a form that this one does not know."""


def bring_up_to_date(engine: Engine) -> None:
    """Give a database the tables of this version. Raises NewerDatabase and SQLAlchemyError.

    Alembic, which takes 0.2 s to import, is imported only when there is something to do.
    """
    with engine.connect() as connection:
        if version(connection) == HEAD:
            return
    from engine.store.migrations.run import run_steps  # noqa: PLC0415 - as said above

    with engine.begin() as connection:
        # SQLite has taken its write lock with the beginning of the transaction.
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        found = version(connection)
        if found != HEAD:
            run_steps(connection, found)


def version(connection: Connection) -> str | None:
    """Return what a database was brought to; None for an empty one. Raises NewerDatabase."""
    inspector = sa.inspect(connection)
    if inspector.has_table(VERSION_TABLE):
        column: sa.ColumnClause[str] = sa.column("version_num")
        found = connection.execute(sa.select(column).select_from(sa.table(VERSION_TABLE))).scalar_one()
        if found not in VERSIONS:
            raise NewerDatabase(f"it has the form {found}, and this version knows those up to {HEAD}")
        return found
    return VERSIONS[0] if inspector.has_table(CHECKED_BEFORE) else None


def folder() -> Path:
    """Return where the steps lie."""
    return Path(__file__).parent
