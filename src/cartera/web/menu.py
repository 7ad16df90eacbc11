"""What stands in the menu? The pages in the order of the work: see, who, act, steer, keep."""

from __future__ import annotations

from dataclasses import dataclass

from cartera.tongue import text


@dataclass(frozen=True)
class Entry:
    """One entry. path: of the page, under the workspace. icon: of Lucide. may: the verb that the page needs."""

    path: str
    label: str
    icon: str
    group: str
    may: str = "show"


MENU: tuple[Entry, ...] = (
    Entry("today", text("Today"), "sun", "see"),
    Entry("portfolio", text("Portfolio"), "chart-pie", "see"),
    Entry("moves", text("Moves"), "arrow-left-right", "see"),
    Entry("coming", text("Coming"), "calendar-clock", "see"),
    Entry("clients", text("Clients"), "users", "who"),
    Entry("value", text("Value"), "gem", "who"),
    Entry("cohorts", text("Cohorts"), "calendar-range", "who"),
    Entry("plan", text("Plan"), "calendar-plus", "act"),
    Entry("rules", text("Rules"), "sliders-horizontal", "steer"),
    Entry("team", text("Team"), "users-round", "steer"),
    Entry("data", text("Data"), "database", "keep", may="imports"),
    Entry("settings", text("Settings"), "settings", "keep"),
)

# On a phone these stand at hand, and the rest behind "More".
BOTTOM = ("today", "portfolio", "clients", "plan")
