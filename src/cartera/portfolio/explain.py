"""Why is this one client where it is, and on which rows does that rest?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from cartera.errors import InputError, UnknownNameError
from cartera.facts.tables import Facts
from cartera.portfolio.activity import activity
from cartera.portfolio.counting import is_coming, is_issued, sales_and_plans
from cartera.portfolio.marks import known_marks
from cartera.portfolio.policy import AnyPolicy, rules
from cartera.tongue import say, spoken


@dataclass(frozen=True)
class Explanation:
    """state: the client's row of `activity`. text: its explanation. todo: what to do. evidence: the rows it rests on,
    each with what (last invoice, coming, overdue plan, taken back, mark), on, amount, currency, id, note.
    """

    state: dict[str, Any]
    text: str
    todo: str
    evidence: tuple[dict[str, Any], ...]


def explain(facts: Facts, client_id: str, *, day: date, policy: AnyPolicy) -> Explanation:
    """The explanation of one client on one day; UnknownNameError names the nearest client when it is none by then."""
    rows = facts.room.keep(activity(facts, day=day, policy=policy))
    found = facts.room.rows(rows.filter((nw.col("client_id") == client_id) | (nw.col("name") == client_id)))
    if not found:
        _refuse_unborn(facts, client_id, day)
        known = facts.room.rows(rows.select("client_id", "name"))
        names = sorted({str(word) for row in known for word in row.values()})
        raise _unknown(client_id, names, day)
    state = found[0]
    todo = next(r.todo for r in rules(policy) if (r.segment, r.reason) == (state["segment"], state["reason"]))
    return Explanation(state, state["explanation"], spoken(todo), _evidence(facts, state, day, policy))


def _refuse_unborn(facts: Facts, client_id: str, day: date) -> None:
    """Of a client that is none yet on the day, or on no day, say so."""
    named = nw.coalesce(nw.col("name"), nw.col("client_id"))
    asked = facts.clients.filter((nw.col("client_id") == client_id) | (named == client_id)).select("client_id")
    invoiced = facts.invoices.filter(nw.col("client_id") == client_id).select("client_id")
    ids = [row["client_id"] for row in facts.room.rows(nw.concat([asked, invoiced]).unique())]
    if ids:
        raise InputError(
            say("{client_id} is no client yet on {day}.", client_id=repr(client_id), day=day),
            fix=say(
                "Ask for a later day; of a client without created_on, an invoice above 0 says since when it is one."
            ),
        )


def _unknown(client_id: str, names: list[str], day: date) -> UnknownNameError:
    few = names if len(names) <= 12 else [*names[:12], "..."]
    error = UnknownNameError("client", client_id, names, where=f"on {day}")
    error.fix = error.fix.replace(", ".join(names), ", ".join(few))
    return error


def _evidence(facts: Facts, state: dict[str, Any], day: date, policy: AnyPolicy) -> tuple[dict[str, Any], ...]:
    own = nw.col("client_id") == state["client_id"]
    rows = sales_and_plans(facts, day).filter(own)
    last = (
        rows.filter(nw.col("counts") & (nw.col("issued_on") == state["last_issued_on"]))
        if state["last_issued_on"]
        else None
    )
    rows = rows.with_columns(is_ahead=is_coming(facts, day, policy.horizon_end(day)))
    ahead = rows.filter(nw.col("is_ahead"))
    late = rows.filter(nw.col("is_plan") & (nw.col("issued_on") <= day))
    taken = rows.filter(is_issued() & ~nw.col("counts") & (nw.col("issued_on") <= day))
    found = [] if last is None else _documents(facts, last, "last invoice")
    found += _documents(facts, ahead, "coming") + _documents(facts, late, "overdue plan")
    found += _documents(facts, taken, "taken back")
    marks = facts.room.rows(known_marks(facts).filter(own & (nw.col("marked_on") <= day)))
    if marks and policy.uses_plans_and_marks:
        mark = max(marks, key=lambda m: (m["marked_on"], m["recorded"], m["strength"]))
        found.append(_row("mark", mark["marked_on"], {"note": mark["mark"]}))
    return tuple(found)


def _documents(facts: Facts, rows: Any, what: str) -> list[dict[str, Any]]:
    wanted = rows.select("issued_on", "amount", "currency", id="invoice_id", note="state")
    ordered = sorted(facts.room.rows(wanted), key=lambda r: (r["issued_on"], r["id"] or ""))
    return [_row(what, row["issued_on"], row) for row in ordered]


def _row(what: str, on: date, found: dict[str, Any]) -> dict[str, Any]:
    return {"what": what, "on": on} | {name: found.get(name) for name in ("amount", "currency", "id", "note")}
