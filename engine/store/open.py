"""Opening the store that the settings name."""

from importlib.util import find_spec

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from engine.clock import Clock
from engine.errors import SettingsError
from engine.settings import Settings
from engine.store.migrations import NewerDatabase
from engine.store.postgresql import open_postgresql
from engine.store.sql import SqlStore
from engine.store.sqlite import open_sqlite


def open_store(settings: Settings, clock: Clock) -> SqlStore:
    """Open the store, and bring its tables up to date. Raises SettingsError when it can not be used."""
    if settings.database is None:
        try:
            return open_sqlite(settings.data / "turnstile.db", clock)
        except NewerDatabase as error:
            raise _too_new(settings, error) from error
        except (OSError, SQLAlchemyError) as error:
            raise SettingsError(
                f"the data folder `{settings.data}` can not be used ({_reason(error)}); set TURNSTILE_DATA"
            ) from error
    if find_spec("psycopg") is None:
        raise SettingsError("TURNSTILE_DATABASE needs a driver; pip install 'turnstile[postgresql]'")
    try:
        return open_postgresql(settings.database, clock)
    except NewerDatabase as error:
        raise _too_new(settings, error) from error
    except SQLAlchemyError as error:
        reason = f"the database {where(settings)} can not be used ({_reason(error)})"
        raise SettingsError(f"{reason}; see TURNSTILE_DATABASE") from error


def where(settings: Settings) -> str:
    """Say where the store is, without a password."""
    if settings.database is None:
        return str(settings.data / "turnstile.db")
    # A password may stand among the options as well.
    return sa.make_url(settings.database).set(query={}).render_as_string(hide_password=True)


def _too_new(settings: Settings, error: NewerDatabase) -> SettingsError:
    return SettingsError(
        f"the database {where(settings)} belongs to a newer version: {error}; install that one again"
    )


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0]
