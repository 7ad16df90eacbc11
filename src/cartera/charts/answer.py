"""How does an answer become a picture? Its view names the kind and makes the rows; colour and frame come here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cartera.charts.frame import MARGIN, Frame, Swatch, framed
from cartera.charts.job import Job, drawn
from cartera.charts.rows import LADDER, Row, drawable, segment_of
from cartera.charts.tokens import Mode, Token, token
from cartera.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from cartera.views.view import Answer

WIDTH = 720
NARROW, WIDE = 480, 960  # pixels across up to which a picture is low, and from which it is high
NARROW_HEIGHT, WIDE_HEIGHT = 220, 320


def picture(answer: Answer, rows: list[dict[str, Any]], *, mode: Mode = "light", width: int = WIDTH) -> str:
    """An answer as SVG text, `width` pixels wide. `rows`: what the view's own picture made of the answer's rows.

    Modes light and dark give a file that stands alone: title, sentence and legend inside, no links. Mode page gives the
    marks alone, coloured by CSS variables, each a link where its row has an `href` under `rows.HOST`.
    InputError: the view has no picture.
    """
    if mode == "page":
        return drawn(job(answer, rows, width=width))
    inside = job(answer, rows, mode=mode, width=width - 2 * MARGIN)
    paint = token(mode)
    return framed(drawn(inside), _frame(answer, _kind(answer), inside.rows, paint), paint, width)


def job(
    answer: Answer, rows: list[dict[str, Any]], *, mode: Mode = "page", width: int = WIDTH, name: str | None = None
) -> Job:
    """The marks of an answer's picture as a job for `pool.Pool.draw`. name: what its ids begin with, else the view's.

    InputError: the view has no picture. ValueError: a row lacks a field.
    """
    kind = _kind(answer)
    filled = drawable(kind, rows, token(mode))
    builder = "stacked_days" if kind == "stacked_months" and _several_a_month(filled) else kind
    height = _height(kind, filled, width)
    return Job(builder, mode, width, answer.view.question, filled, name or answer.view.name, height)


def legend(answer: Answer, rows: list[dict[str, Any]], mode: Mode = "page") -> list[Swatch]:
    """What the colours and edges of the picture mean, for the page to say it; nothing where every bar has its name."""
    paint = token(mode)
    return _legend(_kind(answer), drawable(_kind(answer), rows, paint), paint)


def foot(answer: Answer, rows: list[dict[str, Any]]) -> str:
    """What a reader must know to read the marks, such as where bars begin; nothing where there is nothing to say."""
    return _foot(_kind(answer), drawable(_kind(answer), rows, token("page")))


def _kind(answer: Answer) -> str:
    if answer.view.picture is None:
        raise InputError(f"the view {answer.view.name!r} has no picture.", fix="Ask for a table: --format table.")
    return answer.view.picture.kind


def _several_a_month(rows: Iterable[Row]) -> bool:
    periods = {row["month"] for row in rows}
    return len({period[:7] for period in periods}) < len(periods)


def _height(kind: str, rows: Sequence[Row], width: int) -> float | None:
    """Kinds that grow with their rows get their height here; the others keep the builder's, unless there is little
    room across, or much.
    """
    if kind == "ranked_bars":
        return max(1, len(rows)) * 30
    if kind == "grid":
        return max(1, len({row["y"] for row in rows})) * 44 + 26
    if kind == "strip":
        return 130 if any(row["is_usual"] for row in rows) else None
    return NARROW_HEIGHT if width <= NARROW else WIDE_HEIGHT if width >= WIDE else None


def _frame(answer: Answer, kind: str, rows: Sequence[Row], paint: Token) -> Frame:
    view, query = answer.view, answer.query
    days = f"{_day(query.since)} to {_day(query.day)}" if query.since else _day(query.day)
    foot = " · ".join(part for part in (days, _foot(kind, rows)) if part)
    return Frame(view.name, view.question, answer.sentence, _legend(kind, rows, paint), foot)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _foot(kind: str, rows: Sequence[Row]) -> str:
    across = next((f"across: {row['across']}" for row in rows if row.get("across")), "")
    if across:
        return across
    low = min((min(row["from"], row["to"]) for row in rows), default=0) if kind == "bridge" else 0
    return f"bars start at {low:,.0f}" if low else ""


def _legend(kind: str, rows: Sequence[Row], paint: Token) -> list[Swatch]:
    if kind == "grid":
        return [entry for field, entry in _states(paint) if field == "unfinished" and any(row[field] for row in rows)]
    if kind not in ("stacked_months", "strip"):
        return []
    told = {(segment, row["colour"]) for row in rows if (segment := segment_of(row)) and row.get("clients") != 0}
    groups = {row["group"]: row["colour"] for row in rows if row.get("group")}
    ladder = [Swatch(name, fill, fill) for name, fill in sorted(groups.items())]
    ladder += [Swatch(s.label, fill, fill) for s, fill in sorted(told, key=lambda pair: LADDER[pair[0]])]
    return ladder + [entry for field, entry in _states(paint) if any(row.get(field) for row in rows)]


def _states(paint: Token) -> tuple[tuple[str, Swatch], ...]:
    muted = paint("muted")
    return (
        ("unfinished", Swatch("Not finished yet", muted, muted, dashed=True)),
        ("expected", Swatch("Expected if nobody acts", muted, muted, faded=True)),
        ("is_day", Swatch("The day", paint("accent"), paint("accent"))),
        ("planned", Swatch("Planned invoice", None, paint("ink"))),
        ("is_usual", Swatch("Next purchase by its own rhythm", muted, muted, faded=True)),
    )
