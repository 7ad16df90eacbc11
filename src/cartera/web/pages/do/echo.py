"""What was understood? A day or an amount that was typed, said back in words while the form is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import ValidationError
from django.http import HttpResponse
from django.utils.html import escape

from cartera.tongue import money
from cartera.web.pages.do.fields import Amount, Day
from cartera.web.pages.do.saying import long

if TYPE_CHECKING:
    from cartera.web.door import Visit

DAYS = ("day", "on", "since", "review", "date")


def page(visit: Visit) -> HttpResponse:
    """The text for the one field that is sent; nothing for an empty one, what is wrong for one that is none."""
    for name, typed in visit.request.GET.items():
        if name in DAYS or name == "amount":
            return HttpResponse(escape(said(name, typed)))
    return HttpResponse("")


def said(name: str, typed: str) -> str:
    """3 Dec 2026, Thursday; 1,234.56."""
    try:
        if name == "amount":
            amount = Amount("").to_python(typed)
            return "" if amount is None else money(amount, places=2)
        day = Day("").to_python(typed)
        return "" if day is None else long(day)
    except ValidationError as problem:
        return str(problem.messages[0])
