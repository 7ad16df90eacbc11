"""Writing rules down, putting them in force, throwing drafts away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from cartera.app.workspace.steering import discard, draft, publish
from cartera.errors import InputError
from cartera.tongue import say
from cartera.web import frame
from cartera.web.pages.rules.tried import tried

if TYPE_CHECKING:
    from cartera.web.door import Visit

LARGEST = 20_000  # bytes of a file of rules


def save_draft(visit: Visit) -> HttpResponse:
    """To the draft, which decides nothing yet."""
    given = visit.request.POST
    made = draft(
        visit.scope, visit.desk.book, tried(visit, given.dict()), name=given.get("name", ""), by=visit.by,
        user=visit.user.pk, is_shared="shared" in given,
    )  # fmt: skip
    return shown(visit, made.key)


def upload(visit: Visit) -> HttpResponse:
    """To the draft that a file of rules makes. PolicyError: what is wrong in it, with its line."""
    from cartera.portfolio.policy import read_policy

    sent = visit.request.FILES.get("file")
    if sent is None or sent.size > LARGEST:
        raise InputError(
            say("there is no file of rules, or it is too large."), where="file", fix=say("Choose a .toml file.")
        )
    try:
        written = sent.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            say("{name} is no text.", name=sent.name), where="file", fix=say("Save it as UTF-8.")
        ) from None
    rules = read_policy(written, str(sent.name))
    name = visit.request.POST.get("name") or str(sent.name).removesuffix(".toml")
    return shown(visit, draft(visit.scope, visit.desk.book, rules, name=name, by=visit.by, user=visit.user.pk).key)


def publish_version(visit: Visit) -> HttpResponse:
    """To the rules, with others in force."""
    given = visit.request.POST
    publish(
        visit.scope, visit.desk.book, given.get("key", ""), note=given.get("note", ""), by=visit.by, user=visit.user.pk
    )
    return HttpResponseRedirect(f"/{visit.word}/rules")


def discard_draft(visit: Visit) -> HttpResponse:
    """To the rules, without the draft."""
    discard(visit.scope, visit.desk.book, visit.request.POST.get("key", ""), by=visit.by, user=visit.user.pk)
    return HttpResponseRedirect(f"/{visit.word}/rules")


def shown(visit: Visit, key: str) -> HttpResponse:
    """To a version beside the rules in force."""
    return HttpResponseRedirect(frame.address(visit, "rules", asked=visit.asked.but(policy=key, more={})))
