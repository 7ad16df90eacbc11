"""How does each kind of picture look? Vega-Lite built once per kind and mode; width, title and rows come later.

What a row of each kind must hold stands in `rows.py`. The only file that meets Altair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal

import altair as alt

from cartera.charts.tokens import Mode, Token, token

ROWS = alt.NamedData("rows")
SEG = alt.Color("colour:N", scale=None, legend=None)  # each row carries its own colour, e.g. "var(--seg-active)"
SPOKEN = alt.Description("label:N")  # the whole sentence that a person hears
# Half of the 2 px of paper between neighbours of a stack, less where the bar itself is thin: one client stays visible.
GAP = "min(1, (scale('y', datum.below) - scale('y', datum.above)) / 4)"
MONTH = "utcFormat(toDate(datum.value), '%b %y')"
DAY = "utcFormat(toDate(datum.value), '%-d %b %y')"
# Another sans-serif may be wider and lower than the one that was measured; on a page it stands in whatever there is.
PADDING = {"left": 0, "top": 4, "right": 10, "bottom": 6}
ROOM = PADDING | {"left": 12}
TINTS = (0.05, 0.55)  # ink stays readable (4.5:1) on the accent up to here, on light and on dark paper


@lru_cache
def template(kind: str, mode: Mode) -> dict[str, Any]:
    """A Vega-Lite dict without rows, width and title (`specification.fitted` puts the two in), shared between calls:
    read it, never write to it. KeyError: no such kind. On a page the marks are links; a file has no place to lead to.
    """
    paint = token(mode)
    build, height = BUILDERS[kind]
    links: dict[str, Any] = {"description": SPOKEN} | ({"href": alt.Href("href:N")} if mode == "page" else {})
    return _dressed(build(paint, links), paint, height, ROOM if mode == "page" else PADDING)


def _dressed(chart: Any, paint: Token, height: int, padding: Mapping[str, int]) -> dict[str, Any]:
    fit = alt.AutoSizeParams(type="fit", contains="padding")
    built: dict[str, Any] = (
        chart.properties(height=height, autosize=fit)
        .configure(
            background="transparent",
            font="sans-serif",
            padding=dict(padding),
            view={"stroke": None},
            axis=_axes(paint),
            axisQuantitative={"grid": True, "tickCount": 5},
            bar={"cornerRadius": 2},
            rule={"color": paint("muted")},
            text={"color": paint("ink"), "fontSize": 12},
        )
        .to_dict()
    )
    return built


def _axes(paint: Token) -> dict[str, Any]:
    colours = {"labelColor": paint("muted"), "gridColor": paint("line")}
    return colours | {
        "labelFontSize": 12,
        "labelPadding": 6,
        "title": None,
        "ticks": False,
        "domain": False,
        "grid": False,
    }


def ranked_bars(paint: Token, links: Mapping[str, Any]) -> Any:
    """A bar per row in the rows' order, its number beside it: composition, funnel, top clients, concentration."""
    named = alt.Y("name:N", sort=None, axis=alt.Axis(labelColor=paint("ink"), labelFontSize=13))
    base = alt.Chart(ROWS).encode(y=named, x=alt.X("clients:Q", axis=None))
    number = base.mark_text(align="left", dx=6, fontWeight=600, aria=False).encode(text="clients_text:N")
    return base.mark_bar(height=22).encode(color=SEG, **links) + number


def stacked_months(_paint: Token, links: Mapping[str, Any]) -> Any:
    """A stack per period in the order of the ladder; an unfinished period is faded and dashed."""
    # Stacked here and not by the y channel, which gives both ends of a bar the same offset.
    ladder, ends = alt.SortField("rank", "ascending"), (alt.ExprRef(GAP), alt.ExprRef(f"-{GAP}"))
    return (
        alt.Chart(ROWS)
        .transform_filter("datum.clients > 0")
        .transform_stack(stack="clients", groupby=["month"], sort=[ladder], as_=["below", "above"])
        .mark_bar(width={"band": 0.86}, cornerRadius=0, yOffset=ends[0], y2Offset=ends[1])
        .encode(
            x=alt.X("month:O", axis=alt.Axis(labelExpr=MONTH, labelOverlap=True, labelAngle=0)),
            y=alt.Y("above:Q", scale=alt.Scale(zero=True)),
            y2="below:Q",
            color=SEG,
            fillOpacity=alt.condition("datum.unfinished", alt.value(0.35), alt.value(1)),
            stroke=alt.Stroke("colour:N", scale=None, legend=None),
            strokeDash=alt.value([3, 2]),
            strokeWidth=alt.condition("datum.unfinished", alt.value(1.5), alt.value(0)),
            **links,
        )
    )


