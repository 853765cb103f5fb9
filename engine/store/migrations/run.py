"""Running the steps that a database lacks, with Alembic."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from engine.store.migrations import HEAD, VERSION_TABLE, folder


def run_steps(connection: Connection, found: str | None) -> None:
    """Bring a database from the version that was found to the newest, in the transaction that has begun."""
    config = settings()
    config.attributes["connection"] = connection
    if found is not None:
        command.stamp(config, found)  # one of before versions were written down has none yet
    command.upgrade(config, HEAD)


def settings() -> Config:
    """Return where Alembic finds the steps."""
    config = Config()
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    config.attributes["version_table"] = VERSION_TABLE
    return config
