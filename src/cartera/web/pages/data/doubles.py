"""Which clients could be one? A person links them, which can be undone, or says that they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse

from cartera.app.workspace.deciding.sending import Told
from cartera.app.workspace.identity.link import link_different, link_same
from cartera.tongue import say, say_many
from cartera.web import frame
from cartera.web.acts import new_id
from cartera.web.pages.data.counts import pairs
from cartera.web.pages.data.saying import UNDATED
from cartera.web.pages.data.sent import sent

if TYPE_CHECKING:
    from cartera.web.door import Visit

SAME, DIFFERENT = "same", "different"
SHOWN = 50


def page(visit: Visit) -> HttpResponse:
    """The pairs, the likeliest first."""
    found = pairs(visit)
    context: dict[str, Any] = {
        **UNDATED, "sentence": sentence(len(found)), "left": max(0, len(found) - SHOWN),
        "data": frame.address(visit, "data"),
        "same": frame.address(visit, "data/doubles/same"), "different": frame.address(visit, "data/doubles/different"),
        "pairs": [{"it": one, "request_id": new_id(), "first": _client(visit, one.first),
                   "second": _client(visit, one.second)} for one in found[:SHOWN]],
    }  # fmt: skip
    return frame.page(visit, "data/doubles.html", context)


def sentence(count: int) -> str:
    """How many pairs there are."""
    if not count:
        return say("No clients look like one.")
    return say_many(
        "{count} pair of clients looks like one. Nothing is linked by itself.",
        "{count} pairs of clients look like one. Nothing is linked by itself.",
        count=count,
    )


def _client(visit: Visit, client_id: str) -> str:
    return frame.address(visit, f"clients/{client_id}")


def told(visit: Visit, verb: str) -> HttpResponse:
    """What a person says of a pair. Http404: neither of both."""
    if verb not in (SAME, DIFFERENT):
        raise Http404
    one, other = visit.request.POST.get("first", ""), visit.request.POST.get("second", "")

    def do() -> Told:
        """The link, or that there is none."""
        made = link_same if verb == SAME else link_different
        number, said = made(visit.scope, visit.desk.book, one, other, by=visit.by)
        return Told(number, f"{said}.")

    return sent(visit, do, frame.address(visit, "data/doubles"))