def stacked_days(paint: Token, links: Mapping[str, Any]) -> Any:
    """The same with days written out, for weeks and days, of which several fall into one month."""
    return stacked_months(paint, links).encode(
        x=alt.X("month:O", axis=alt.Axis(labelExpr=DAY, labelOverlap=True, labelAngle=0))
    )


def grid(paint: Token, links: Mapping[str, Any]) -> Any:
    """A cell per row, tinted by its share, the diagonal (`stayed`) in grey: RFM, moves, cohorts, cross-tables.

    A cell that is not finished has a dashed edge.
    """
    across = alt.X("x:N", sort=alt.EncodingSortField("x_rank", op="min"), axis=_steps(paint, "top"))
    down = alt.Y("y:N", sort=alt.EncodingSortField("y_rank", op="min"), axis=alt.Axis(labelColor=paint("ink")))
    base = alt.Chart(ROWS).encode(x=across, y=down)
    cell = base.mark_rect(cornerRadius=3, stroke=paint("surface"), strokeWidth=3).encode(
        fill=alt.condition("datum.stayed", alt.value(paint("line")), alt.value(paint("accent"))),
        fillOpacity=alt.condition("datum.stayed", alt.value(1), _tint()),
        **links,
    )
    unfinished = base.transform_filter("datum.unfinished").mark_rect(
        cornerRadius=3, fill=None, stroke=paint("muted"), strokeDash=[3, 2], strokeWidth=1.5, aria=False
    )
    return cell + unfinished + base.mark_text(fontWeight=600, aria=False).encode(text="text:N")


def _steps(paint: Token, orient: Literal["top", "bottom"]) -> alt.Axis:
    """Names along the x axis: level where a column is as wide as a word or the names are short, else upright."""
    upright = "bandwidth('x') < 62 && length(join(domain('x'), '')) > 3 * length(domain('x'))"
    return alt.Axis(
        orient=orient,
        labelAngle=alt.ExprRef(f"{upright} ? -90 : 0"),
        labelAlign=alt.ExprRef(f"{upright} ? '{'left' if orient == 'top' else 'right'}' : 'center'"),
        labelBaseline=alt.ExprRef(f"{upright} ? 'middle' : '{'bottom' if orient == 'top' else 'top'}'"),
        labelLimit=alt.ExprRef(f"{upright} ? 110 : 1.1 * bandwidth('x')"),
        labelColor=paint("ink"),
        labelFontSize=11,
    )


def _tint() -> alt.FillOpacity:
    return alt.FillOpacity("share:Q", scale=alt.Scale(domain=[0, 1], range=list(TINTS)), legend=None)


def bridge(paint: Token, links: Mapping[str, Any]) -> Any:
    """A bar per step from one level to the next, joined by dashed rules. Level bars begin at the lowest value drawn."""
    # One x for all layers: other sorts or fields silently break the shared axis.
    across = alt.X("step:N", sort=None, axis=_steps(paint, "bottom"))
    tall: dict[str, Any] = {"scale": alt.Scale(zero=False, nice=False), "axis": None}
    base = alt.Chart(ROWS).encode(x=across)
    joint = base.mark_rule(strokeDash=[2, 2], aria=False).encode(y=alt.Y("to:Q", **tall), x2="after:N")
    bars = base.mark_bar(width={"band": 0.7}).encode(y=alt.Y("from:Q", **tall), y2="to:Q", color=SEG, **links)
    text = base.mark_text(dy=-8, fontWeight=600, aria=False).encode(y=alt.Y("top:Q", **tall), text="text:N")
    return joint + bars + text


