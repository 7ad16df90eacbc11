"""Which engine holds a user's tables, and how do answers come back? One file per engine, DuckDB where the
tables have none of their own; read doors.py, then opening.py.
"""

from __future__ import annotations

from cartera.engine.doors import give_back, open_facts
from cartera.engine.results import arrow

__all__ = ["arrow", "give_back", "open_facts"]
