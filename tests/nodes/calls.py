"""The calls as they stand in the database."""

import psycopg

from tests.nodes.node import until


def rows(database: str) -> list[tuple[object, ...]]:
    """Return the calls as they are written down."""
    with psycopg.connect(database) as connection:
        return connection.execute(
            "select id, epoch, node, seq, state, ended_at, snapshot from calls order by id"
        ).fetchall()


def all_over(database: str, count: int) -> list[tuple[object, ...]]:
    """Wait until so many calls are over and written down so, and return them."""
    until(lambda: [row[5] is not None for row in rows(database)] == [True] * count)
    return rows(database)
