"""Whether the database is to blame for an error, or what it was given."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

ABOUT_THE_DATA = frozenset({"22", "23", "54"})
"""Classes of SQLSTATE: data exception, integrity violation, limit exceeded (PostgreSQL, appendix A)."""


def is_away(error: SQLAlchemyError) -> bool:
    """Say whether what was to be done may be possible later: the database can not be reached, or not written.

    Whatever is not known to be the fault of the data counts as that: to try again costs less than to give up.
    """
    if not isinstance(error, DBAPIError):
        return not isinstance(error, StatementError)
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state[:2] not in ABOUT_THE_DATA
    return error.connection_invalidated or type(error).__name__ not in {"DataError", "IntegrityError"}
