"""Which lives do the clients of a demo company lead, and how many lead each? Every segment has its stories."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]  # days, both ends included

# The longest an activity window of 4 or 8 months can differ between two days is three days, and a weekend moves an
# invoice by two: ages keep clear of both, so a story ends in the same segment whatever the day.
ACTIVE, SLEEPING, HIBERNATING, LEAVING, EXPIRED = (1, 112), (128, 234), (252, 366), (373, 396), (420, 960)
LONG_AGO, IN_BETWEEN = (1_080, 1_092), (130, 640)


@dataclass(frozen=True)
class Plan:
    """Something coming. ahead: days after today (negative: late); known: days before today; times, every: a series.

    state `issued` is an invoice already sent and dated ahead; a dropped plan was withdrawn some days before today.
    """

    ahead: Span
    known: Span
    times: int = 1
    every: int = 30
    state: str = "planned"
    dropped: Span | None = None


@dataclass(frozen=True)
class Statement:
    """A mark that somebody set, some days before today, for one of the reasons."""

    mark: str
    ago: Span
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """One life. last: age of the last invoice in days, None when never invoiced; first: age of the first one.

    silence: a gap of so many days, ended by an invoice `resumed` days older than the last. credited: age of a later
    invoice that was taken back whole. created: age of the client that has no invoice. is_cooling: one rep has most.
    """

    services: int
    distributor: int
    last: Span | None
    first: Span | None = None
    plans: tuple[Plan, ...] = ()
    marks: tuple[Statement, ...] = ()
    created: Span = (20, 370)
    silence: Span | None = None
    resumed: Span = (0, 0)
    credited: Span | None = None
    size: float = 1.0
    is_cooling: bool = False
    is_late_for_its_rhythm: bool = False


SERIES = Plan((4, 26), (20, 150), times=6)
QUARTERS = Plan((10, 70), (20, 90), times=3, every=91)
NEXT = Plan((8, 60), (2, 40))
FIRST = Plan((8, 60), (5, 120))
LATE = Plan((-40, -6), (48, 90))
TOO_FAR = Plan((385, 430), (5, 60))
SENT_AHEAD = Plan((4, 20), (1, 3), state="issued")
DROPPED = Plan((15, 50), (60, 90), dropped=(10, 40))
# Plans that came to nothing: what they leave behind is that the client was new for a while.
LAPSED = Plan((-110, -30), (120, 260), dropped=(10, 105))
LAPSED_BEFORE = Plan((-290, -190), (300, 400), dropped=(180, 280))
NEVER_MIND = ("no_interest", "duplicate")
LEFT = ("competitor", "price", "closed_business", "in_house", "no_budget", "service")
ASKED_AGAIN = Statement("reactivated", (10, 40), ("asked_again",))
MARKED_LOST = Statement("lost", (5, 100), LEFT)

STORIES = (
    Story(16, 80, ACTIVE, LONG_AGO, size=1.2),
    Story(16, 64, ACTIVE, IN_BETWEEN, size=1.4),
    Story(6, 10, ACTIVE, LONG_AGO, plans=(SERIES,), size=1.3),
    Story(3, 10, ACTIVE, plans=(QUARTERS,), size=1.2),
    Story(4, 8, ACTIVE, plans=(NEXT,)),
    Story(3, 5, ACTIVE, plans=(LATE,)),
    Story(2, 3, ACTIVE, plans=(SENT_AHEAD,)),
    Story(1, 3, ACTIVE, LONG_AGO, plans=(DROPPED,)),
    Story(5, 14, (1, 40), (45, 170), size=1.3),
    Story(3, 10, (58, 112), LONG_AGO, is_late_for_its_rhythm=True),
    Story(2, 5, (1, 100), LONG_AGO, silence=(575, 640)),
    Story(1, 3, (1, 40), LONG_AGO, silence=(575, 640), resumed=(60, 150)),
    Story(1, 2, (5, 40), LONG_AGO, silence=(200, 260), marks=(Statement("lost", (60, 120), ("price",)),)),
    Story(5, 12, None, plans=(FIRST,), created=(125, 260)),
    Story(1, 2, None, plans=(SENT_AHEAD,), created=(30, 90)),
    Story(1, 2, None, plans=(NEXT,), created=(120, 300), marks=(Statement("cancelled", (50, 90), ("no_interest",)),)),
    Story(3, 8, (430, 700), plans=(FIRST,)),
    Story(8, 32, SLEEPING, size=0.85),
    Story(3, 7, SLEEPING, plans=(NEXT,)),
    Story(1, 3, SLEEPING, credited=(30, 60)),
    Story(1, 2, (150, 230), marks=(Statement("lost", (70, 110), LEFT), ASKED_AGAIN)),
    Story(7, 24, HIBERNATING, size=0.9, is_cooling=True),
    Story(2, 5, LEAVING, plans=(NEXT,)),
    Story(6, 13, LEAVING, (620, 1_000), size=1.2, is_cooling=True),
    Story(1, 2, LEAVING, LONG_AGO, plans=(LATE,), size=1.2, is_cooling=True),
    Story(1, 1, LEAVING, LONG_AGO, plans=(TOO_FAR,), is_cooling=True),
    Story(2, 6, None),
    Story(3, 6, None, plans=(LAPSED,), created=(265, 370)),
    Story(1, 2, None, plans=(LATE,), created=(110, 350)),
    Story(4, 30, EXPIRED, LONG_AGO, size=0.55),
    Story(3, 12, (150, 340), marks=(MARKED_LOST,), size=0.7, is_cooling=True),
    Story(2, 8, None, plans=(LAPSED_BEFORE,), created=(430, 900)),
    Story(2, 6, None, plans=(LAPSED,), created=(265, 350), marks=(Statement("cancelled", (5, 50), NEVER_MIND),)),
)
