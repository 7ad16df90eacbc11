"""What happens when somebody comes in or goes? A new sign-in with its browser and address, and a line of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import authenticate, login, logout

from cartera.app.clock import now
from cartera.app.workspace.access import failures
from cartera.app.workspace.access.told import tell_everywhere
from cartera.web.accounts.browsers import browser_said
from cartera.web.site import served

if TYPE_CHECKING:
    from django.http import HttpRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"
SIGN_IN, SIGN_OUT = "sign_in", "sign_out"


def enter(request: HttpRequest, user: Any) -> None:
    """Sign the person in, under a key that nobody knew before."""
    site = served()
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session["browser"] = browser_said(request.headers.get("User-Agent", ""))
    request.session["address"] = address_of(request)
    _forget_old(site.alias)
    tell_everywhere(site.alias, site.key, user, SIGN_IN, address=address_of(request))


def leave(request: HttpRequest) -> None:
    """Sign the person out: a copy of the cookie is worth nothing from now on."""
    site, user = served(), request.user
    if user.is_authenticated:
        tell_everywhere(site.alias, site.key, user, SIGN_OUT)
    logout(request)


def checked(request: HttpRequest, email: str, password: str) -> tuple[Any, int]:
    """The person whose address and password these are, else None; and seconds to wait before they are looked at.

    Whether there is such an account makes no difference to the answer nor to how long it takes.
    """
    site = served()
    whom = failures.account(email), failures.network(address_of(request))
    wait = failures.claim(site.alias, site.secret, whom, at=now())
    if wait:
        return None, wait
    user = authenticate(request, username=email, password=password)
    if user is not None:
        failures.forget(site.alias, site.secret, whom)
    return user, 0


def address_of(request: HttpRequest) -> str:
    """The network address from which the request came; of the proxy's client where a proxy is trusted."""
    return str(request.META.get("REMOTE_ADDR") or "")


def _forget_old(alias: str) -> None:
    from cartera.ledger.models import SignIn

    SignIn.objects.using(alias).filter(expire_date__lte=now()).delete()
