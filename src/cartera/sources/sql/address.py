"""Which databases may be read? Those of a few kinds, opened to read only, without words that load code or files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from sqlalchemy import URL

DRIVERS = {
    "postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "mssql": "mssql+pymssql", "oracle": "oracle+oracledb",
    "sqlite": "sqlite", "duckdb": "duckdb",
}  # fmt: skip
TRIED = ("sqlite", "postgresql")  # the others are written and tried on none
HARMLESS = ("sslmode", "charset", "connect_timeout", "application_name")


def checked(address: str) -> URL:
    """The address. UnknownNameError: a kind of database that is not read. CarteraError: harmful words."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except ArgumentError:
        raise CarteraError(
            say("this is no address of a database."), fix=say("Such as postgresql://reader@db.example/erp.")
        ) from None
    kind = url.drivername
    if kind not in DRIVERS:
        raise UnknownNameError("database", kind, tuple(DRIVERS))
    other = sorted(set(url.query) - set(HARMLESS))
    if other:
        raise CarteraError(
            say("{name} may not stand in the address of a database.", name=repr(other[0])),
            fix=say("Leave it out."),
        )
    url = url.set(drivername=DRIVERS[kind])
    if kind == "sqlite":
        return url.set(database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
    return url


def is_tried(address: str) -> bool:
    """Whether this kind of database was ever read by us."""
    return checked(address).get_backend_name() in TRIED


def shown(address: str) -> str:
    """The address without its password."""
    from sqlalchemy.engine import make_url

    return make_url(address)._replace(password=None).render_as_string()
