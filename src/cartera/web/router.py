"""In which database do Django's own queries about people run? In that of the site which this process serves."""

from __future__ import annotations

from typing import Any

from cartera.web.site import is_served, served


class Served:
    """Sign-in and sign-ins ask without naming a database; everything of ours names its own."""

    def db_for_read(self, _model: Any, **hints: Any) -> str | None:
        """The database of the row that it is about, else the site's."""
        row = hints.get("instance")
        own: str | None = row._state.db if row is not None else None  # noqa: SLF001 - documented by Django
        return own or (served().alias if is_served() else None)

    db_for_write = db_for_read

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """All rows that meet come from the site's database."""
        return True
