"""A workspace that is served to be measured, its owner signed in: python -m benchmarks.serving FOLDER says where."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

THREADS = 8


def main(folder: Path) -> None:
    """Serve until stopped; the first line is JSON: host, port, the workspace's word, the cookie of the sign-in."""
    from cartera.cli.light import start_light

    start_light()  # as the command does
    import waitress

    from cartera.web.accounts import first
    from cartera.web.server import application
    from cartera.web.site import served

    with TemporaryDirectory() as static:
        app = application(str(folder), hosts=("127.0.0.1",), static=Path(static))
        site = served()
        if not first.has_owner(site):
            first.own(site, "owner@bench.example", "Owner", None)
        server = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS)
        word = next(iter(site.workspaces()))
        print(json.dumps({"port": server.effective_port, "word": word, "cookie": cookie()}), flush=True)
        server.run()


def cookie() -> str:
    """The header with which the owner's requests come."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from cartera.ledger.models import User
    from cartera.web.accounts.entering import BACKEND
    from cartera.web.sessions import SessionStore
    from cartera.web.site import served

    owner = User.objects.using(served().alias).get(email="owner@bench.example")
    kept = SessionStore()
    kept.update({SESSION_KEY: str(owner.pk), BACKEND_SESSION_KEY: BACKEND})
    kept[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    kept.create()
    return f"{settings.SESSION_COOKIE_NAME}={kept.session_key}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
