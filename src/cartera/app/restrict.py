"""Which part of the facts is a question about? Some clients, by dimension, segment or class, or another subject."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw

from cartera.app.behind import AT, apart, meant, meant_last, on_other_days, pick_names
from cartera.errors import UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cartera.facts.tables import Facts, Frame
    from cartera.views.view import Query, View

SEGMENT, CUSTOM, FATE, AHEAD = "segment", "custom", "fate", "ahead"
OPTION = "--where"
MOST_OFFERED = 12  # values that fit into a message


def restricted(facts: Facts, query: Query, view: View, everybody: Facts | None = None) -> Facts:
    """The facts of the clients that the filters leave, before anything is counted; by another subject when asked.

    everybody: the facts of all clients, where `facts` are of some: classes are those among all.

    UnknownNameError for a column that these facts do not have.
    """
    check_columns(facts, query, view)
    if query.where and not view.filters_itself:
        facts = filtered_by(facts, query, everybody)
    if "subject" in query.options:
        from cartera.portfolio.subject import by_subject

        facts = by_subject(facts, query.options["subject"])
    return facts


def gathered_if_few(facts: Facts, query: Query, view: View) -> Facts:
    """The facts in memory, where they are those of clients that the query names and nobody is set beside them."""
    is_cut = any(name == "client_id" for name, _ in query.where) and not view.filters_itself
    if query.whole or not is_cut:
        return facts
    from cartera.engine import gathered

    lines = facts.lines.join(facts.invoices.select("invoice_id").unique(), on="invoice_id", how="semi")
    return gathered(replace(facts, lines=lines))


def among_all(everybody: Facts, facts: Facts, query: Query, view: View) -> tuple[Facts, Query]:
    """The facts that the filters left and the query; with everybody in it, where the view classes clients among all."""
    is_whole = not query.where and facts is everybody
    if is_whole or not view.is_among_all or "subject" in query.options:
        return facts, query
    from cartera.portfolio.amounts import reporting_currency

    # The few that are left may be invoiced in another currency than most.
    return replace(facts, currency=reporting_currency(everybody)), replace(query, whole=everybody)


def check_columns(facts: Facts, query: Query, view: View) -> None:
    """Nothing when all columns of `where` and `by` are there; else an error that offers the nearest."""
    if query.by:
        check_names("--by", query.by, [*columns_of(facts), *view.cuts])
    if query.where and view.filters_itself:
        check_columns_only(facts, query.where, is_scoped=query.is_scoped)
    elif query.where:
        check_where(facts, query)


def check_columns_only(facts: Facts, where: Sequence[tuple[str, str]], *, is_scoped: bool = False) -> None:
    """Nothing when every filter is by a column of the facts, with a value that occurs.

    is_scoped: some clients alone are seen, among whom a value may be missing that others have.
    """
    check_names(OPTION, [name for name, _ in where], columns_of(facts))
    if not is_scoped:
        check_values(facts, where)


def check_where(facts: Facts, query: Query) -> None:
    """Nothing when every filter is by a segment, custom segment, classification or column, with a value that occurs."""
    ours = [SEGMENT, CUSTOM, *classifications(query), *pick_names(query)]
    plain = [pair for pair in query.where if AT not in pair[0]]
    dated = list(on_other_days(query))
    check_names(OPTION, [name for name, _ in plain], list(dict.fromkeys([*ours, *columns_of(facts)])))
    other_days = [SEGMENT, FATE, AHEAD, *classifications(query)]
    check_names(OPTION, [name for name, _ in dated], list(dict.fromkeys([*other_days, *columns_of(facts)])))
    if query.is_scoped:  # a shared address asks everybody, and matches nothing where a value is of others
        return
    check_values(facts, [*(p for p in plain if p[0] not in ours), *(p for p in dated if p[0] not in other_days)])


def columns_of(facts: Facts) -> list[str]:
    """Every column that clients can be kept by or split by."""
    from cartera.portfolio.dimensions import dimension_names

    return list(dict.fromkeys(["client_id", "name", *dimension_names(facts)]))


def classifications(query: Query) -> tuple[str, ...]:
    """The names of the classifications that can be filtered by; none where nothing is filtered."""
    if not query.where:
        return ()
    from cartera.portfolio.classes import CLASSIFICATIONS

    return tuple(CLASSIFICATIONS)


def check_values(facts: Facts, where: Iterable[tuple[str, str]]) -> None:
    """Nothing when every value occurs in its column, on whatever day; an empty one is of those nobody states."""
    for name, value, values in absent(facts, where):
        raise UnknownNameError(name, value, values, where=OPTION, most=MOST_OFFERED)


def absent(facts: Facts, where: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    """The name and value of each filter by a value that does not occur, with those that do."""
    for name, value in where:
        said = [table for table in (facts.clients, facts.invoices) if name in table.collect_schema().names()]
        if not value or any(_occurs(facts, table, name, value) for table in said):
            continue
        rows = [row for t in said for row in facts.room.rows(t.select(nw.col(name).cast(nw.String)).unique())]
        yield name, value, sorted({row[name] for row in rows if row[name] is not None})


def _occurs(facts: Facts, table: Frame, name: str, value: str) -> bool:
    column = nw.col(name)
    return bool(facts.room.rows(table.filter(column.cast(nw.String) == value).select(column).head(1)))


def foreign(facts: Facts, query: Query) -> list[str]:
    """What is said where a filter leaves nothing of the few clients that may be seen; whether others have it, is not.

    facts: of those clients, before the filter.
    """
    if not query.is_scoped:
        return []
    where = [pair for pair in query.where if pair[0] in columns_of(facts)]
    gone = {(name, value) for name, value, _ in absent(facts, where)}
    names = {name for name, _ in gone} - {name for name, value in where if (name, value) not in gone}
    return [say("Nothing of this is among your clients.")] if names else []


def check_names(option: str, names: Iterable[str], valid: Sequence[str]) -> None:
    """Nothing when all names are valid."""
    for name in names:
        if name not in valid:
            raise UnknownNameError("column", name, valid, where=option)


def kept(facts: Facts, query: Query) -> Facts:
    """`filtered_by`; UnknownNameError for a column, segment, class or value that there is not."""
    check_where(facts, query)
    return filtered_by(facts, query)


def filtered_by(facts: Facts, query: Query, everybody: Facts | None = None) -> Facts:
    """The facts of the clients in these custom segments and classes, with these dimensions, and in these segments on
    the day. everybody: the facts of all clients, among which classes are told.
    """
    from cartera.portfolio.dimensions import filtered

    where, special = apart(query)
    customs = [value for name, value in where if name == CUSTOM]
    classes = [pair for pair in where if pair[0] in classifications(query)]
    others = [pair for pair in where if pair[0] not in (SEGMENT, CUSTOM) and pair not in classes]
    everybody = everybody or facts
    facts = only(facts, in_classes(everybody, query, classes)) if classes else facts
    facts = only(facts, in_customs(everybody, query, customs)) if customs else facts
    for clients in meant(everybody, query, special) if special else ():
        facts = only(facts, clients)
    segments = [value for name, value in query.where if name == SEGMENT]
    facts = filtered(facts, others, day=query.day)
    facts = in_segments(facts, query, segments) if segments else facts
    for clients in meant_last(facts, query, special) if special else ():
        facts = only(facts, clients)
    return facts


def in_segments(facts: Facts, query: Query, segments: list[str]) -> Facts:
    """The facts of the clients in one of the segments; UnknownNameError for one that the policy does not have."""
    from cartera.portfolio.activity import standing

    known = [segment.id for segment in query.policy.segments]
    for segment in segments:
        if segment not in known:
            raise UnknownNameError("segment", segment, known, where=OPTION)
    standing_there = standing(facts, day=query.day, policy=query.policy).filter(nw.col("segment").is_in(segments))
    return only(facts, standing_there.select("client_id"))


def in_customs(facts: Facts, query: Query, names: list[str]) -> Frame:
    """client_id of the clients in one of the custom segments, which look at all clients, before any other filter."""
    from cartera.portfolio.custom import members

    return members(facts, names, day=query.day, policy=query.policy, rules=query.options.get("rules"))


def in_classes(facts: Facts, query: Query, wanted: list[tuple[str, str]]) -> Frame:
    """client_id of the clients that are in these classes among all clients; values of one name are either-or.

    UnknownNameError for a class that there is not.
    """
    from cartera.portfolio.classes import CLASSIFICATIONS, classed

    for name, value in wanted:
        if value not in CLASSIFICATIONS[name].classes:
            raise UnknownNameError(name, value, CLASSIFICATIONS[name].classes, where=OPTION)
    names = list(dict.fromkeys(name for name, _ in wanted))
    rows = classed(facts, names, day=query.day, policy=query.policy)
    for name in names:
        rows = rows.filter(nw.col(name).is_in([value for one, value in wanted if one == name]))
    return rows.select("client_id")


def only(facts: Facts, clients: Frame) -> Facts:
    """The facts of these clients alone."""
    ids = facts.room.keep(clients)
    kept = {
        name: getattr(facts, name).join(ids, on="client_id", how="semi") for name in ("clients", "invoices", "marks")
    }
    return replace(facts, **kept)
