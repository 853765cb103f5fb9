"""One process and its SQLite file: the ledger, and the newest state of each call."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make both tables, as they were before versions were written down."""
    op.create_table(
        "tool_calls",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("call_id", sa.String, nullable=False),
        sa.Column("tool", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("happened", sa.Boolean),
        sa.Column("result", sa.String),
        sa.Column("say", sa.String),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False, index=True),
        sa.Column("snapshot", sa.LargeBinary, nullable=False),
    )
