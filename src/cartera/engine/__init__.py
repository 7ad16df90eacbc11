"""Which engine holds a user's tables, and how do answers come back? One file per engine; tables that have
none of their own go to Polars when they are few and plainly typed, else to DuckDB. Read doors.py, then opening.py.
"""

from __future__ import annotations

from cartera.engine.doors import gathered, give_back, open_facts
from cartera.engine.results import arrow

__all__ = ["arrow", "gathered", "give_back", "open_facts"]
