"""Which clients does a filter mean that is neither a column nor a class? Those behind a number: funnel=3+, NAME@DAY."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cartera.facts.tables import Facts, Frame
    from cartera.views.view import Query

Where = tuple[tuple[str, str], ...]
AT = "@"  # as in portfolio/other_day.py, which is imported only when it is needed


def pick_names(query: Query) -> tuple[str, ...]:
    """The names of the picks that can be filtered by; none where nothing is filtered."""
    if not query.where:
        return ()
    from cartera.portfolio.picks import PICKS

    return tuple(PICKS)


def apart(query: Query) -> tuple[Where, Where]:
    """The filter by columns, segments and classes, and what there is beside it: picks, and what held on another day."""
    names = pick_names(query)
    special = tuple(pair for pair in query.where if pair[0] in names or AT in pair[0])
    return tuple(pair for pair in query.where if pair not in special), special


def on_other_days(query: Query) -> Iterator[tuple[str, str]]:
    """The names and values of NAME@DAY, without their day. InputError: what follows the @ is no day."""
    from cartera.portfolio.other_day import named_at

    for name, value in query.where:
        if AT in name and (found := named_at(name)):
            yield found[0], value


def meant(facts: Facts, query: Query, special: Where) -> Iterator[Frame]:
    """client_id of the clients that each name of the filter means; values of one name are either-or."""
    from cartera.portfolio.other_day import named_at, on_day
    from cartera.portfolio.picks import PICKS, picked

    for name, values in _by_name(special):
        dated = named_at(name)
        if dated:
            yield on_day(facts, dated[0], values, day=dated[1], seen_on=query.day, policy=query.policy)
        elif not PICKS[name].is_last:
            yield picked(facts, name, values, day=query.day, policy=query.policy)


def meant_last(facts: Facts, query: Query, special: Where) -> Iterator[Frame]:
    """The same for what is picked among the clients whom everything else leaves."""
    from cartera.portfolio.picks import PICKS, picked

    for name, values in _by_name(special):
        if name in PICKS and PICKS[name].is_last:
            yield picked(facts, name, values, day=query.day, policy=query.policy)


def _by_name(pairs: Where) -> Sequence[tuple[str, list[str]]]:
    return [(name, [value for one, value in pairs if one == name]) for name in dict.fromkeys(name for name, _ in pairs)]
