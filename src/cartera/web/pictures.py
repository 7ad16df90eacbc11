"""How does a picture come on a page? Its table comes with the page; the marks are drawn apart and kept for the next."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cartera.errors import CarteraError
from cartera.tongue import in_force, say
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.doorways import addresses, doors
from cartera.web.shown import Table, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.charts import Cache, Pool
    from cartera.charts.job import Job
    from cartera.views.view import Answer
    from cartera.web.door import Visit
    from cartera.web.frame import Chip
    from cartera.web.query import Asked

WIDTHS = (360, 720, 1080)
WIDTH_COOKIE = "width"  # the browser's script writes it; the first page goes by the kind of browser
HEIGHTS = {"grid": 320, "strip": 110}
HEIGHT = 260
LOCALES: dict[str, Any] = {"en": "en-GB", "pt-BR": "pt-BR", "fr": "fr-FR", "es": "es-ES"}
MOST_ROWS = 200  # of a table beside a picture
LADDERS = ("composition", "ahead")  # views whose marks are segments
ONLY = "only"  # the word of an address that names the segments to be drawn


@dataclass(frozen=True)
class Entry:
    """One button of a legend. segment: its id. is_on: its marks are drawn."""

    text: str
    href: str
    segment: str
    is_on: bool

    @property
    def css(self) -> str:
        """The class that colours its swatch."""
        return f"seg-{self.segment.replace('_', '-')}"


@dataclass(frozen=True)
class Figure:
    """A picture to be placed. svg: the marks where they were drawn before, else `href` brings them."""

    name: str
    title: str
    sentence: str
    href: str
    width: int
    height: int
    svg: SafeString | str
    foot: str
    table: Table
    legend: tuple[Entry, ...] = ()
    chips: Sequence[Chip] = ()
    notices: Sequence[str] = ()


@dataclass(frozen=True)
class Drawn:
    """What a picture is made of: the answer, its marks and how wide they are."""

    job: Job
    key: tuple[Any, ...]


def figure(
    visit: Visit, view: str, *, asked: Asked | None = None, name: str = "", title: str = "", chips: Sequence[Chip] = ()
) -> Figure:
    """The answer of a view as a picture with its table. asked: the address that it answers, the page's by default.

    name: tells two pictures of one view on a page apart.
    """
    chosen = replace(visit, asked=asked or visit.asked)
    answer = ask(chosen, view)
    made, problem = drawable(chosen, answer, name or view)
    kept = pictures().get(made.key) if made else None
    svg = mark_safe(gzip.decompress(kept).decode()) if kept else problem  # noqa: S308 - our own picture
    return Figure(
        name or view, title or answer.view.asks, answer.sentence, href(chosen, view, name), width(visit),
        height(made.job) if made else 0, svg, foot(answer), twin(chosen, answer),
        legend(visit, answer) if made else (), chips, answer.notices,
    )  # fmt: skip


def href(visit: Visit, view: str, name: str = "") -> str:
    """The address of a picture."""
    asked = visit.asked.but(more={**visit.asked.more, "name": name}) if name else visit.asked
    return f"/{visit.word}/picture/{view}{asked.text()}"


def picture(visit: Visit, view: str) -> HttpResponse:
    """The marks of a view as SVG for a page; a sentence where there can be none: the table stands without them."""
    answer = ask(visit, view)
    made, problem = drawable(visit, answer, visit.asked.more.get("name") or view)
    packed = pictures().held(made.key, lambda: pool().draw(made.job)) if made else None
    if packed is None:
        return told(problem or say("This picture could not be drawn. The table says the same."))
    return HttpResponse(gzip.decompress(packed), headers={"Vary": "Cookie", "Cache-Control": "private, no-cache"})


def told(text: str) -> HttpResponse:
    """A sentence in place of a picture: it may name what a file says, which is never markup."""
    return HttpResponse(escape(text))


def drawable(visit: Visit, answer: Answer, name: str) -> tuple[Drawn | None, str]:
    """What is to be drawn, or why it cannot be."""
    from cartera.charts import job

    try:
        rows = marks(visit, answer)
        if not rows:
            return None, say("Nothing to draw.")
        made = job(answer, rows, width=width(visit), name=name)
    except CarteraError as problem:
        return None, str(problem.what)
    return Drawn(replace(made, lang=LOCALES.get(in_force().language, "en-GB")), key(visit, answer, name)), ""


def marks(visit: Visit, answer: Answer) -> list[dict[str, Any]]:
    """The marks of the answer's picture, each with its link, those of the chosen segments alone."""
    from cartera.charts.links import linked

    look = answer.view.picture
    if look is None:
        return []
    rows = linked(answer, look.rows(answer.rows.to_pylist(), answer.query), addresses(visit))
    if has_segments(answer) and not any(row["clients"] for row in rows):
        return []
    chosen = only(visit)
    return [row for row in rows if row.get("segment") in chosen] if chosen and has_segments(answer) else rows