def curve(paint: Token, links: Mapping[str, Any]) -> Any:
    """A share that falls or rises in steps; every step speaks for itself, a point stands out with its text."""
    axis = alt.Axis(grid=False, tickCount=8, tickMinStep=1, format=",d")
    across = alt.X("x:Q", scale=alt.Scale(zero=True, nice=False), axis=axis)
    down = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%"))
    base = alt.Chart(ROWS).encode(x=across, y=down)
    steps = base.transform_filter("datum.kind == 'step'")
    line = steps.mark_line(interpolate="step-after", color=paint("accent"), strokeWidth=2, aria=False)
    # The marks are to be heard and met with a pointer: the line alone is to be seen.
    marks = steps.mark_point(filled=True, size=60, opacity=0, color=paint("accent")).encode(**links)
    points = base.transform_filter("datum.kind == 'point'")
    ring = points.mark_point(size=70, strokeWidth=2, opacity=1, color=paint("ink"), fill=paint("surface"))
    side = alt.ExprRef("datum.x > 0.9 * domain('x')[1] ? 'right' : 'left'")
    aside = alt.ExprRef("datum.below ? 16 : -9")
    text = points.mark_text(align=side, dx=9, dy=aside, fontWeight=600, aria=False).encode(text="text:N")
    return line + marks + ring.encode(**links) + text


def strip(paint: Token, links: Mapping[str, Any]) -> Any:
    """One client: segments as a ribbon, invoices as pins above it, planned ones hollow, the day as a line; below it
    the band (`usual`) and the day (`next`) of the purchase that its own rhythm expects.
    """
    at = alt.X("from_on:T", scale=alt.Scale(type="utc"), axis=alt.Axis(format="%b %y", tickCount=8, labelOverlap=True))
    rows = alt.Chart(ROWS).encode(x=at)
    spans = rows.transform_filter("datum.kind == 'segment'")
    ribbon = spans.mark_bar(height=18, cornerRadius=0, xOffset=1, x2Offset=-1).encode(
        x2="until_on:T",
        y=alt.value(70),
        color=SEG,
        **links,
        opacity=alt.condition("datum.expected", alt.value(0.4), alt.value(1)),
    )
    day = rows.transform_filter("datum.kind == 'day'").mark_rule(color=paint("accent"), strokeWidth=2, aria=False)
    day = day.encode(y=alt.value(8), y2=alt.value(84))  # not through the words below
    return ribbon + _pins(rows.transform_filter("datum.kind == 'invoice'"), paint, links) + _rhythm(rows, paint) + day


def _rhythm(rows: Any, paint: Token) -> Any:
    band = rows.transform_filter("datum.kind == 'usual'").mark_bar(height=8, color=paint("muted"), opacity=0.5)
    due = rows.transform_filter("datum.kind == 'next'")
    tick = due.mark_rule(strokeWidth=2, color=paint("ink")).encode(y=alt.value(89), y2=alt.value(103))
    # The words stand before the mark, where the past is; at the beginning of a strip there is only room behind it.
    room = "scale('x', toDate(datum.from_on)) > 210"
    wide = "scale('x', toDate(datum.until_on)) - scale('x', toDate(datum.from_on))"
    side, aside = alt.ExprRef(f"{room} ? 'right' : 'left'"), alt.ExprRef(f"{room} ? -6 : 6 + {wide}")
    text = due.mark_text(align=side, dx=aside, fontSize=11, aria=False)
    at = alt.value(96)
    return (
        band.encode(x2="until_on:T", y=at, description=SPOKEN)
        + tick.encode(description=SPOKEN)
        + text.encode(y=at, text="text:N")
    )


def _pins(invoices: Any, paint: Token, links: Mapping[str, Any]) -> Any:
    ink = paint("ink")
    stems = invoices.mark_rule(strokeWidth=1.5, color=ink, aria=False).encode(y=alt.value(30), y2=alt.value(56))
    heads = invoices.mark_point(color=ink, strokeWidth=2, opacity=1).encode(
        y=alt.value(30),
        size=alt.Size("amount:Q", legend=None, scale=alt.Scale(range=[30, 160])),
        fill=alt.condition("datum.planned", alt.value(paint("surface")), alt.value(ink)),
        **links,
    )
    return stems + heads


Builder = Callable[[Token, Mapping[str, Any]], Any]
BUILDERS: Mapping[str, tuple[Builder, int]] = {
    "ranked_bars": (ranked_bars, 260),
    "stacked_months": (stacked_months, 260),
    "stacked_days": (stacked_days, 260),
    "grid": (grid, 320),
    "bridge": (bridge, 260),
    "curve": (curve, 260),
    "strip": (strip, 110),
}
