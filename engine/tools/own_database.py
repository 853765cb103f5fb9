"""The database of the built-in tools: where it is, and what to say when it can not be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from engine import database
from engine.errors import ToolError
from engine.settings import data_folder


def database_path() -> Path:
    """Return where the built-in tools keep what they write."""
    return data_folder() / "calendar.db"


@contextmanager
def usable(what: str, path: Path) -> Iterator[None]:
    """Do something with the database. Raises ToolError when that fails: `what` of it can not be used."""
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        cause = getattr(error, "orig", None) or error
        reason = getattr(cause, "strerror", None) or str(cause).splitlines()[0]
        raise ToolError(
            f"the {what} `{path}` can not be used ({reason})", "move it away, or set TURNSTILE_DATA"
        ) from error


def rows(what: str, table: sa.Table, *order: sa.Column[object]) -> list[dict[str, object]]:
    """Return what stands in a table. Nothing is written, and no file made.

    Raises ToolError when the database can not be read.
    """
    path = database_path()
    with usable(what, path):
        try:
            path.open("rb").close()  # says why not, where SQLite only says that it can not
        except FileNotFoundError:
            return []
        with database.sqlite_to_read(path).connect() as connection:
            if not sa.inspect(connection).has_table(table.name):
                return []
            query = sa.select(table).order_by(*order)
            return [dict(row) for row in connection.execute(query).mappings()]
