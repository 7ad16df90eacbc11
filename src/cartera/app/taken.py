"""Which options would a view not look at? They are refused, so that nobody reads the answer to another question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.show import Ask
    from cartera.views.view import View

OPTIONS = ("since", "by", "every", "against", "window", "scores", "frequency", "measure", "rules", "suppose", "planned")

MORE = {
    "by": " To keep some clients alone, use --where.",
    "rules": " To keep the clients of one custom segment alone, add --where custom=NAME.",
}


def check_taken(view: View, ask: Ask) -> None:
    """Nothing when the view heeds every option that was given; else an error that names the views that do."""
    asked = view.over_time if ask.every and view.over_time else view
    for name in OPTIONS:
        if getattr(ask, name, ask.options.get(name)) and name not in asked.takes and not names_rules(ask, name):
            raise refusal(view, name)


def names_rules(ask: Ask, name: str) -> bool:
    """Whether the option holds the rules that a filter, `--where custom=NAME`, names one of."""
    return name == "rules" and any(column == "custom" for column, _ in ask.where)


def refusal(view: View, name: str) -> CarteraError:
    """What to say of an option that this view does not heed."""
    if view.over_time and name in view.over_time.takes:
        return CarteraError(
            say("the view {name} takes it only together with --every.", name=repr(view.name)),
            where=f"--{name}",
            fix=say("Add --every month, or leave --{name} out.", name=name),
        )
    more = MORE.get(name, "")
    return CarteraError(
        say("the view {name} does not take it.", name=repr(view.name)),
        where=f"--{name}",
        fix=say("It is for {names}.{more}", names=takers(name), more=more),
    )


def takers(name: str) -> str:
    """The views that heed the option, in words."""
    from cartera.views.registry import VIEWS

    told = [one.name for one in VIEWS if name in one.takes]
    told += [
        f"{v.name} with --every" for v in VIEWS if v.name not in told and v.over_time and name in v.over_time.takes
    ]
    if not told:
        return "no view"
    *others, last = told
    return f"{', '.join(others)} and {last}" if others else last
