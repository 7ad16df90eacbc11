"""Do the standard windows fit these clients? Told once after the first import; the standard stays unless changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect

from cartera.app.workspace.fitting import adopt, proposed
from cartera.tongue import say, say_many
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.pages.data import saying
from cartera.words import segment_said

if TYPE_CHECKING:
    from cartera.web.door import Visit


def page(visit: Visit) -> HttpResponse:
    """Both sets of windows, with the clients that each puts into every segment."""
    answer = ask(visit, "windows")
    wanted = proposed(visit.desk.book, answer)
    rows = [row | {"said": saying.window(row["number"])} for row in answer.rows.to_pylist()]
    context: dict[str, Any] = {
        "sentence": sentence(rows) if wanted is not None else answer.sentence, "is_proposed": wanted is not None,
        "counts": counts(visit, wanted) if wanted is not None else [], "portfolio": frame.address(visit, "portfolio"),
        "choose": frame.address(visit, "data/windows/choose"), "rows": rows, "may": visit.scope.allows("settings"),
    }  # fmt: skip
    return frame.page(visit, "data/windows.html", context)


def sentence(rows: list[dict[str, Any]]) -> str:
    """The rhythm of the clients, the windows that fit it, and those in force."""
    median, limit = round(rows[0]["median_gap_days"]), round(rows[0]["limit_gap_days"])
    told = say_many(
        "Your clients buy every {count} day in the middle; 9 of 10 gaps end by {limit} days.",
        "Your clients buy every {count} days in the middle; 9 of 10 gaps end by {limit} days.",
        count=median, limit=limit,
    )  # fmt: skip
    suggested, standard = ("/".join(str(row[name]) for row in rows[:3]) for name in ("proposed", "current"))
    return say(
        "{rhythm} Suggested windows: {suggested}. Keep the standard, {standard}?",
        rhythm=told, suggested=suggested, standard=standard,
    )  # fmt: skip


def counts(visit: Visit, wanted: Any) -> list[dict[str, Any]]:
    """Per segment its clients under the windows in force and under the proposed ones."""
    now, then = _clients(visit), _clients(visit, policy=wanted)
    return [{"segment": segment_said(one), "id": one, "now": now.get(one, 0), "then": then.get(one, 0)} for one in now]


def _clients(visit: Visit, **changes: Any) -> dict[str, int]:
    rows = ask(visit, "composition", where=(), **changes).rows
    return dict(zip(rows.column("segment").to_pylist(), rows.column("client_count").to_pylist(), strict=True))


def chosen(visit: Visit) -> HttpResponse:
    """The windows that were chosen are in force; on to the portfolio."""
    if visit.request.POST.get("windows") == "proposed":
        adopt(visit.scope, visit.desk.book, ask(visit, "windows"), by=visit.by)
    return HttpResponseRedirect(frame.address(visit, "portfolio"))
