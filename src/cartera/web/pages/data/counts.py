"""How much is there to mend in the data? Counts that lead to what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.tongue import say_many
from cartera.web import frame

if TYPE_CHECKING:
    from cartera.app.workspace.identity.likely import Likely
    from cartera.web.door import Visit

PLACES = ("region", "city", "country")


def work(visit: Visit) -> list[dict[str, Any]]:
    """What should be looked at, each with its count in words and its address; nothing where all is well."""
    rows = problems(visit)
    parts = [
        (len(rows), say_many("{count} problem in the facts", "{count} problems in the facts", count=len(rows)),
         "data/problems"),
    ]  # fmt: skip
    without_rep, without_place = missing(visit)
    parts += [
        (without_rep, say_many("{count} client without a sales rep", "{count} clients without a sales rep",
                               count=without_rep), "data/problems#reps"),
        (without_place, say_many("{count} client without a place", "{count} clients without a place",
                                 count=without_place), "data/problems#places"),
    ]  # fmt: skip
    if visit.scope.allows("link"):
        count = len(pairs(visit))
        told = say_many("{count} pair that could be one client", "{count} pairs that could be one client", count=count)
        parts.append((count, told, "data/doubles"))
    return [{"text": text, "href": _address(visit, path)} for count, text, path in parts if count]


def _address(visit: Visit, path: str) -> str:
    page, mark, part = path.partition("#")
    return frame.address(visit, page) + mark + part


def problems(visit: Visit) -> list[dict[str, Any]]:
    """The rows of `check`."""

    def made() -> list[dict[str, Any]]:
        """The rows, in the scope of whoever looks."""
        from cartera.app.check import check
        from cartera.app.show import Ask

        with visit.desk.asking:
            found = check(visit.scope, visit.desk.source(visit.scope), Ask(day=visit.today))
        return list(found.rows.to_pylist())

    found: list[dict[str, Any]] = visit.desk.remembered(("check", visit.scope.clients), made)
    return found


def missing(visit: Visit) -> tuple[int, int]:
    """How many clients have no sales rep, and how many have no place."""
    reps, places = without(visit)
    return len(reps), len(places)


def without(visit: Visit) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The clients without a sales rep, and those without a region, a city and a country."""
    from cartera.web.asking import ask

    answer = ask(visit, "clients", where=(), day=visit.today)
    names = [name for name in ("client_id", "name", "rep", *PLACES) if name in answer.rows.column_names]
    rows = answer.rows.select(names).to_pylist()
    reps = [row for row in rows if not row.get("rep")]
    return reps, [row for row in rows if not any(row.get(name) for name in PLACES)]


def pairs(visit: Visit) -> list[Likely]:
    """Clients that could be one."""
    from cartera.app.workspace.identity.likely import likely

    key = ("doubles", visit.scope.clients)
    found: list[Likely] = visit.desk.remembered(key, lambda: likely(visit.scope, visit.desk.book))
    return found
