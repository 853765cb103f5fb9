"""The tables of the store, in one form for both databases. How they came to be is told in `migrations`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

TABLES = MetaData()

TOOL_CALLS = Table(
    "tool_calls",
    TABLES,
    Column("key", String, primary_key=True),
    Column("call_id", String, nullable=False, index=True),
    Column("tool", String, nullable=False),
    Column("state", String, nullable=False),  # started or done
    Column("node", BigInteger),  # who sent it; None when nobody answers for it
    Column("sent_at", Float),  # seconds since 1970, as all moments here
    Column("outcome", String),
    Column("happened", Boolean),
    Column("result", String),
    Column("say", String),
)
"""The ledger: every write that was ever sent, under the key that makes it one."""

CALLS = Table(
    "calls",
    TABLES,
    Column("id", String, primary_key=True),
    Column("flow", String, nullable=False),
    Column("version", String, nullable=False),
    Column("epoch", Integer, nullable=False),  # how often it was taken over: who has an older one has lost it
    Column("node", BigInteger),  # who has it
    Column("taken_at", Float, nullable=False),  # when its caller came to who has it
    Column("seq", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("began_at", Float, nullable=False),
    Column("saved_at", Float, nullable=False, index=True),
    Column("ended_at", Float),
    Column("snapshot", LargeBinary),
)

EVENTS = Table(
    "events",
    TABLES,
    Column("call_id", String, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),  # of the flow, after it
    Column("event", LargeBinary, nullable=False),
)
"""The journal. Of what an epoch tells, that counts which comes before the first event of the next one."""

SERVED = Table(
    "served",
    TABLES,
    Column("node", BigInteger, primary_key=True),
    Column("flow", String, primary_key=True),
    Column("version", String, nullable=False),
)

Index("served_flow", SERVED.c.flow, SERVED.c.version)

STARTED, DONE = "started", "done"
