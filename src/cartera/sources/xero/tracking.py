"""Whose is a document? The sales rep and the dimensions that its lines name by tracking categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from cartera.sources.kit.contract import Context, Document, Payload, Problem
from cartera.sources.kit.parsing import amount
from cartera.tongue import say

REP, REP_FROM = "rep", "rep_from"
TRACKING, GROUP, NOBODY = "tracking", "group", "none"
# Categories that hold the rep where the user named none.
USUAL = ("sales rep", "sales person", "salesperson", "rep", "account manager")
TAKEN = {one.name for one in fields(Document)}


def tracked(payload: Payload, context: Context) -> tuple[str | None, dict[str, str], tuple[Problem, ...]]:
    """The rep, the other categories with their options, and what is unclear: of each the option with the most money."""
    sums = _sums(payload)
    own = _category(sums, context)
    chosen = {name: max(options, key=lambda one: (options[one], one)) for name, options in sums.items()}
    rep = chosen.pop(own, None) if own else None
    said: tuple[Problem, ...] = ()
    if own and len(sums[own]) > 1:
        told = say("its lines name several reps: {names}.", names=", ".join(sorted(sums[own])))
        said = (Problem("REP_UNCLEAR", told, say("It counts for the one with the most money."), is_error=False),)
    return rep, {name: option for name, option in chosen.items() if name.lower() not in TAKEN}, said


def rep_of_groups(payload: Payload, context: Context) -> str | None:
    """The rep that a contact's group names, where groups are set to do so: the group `Rep: Ana` where `rep` is Rep."""
    if context.settings.get(REP_FROM) != GROUP:
        return None
    begin = str(context.settings.get(REP) or "")
    names = sorted(str(one["Name"]) for one in payload.get("ContactGroups") or () if one.get("Name"))
    found = (one[len(begin) :].lstrip(" :-") for one in names if one.casefold().startswith(begin.casefold()))
    return next((one for one in found if one), None)


def _sums(payload: Payload) -> dict[str, dict[str, Decimal]]:
    """category -> option -> money of its lines."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in payload.get("LineItems") or ():
        for one in line.get("Tracking") or ():
            if isinstance(one, Mapping) and one.get("Name") and one.get("Option"):
                found[str(one["Name"])][str(one["Option"])] += abs(amount(line.get("LineAmount")) or Decimal(0))
    return found


def _category(sums: Mapping[str, object], context: Context) -> str | None:
    """The category that holds the rep."""
    if context.settings.get(REP_FROM, TRACKING) != TRACKING:
        return None
    wanted = str(context.settings.get(REP) or "").casefold()
    names = (wanted,) if wanted else USUAL
    found = {name.casefold(): name for name in sums}
    return next((found[one] for one in names if one in found), None)