def has_segments(answer: Answer) -> bool:
    """Whether the marks are segments, one beside or on top of the other."""
    return answer.view.name in LADDERS


def only(visit: Visit) -> tuple[str, ...]:
    """The segments that are to be drawn; none named means all."""
    return tuple(one for one in visit.asked.more.get(ONLY, "").split(",") if one)


def legend(visit: Visit, answer: Answer) -> tuple[Entry, ...]:
    """A button per segment, which takes it out of the picture or brings it back."""
    if answer.view.picture is None or answer.view.picture.kind != "stacked_months":
        return ()
    return switches(visit, answer)


def switches(visit: Visit, answer: Answer) -> tuple[Entry, ...]:
    """A button per segment of the portfolio, by the rules of the answer."""
    from cartera.portfolio.segments import inside_ids
    from cartera.web.frame import address
    from cartera.words import segment_said

    every = inside_ids(answer.query.policy)
    shown = only(visit) or tuple(every)
    entries = []
    for one in every:
        left = [other for other in every if (other in shown) != (other == one)]
        word = "" if len(left) == len(every) else ",".join(left or [one])
        more = {name: value for name, value in {**visit.asked.more, ONLY: word}.items() if value}
        entries.append(Entry(segment_said(one), address(visit, asked=visit.asked.but(more=more)), one, one in shown))
    return tuple(entries)


def foot(answer: Answer) -> str:
    """What a reader must know to read the marks."""
    from cartera.charts import foot as foot_of

    look = answer.view.picture
    try:
        return foot_of(answer, look.rows(answer.rows.to_pylist(), answer.query)) if look else ""
    except CarteraError:
        return ""


def twin(visit: Visit, answer: Answer) -> Table:
    """The same numbers as a table, with the same doors; of a long one its beginning, the rest is in its export."""
    rows = answer.rows.slice(0, MOST_ROWS).to_pylist()
    return table(answer, rows, columns=[one for one in answer.columns if not one.minor], door=doors(visit, answer))


def key(visit: Visit, answer: Answer, name: str) -> tuple[Any, ...]:
    """Everything that makes the picture."""
    from cartera.app.workspace.desk import frozen

    query = answer.query
    asked = query.day, query.since, query.by, query.where, query.every, repr(query.policy), frozen(query.options)
    return (
        visit.site.alias, visit.workspace.pk, visit.word, visit.desk.state(), answer.view.name, name, asked,
        visit.asked.known, visit.asked.policy, only(visit), visit.part, visit.scope.clients, in_force().language,
        width(visit),
    )  # fmt: skip


def width(visit: Visit) -> int:
    """How many pixels wide a picture is: what the browser says it has room for."""
    told = visit.request.COOKIES.get(WIDTH_COOKIE, "")
    if told.isdecimal():
        return max([one for one in WIDTHS if one <= int(told)], default=WIDTHS[0])
    is_phone = "Mobi" in visit.request.headers.get("User-Agent", "")
    return WIDTHS[0] if is_phone else WIDTHS[1]


def height(job: Job) -> int:
    """How high the picture will be, so that nothing moves when it comes."""
    return round(job.height or HEIGHTS.get(job.kind, HEIGHT))


@cache
def pictures() -> Cache:
    """What was drawn in this process."""
    from cartera.charts import Cache

    return Cache()


@cache
def pool() -> Pool:
    """Who draws for this process."""
    from cartera.charts import Pool

    return Pool()


ROUTES = (Route("picture/<slug:view>", picture, "picture"),)
