"""A sample company that is served, with people signed in: python -m tests.web.browser.serving FOLDER [KIND] says where.

A process of its own, so that one test run can hold several sites, each with its clock and connections.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

REP, OTHER = "Ana Duarte", "Colm Brady"
PEOPLE = {
    "owner": ("Olga Reis", "owner", "all", ""),
    "manager": ("Mario Costa", "manager", "all", ""),
    "rep": (REP, "rep", "own", REP),
    "other_rep": (OTHER, "rep", "own", OTHER),
    "viewer": ("Vera Lang", "viewer", "all", ""),
}
THREADS, EMPTY = 8, "empty"


def made(folder: Path, kind: str = "services") -> None:
    """A new folder with the sample company of a kind, or one of which nothing is known yet, and its people."""
    from cartera.app.scope import EVERYTHING
    from cartera.app.workspace.sample import sample
    from cartera.app.workspace.start import start
    from cartera.ledger.database import disconnect
    from cartera.ledger.models import Membership, User

    if kind == EMPTY:
        book = start(EVERYTHING, str(folder), name="Acme", currency="EUR", time_zone="UTC")
    else:
        book = sample(EVERYTHING, str(folder), kind, day=date.today())  # noqa: DTZ011
    for who, (name, role, sees, rep) in PEOPLE.items():
        user = User.objects.db_manager(book.alias).create_user(f"{who}@acme.example", None, name=name)
        Membership.objects.using(book.alias).create(
            workspace_id=book.workspace_id, user=user, role=role, sees=sees, rep=rep
        )
    disconnect(book.alias)


def keys() -> dict[str, str]:
    """Person -> the cookie with which a browser is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from cartera.ledger.models import User
    from cartera.web.accounts.entering import BACKEND
    from cartera.web.sessions import SessionStore
    from cartera.web.site import served

    found = {}
    for who in PEOPLE:
        user = User.objects.using(served().alias).get(email=f"{who}@acme.example")
        kept = SessionStore()
        kept.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND})
        kept[HASH_SESSION_KEY] = user.get_session_auth_hash()
        kept.create()
        found[who] = kept.session_key
    return found


def told(server: Any) -> dict[str, Any]:
    """Where the site is, and what a visitor needs."""
    from django.conf import settings

    from cartera.web.site import served

    word = next(iter(served().workspaces()))
    base = f"http://127.0.0.1:{server.effective_port}"
    return {"base": base, "word": word, "cookie": settings.SESSION_COOKIE_NAME, "keys": keys()}


def main(folder: Path, *kind: str) -> None:
    """Serve until stopped; the folder is made where there is none."""
    import waitress

    from cartera.web.server import application, set_up

    set_up(hosts=("127.0.0.1",))
    if not folder.exists():
        made(folder, *kind)
    with TemporaryDirectory(prefix="cartera-static-") as static:
        app = application(str(folder), hosts=("127.0.0.1",), static=Path(static))
        server = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS)
        print(json.dumps(told(server)), flush=True)
        server.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
