"""What is asked before a decision is made? One form per verb."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cartera.app.workspace.deciding.typed import MOST_TIMES
from cartera.tongue import say, text
from cartera.web.pages.do.fields import Amount, Choice, Coming, Count, Day, Past, Words
from cartera.words import REASONS

WHY = {"": "", **REASONS}
EVERY = {
    "": text("Once"),
    "month": text("Every month"),
    "quarter": text("Every quarter"),
    "year": text("Every year"),
}
WAYS = {
    "call": text("Call"),
    "e-mail": text("E-mail"),
    "meeting": text("Meeting"),
    "chat": text("Chat"),
    "visit": text("Visit"),
}
SIDES = {"": "", "out": text("We contacted them"), "in": text("They contacted us")}
LIKE = {"": text("As written below"), "last-year": text("Like last year: every invoice of the last twelve months")}


class Act(forms.Form):
    """What every form carries. request_id: the same when it is sent again. version: of the facts that were seen.

    today: the day it is in the workspace.
    """

    request_id = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.use_required_attribute = False
        for field in self.fields.values():
            if isinstance(field, Coming | Past):
                field.today = today


class Plan(Act):
    """An invoice to come, a series of them, or all of last year again."""

    like = Choice(text("Plan"), LIKE)
    day = Coming(text("Day of the invoice"))
    amount = Amount(text("Amount"))
    every = Choice(text("Repeat"), EVERY)
    times = Count(text("How many in all"), most=MOST_TIMES)
    note = Words(text("Note"))

    def clean(self) -> dict[str, Any]:
        """A day and an amount, and how many where it repeats."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("like"):
            return told
        for name in ("day", "amount"):
            if told.get(name) is None and name not in self.errors:
                self.add_error(name, say("This is needed."))
        if told.get("every") and not told.get("times") and "times" not in self.errors:
            self.add_error("times", say("Say how many invoices the series has."))
        return told


class Move(Act):
    """Another day for a plan."""

    day = Coming(text("New day"), needed=True)


class Drop(Act):
    """Why a plan is dropped."""

    note = Words(text("Why"))


class Match(Act):
    """The invoice that kept a plan."""

    invoice = Words(text("Invoice number"), needed=True)


class Lost(Act):
    """Why a client was lost, and when to look again."""

    reason = Choice(text("Reason"), WHY, context="reason")
    note = Words(text("Note"), is_long=True)
    review = Coming(text("Look again on"), hint=text("On this day the client is shown again."))


class Cancelled(Act):
    """Why a client that never bought is given up."""

    reason = Choice(text("Reason"), WHY, context="reason")
    note = Words(text("Note"), is_long=True)


class Reactivate(Act):
    """Why a mark is lifted."""

    note = Words(text("Note"), is_long=True)


class Note(Act):
    """What is to be remembered."""

    text = Words(text("Note"), needed=True, is_long=True)


class Log(Act):
    """How and when somebody spoke with the client."""

    channel = Choice(text("How"), WAYS, needed=True)
    direction = Choice(text("Who"), SIDES)
    on = Past(text("When"), needed=True)
    about = Words(text("About"), is_long=True)


class Contact(Act):
    """A person at the client."""

    name = Words(text("Name"), needed=True)
    role = Words(text("Role"))
    email = Words(text("E-mail"))
    phone = Words(text("Phone"))
    preferred_channel = Choice(text("Prefers"), {"": "", **WAYS})
    consent = Words(text("Consent"), hint=text("What the person agreed to, and when."))


class Assign(Act):
    """Whose client it is."""

    rep = Words(text("Sales rep"), hint=text("Leave it empty for nobody."))
    since = Day(text("From"), needed=True)


class Step(Act):
    """When to come back to a client, and what to do then."""

    day = Coming(text("On"), needed=True)
    text = Words(text("What"))


class Meeting(Act):
    """The day of a meeting."""

    day = Coming(text("On"), needed=True)


class Bare(Act):
    """Nothing more is asked."""
