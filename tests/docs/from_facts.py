"""The fact tables, as the schema has them, and what `cartera check` looks for."""

from __future__ import annotations

from cartera.engine.doors import DUCKDB, ENGINES, IN_MEMORY, POLARS
from cartera.engine.plain import FEW
from cartera.facts.checks import CHECKS
from cartera.facts.schema import COUNT, DAY, FLAG, MOMENT, MONEY, TABLES, TEXT
from cartera.sources.files.names import ROLES
from cartera.sources.files.profiles import PROFILES
from cartera.sources.files.reading import HINTS
from tests.docs.markdown import code, table
from tests.docs.meanings import COLUMNS

TYPES = {TEXT: "text", DAY: "date", MOMENT: "time", FLAG: "true or false", COUNT: "whole number"}
SHOWN = 5


def facts(name: str) -> str:
    """The columns of one fact table."""
    rows = []
    for field in TABLES[name]:
        kind = "decimal, 4 places" if field.dtype == MONEY else TYPES[field.dtype]
        label = f"**{code(field.name)}**" if field.required else code(field.name)
        rows.append([label, kind, COLUMNS[name][field.name]])
    return table(["column", "type", "meaning"], rows)


def checks() -> str:
    """What in the facts may contradict itself."""
    return table(
        ["code", "where", "how to mend it"], [[code(c.code), f"{c.table}, {code(c.column)}", c.hint] for c in CHECKS]
    )


def reasons() -> str:
    """Why a row of a file is refused."""
    return table(["code", "how to mend it"], [[code(name), hint] for name, hint in HINTS.items()])


def layouts() -> str:
    """The exports that are known by their header."""
    return table(["layout", "known by the columns"], [[code(p.name), ", ".join(p.needs)] for p in PROFILES])


def engines() -> str:
    """Which packages' tables go to which engine."""
    rows = [
        [door.name, ", ".join(p for p in door.packages if not p.startswith("_")), code(door.module)] for door in ENGINES
    ]
    rows.append(
        [f"{POLARS.name} for up to {FEW:,} rows in plain types, else {DUCKDB.name}", ", ".join(IN_MEMORY), "the same"]
    )
    return table(["engine", "takes the tables of", "file"], rows)


def names() -> str:
    """Per role the first names by which a column is known, and how many more there are."""
    rows = [[code(role), ", ".join(known[:SHOWN]), max(0, len(known) - SHOWN) or ""] for role, known in ROLES.items()]
    return table(["role", "known as", "more"], rows)
