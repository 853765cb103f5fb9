"""Several processes: who has a call and under which epoch, who sent a write, the journal, who serves what."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Make the new tables, and keep what is in the old ones."""
    op.add_column("tool_calls", sa.Column("node", sa.BigInteger))
    op.add_column("tool_calls", sa.Column("sent_at", sa.Float))
    op.create_index("ix_tool_calls_call_id", "tool_calls", ["call_id"])
    old = op.get_bind().execute(sa.text("SELECT id, saved_at, snapshot FROM calls")).all()
    op.drop_table("calls")
    calls = op.create_table(
        "calls",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("flow", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("node", sa.BigInteger),
        sa.Column("taken_at", sa.Float, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("began_at", sa.Float, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False, index=True),
        sa.Column("ended_at", sa.Float),
        sa.Column("snapshot", sa.LargeBinary),
    )
    op.create_table(
        "events",
        sa.Column("call_id", sa.String, primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("event", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "served",
        sa.Column("node", sa.BigInteger, primary_key=True),
        sa.Column("flow", sa.String, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
    )
    op.create_index("served_flow", "served", ["flow", "version"])
    rows = [row for row in (_taken_along(*call) for call in old) if row is not None]
    if rows:
        op.bulk_insert(calls, rows)


def _taken_along(call_id: str, saved_at: float, snapshot: bytes) -> dict[str, Any] | None:
    """Return a call in its new form; None for one that can not be read.

    A call now knows the moment of its last event, where it knew the number alone. Timers that ran then run
    out when it goes on: what the clock said that they were set by was not written down.
    """
    try:
        call = json.loads(snapshot)
        line = call["line"]
        seq = line.pop("seq")
        due = [timer["due_ms"] for timer in line["timers"].values()]
        at = datetime.fromtimestamp(saved_at, UTC).isoformat()
        line["last"] = {"seq": seq, "at": at, "mono_ms": max(due, default=0)}
        return {
            "id": call_id, "flow": call["flow"], "version": call["version"], "epoch": 1, "seq": seq,
            "taken_at": saved_at,
            "state": call["talk"]["state"], "began_at": saved_at, "saved_at": saved_at,
            "snapshot": json.dumps(call).encode(),
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
