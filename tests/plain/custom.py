"""Does a client meet a rule, read plainly? Trees as people write them, over rows of plain values, and random ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.plain import buying, money
from tests.plain.oracle import Client, Policy, Row, activity
from tests.portfolios import Facts, clients_of

Tree = dict[str, Any]
REPS = ("Ana", "Bo", None)
NAMES = {"sleeping_away": "Sleeping away", "almost_inactive": "Almost inactive", "no_activity": "No activity"}


def described(facts: Facts, day: date, policy: Policy) -> dict[str, Row]:
    """client_id -> what rules may look at, of those born by the day."""
    reps = {row["client_id"]: row.get("rep") for row in facts["clients"]}
    rows = {}
    for client_id, client in clients_of(facts).items():
        state = activity(client, day, policy)
        if state is not None:
            rows[client_id] = state | _figures(client, day) | {"rep": reps.get(client_id)}
    return rows


def _figures(client: Client, day: date) -> Row:
    dates = buying.purchases(client, day)
    count = buying.in_year(client, day)
    return {
        "purchase_count": count,
        "total_purchase_count": len(dates),
        "recency_days": (day - dates[-1]).days if dates else None,
        "amount": money.net_sales(client, day - buying.YEAR, day),
        "at_stake": money.at_stake(client, day),
        "frequency": "none" if not count else "occasional" if count < 3 else "regular" if count < 12 else "frequent",
    }


def holds(tree: Tree, row: Row, day: date) -> bool:
    """Whether the client of the row meets the rule."""
    if "all" in tree:
        return all(holds(part, row, day) for part in tree["all"])
    if "any" in tree:
        return any(holds(part, row, day) for part in tree["any"])
    if "not" in tree:
        return not holds(tree["not"], row, day)
    if "has_been" in tree:
        named = tree["has_been"].lower().replace(" ", "_")
        return bool(row["segment"] == named and (day - row["since_on"]).days >= tree["for_days"])
    return _compares(tree, row[tree["column"]])


def _compares(leaf: Tree, found: Any) -> bool:
    operator, value = next((key, value) for key, value in leaf.items() if key != "column")
    if operator == "missing":
        return (found is None) is value
    if found is None:
        return operator == "is_not"
    if operator == "between":
        return bool(value[0] <= found <= value[1])
    wanted = {
        "is": lambda: found == value, "is_not": lambda: found != value, "in": lambda: found in value,
        "at_least": lambda: found >= value, "at_most": lambda: found <= value, "above": lambda: found > value,
        "below": lambda: found < value,
    }  # fmt: skip
    return bool(wanted[operator]())


def trees(day: date, segments: list[str]) -> st.SearchStrategy[Tree]:
    """Random rules that may be asked on the day, some of one condition, some of a dozen."""
    leaf = st.one_of(
        _words("rep", ["Ana", "Bo", "Nobody"]),
        _words("frequency", ["none", "occasional", "regular", "frequent"]),
        _words("segment", segments),
        _sizes("purchase_count", st.integers(0, 13)),
        _sizes("total_purchase_count", st.integers(0, 13)),
        _sizes("recency_days", st.sampled_from((0, 1, 30, 119, 120, 365, 400, 800))),
        _sizes("amount", st.sampled_from((-5, 0, 100, *map(Decimal, ("0.0001", "1234.56", "1334.56")), 5000))),
        _sizes("at_stake", st.sampled_from((0, 100, Decimal("1234.56"), 20000))),
        *(_sizes(name, _days(day)) for name in ("last_issued_on", "since_on", "next_on", "next_planned_on")),
        st.builds(
            lambda segment, days: {"has_been": NAMES.get(segment, segment), "for_days": days},
            st.sampled_from(segments), st.sampled_from((0, 1, 30, 31, 90, 400)),
        ),
    )  # fmt: skip
    return st.recursive(
        leaf,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=3).map(lambda own: {"all": own}),
            st.lists(below, min_size=1, max_size=3).map(lambda own: {"any": own}),
            below.map(lambda part: {"not": part}),
        ),
        max_leaves=8,
    )  # fmt: skip


def _days(day: date) -> st.SearchStrategy[date]:
    return st.sampled_from((-400, -366, -365, -120, -30, -1, 0, 1, 30, 365)).map(lambda n: day + timedelta(n))


def _words(column: str, values: list[str]) -> st.SearchStrategy[Tree]:
    one = st.sampled_from(values)
    return st.one_of(
        st.builds(lambda op, value: {"column": column, op: value}, st.sampled_from(("is", "is_not")), one),
        st.lists(one, min_size=1, max_size=3).map(lambda own: {"column": column, "in": own}),
        st.booleans().map(lambda value: {"column": column, "missing": value}),
    )


def _sizes(column: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    operators = st.sampled_from(("is", "is_not", "at_least", "at_most", "above", "below"))
    return st.one_of(
        st.builds(lambda op, value: {"column": column, op: value}, operators, values),
        st.tuples(values, values).map(lambda pair: {"column": column, "between": sorted(pair)}),
        st.lists(values, min_size=1, max_size=3).map(lambda own: {"column": column, "in": own}),
        st.booleans().map(lambda value: {"column": column, "missing": value}),
    )
