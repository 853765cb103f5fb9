"""The tables of the diary: what the database itself refuses stands here.

An appointment occupies cells of time, a party at a restaurant as many seats in each, and nothing can be
taken twice. A key can neither book nor change anything twice. Hours, days off, the length of each service
and how many seats there are stand in rows, to be changed with any tool for the database.
"""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

TABLES = MetaData()

OPENING_HOURS = Table(
    "opening_hours", TABLES,
    Column("weekday", Integer, primary_key=True),  # 0 is Monday
    Column("opens", String, primary_key=True),
    Column("closes", String, nullable=False),
)  # fmt: skip
DAYS_OFF = Table("days_off", TABLES, Column("day", String, primary_key=True))
SERVICES = Table(
    "services", TABLES, Column("name", String, primary_key=True), Column("minutes", Integer, nullable=False)
)
BOOKINGS = Table(
    "bookings", TABLES,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("service", String, nullable=False),
    Column("day", String, nullable=False),
    Column("time", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
)  # fmt: skip
CELLS = Table(
    "cells", TABLES,
    Column("day", String, primary_key=True),
    Column("cell", Integer, primary_key=True),
    Column("booking", ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
)  # fmt: skip
CHANGES = Table(
    "changes", TABLES,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("booking", ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
    Column("change", String, nullable=False),  # moved or cancelled
    Column("old_day", String, nullable=False),
    Column("old_time", String, nullable=False),
)  # fmt: skip

SITTINGS = Table(
    "sittings", TABLES,
    Column("weekday", Integer, primary_key=True),
    Column("opens", String, primary_key=True),
    Column("closes", String, nullable=False),
    Column("seats", Integer, nullable=False),
)  # fmt: skip
RESERVATIONS = Table(
    "reservations", TABLES,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("day", String, nullable=False),
    Column("time", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("party", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("notes", String, nullable=False),
)  # fmt: skip
SEATS = Table(
    "seats", TABLES,
    Column("day", String, primary_key=True),
    Column("cell", Integer, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("reservation", ForeignKey("reservations.id", ondelete="CASCADE"), nullable=False),
)  # fmt: skip
