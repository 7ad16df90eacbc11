"""How is something done once that a form of the data pages sends, and told on the next page?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from cartera.app.workspace.deciding.sending import Sending, once
from cartera.web.acts import keep_toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartera.app.workspace.deciding.sending import Told
    from cartera.web.door import Visit


def sent(visit: Visit, do: Callable[[], Told], to: str) -> HttpResponse:
    """What `do` did, told by a toast on the page `to`; sent twice it is done once."""
    sending = Sending(visit.request.POST.get("request_id", ""), visit.user.pk, visit.by)
    told = once(visit.desk.book, sending, do)
    keep_toast(visit, told.text, told.change)
    if visit.request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
