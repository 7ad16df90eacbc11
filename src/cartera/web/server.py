"""How does the app run? One process: Django behind waitress, with our files in front; nothing else to install."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cartera.errors import CarteraError
from cartera.web.safe import refuse_unsafe

THREADS = 8
FOREVER = 365 * 24 * 3600
PROXY = "127.0.0.1"  # where one is expected unless told otherwise


def run(
    text: str,
    *,
    host: str,
    port: int,
    url: str = "",
    proxy: str = "",
    is_demo: bool = False,
    told: Callable[[str], object] = print,
) -> None:
    """Serve the workspaces of a folder or database until it is stopped. told: is given the address to open.

    proxy: the address of the one that may say for whom it asks. CarteraError: there is no workspace, the port is taken,
    or it would be open to others.
    """
    import waitress

    from cartera.app.workspace.place import server_key

    refuse_unsafe(host=host, url=url, key=server_key(text)[0])
    with TemporaryDirectory(prefix="cartera-static-") as folder:
        app = application(text, url=url, hosts=hosts(host, url), static=Path(folder), is_demo=is_demo)
        try:
            server = waitress.create_server(app, host=host, port=port, threads=THREADS, **behind(url, proxy))
        except OSError as problem:
            raise CarteraError(
                f"port {port} of {host} cannot be used: {problem.strerror}.", fix=f"Name another: --port {port + 1}."
            ) from None
        begin_drawing()
        begin_ticking()
        told(opening(url or f"http://{host}:{getattr(server, 'effective_port', port)}"))
        try:
            server.run()
        finally:
            server.close()


def behind(url: str, proxy: str) -> dict[str, Any]:
    """How the server listens: behind a proxy as if people had reached it themselves; it does not say what it is."""
    own = {"ident": None, "clear_untrusted_proxy_headers": True}
    if not url:
        return own
    trusted = {"trusted_proxy": proxy or PROXY, "trusted_proxy_count": 1, "trusted_proxy_headers": "x-forwarded-for"}
    return own | trusted | {"url_scheme": url.partition("://")[0]}


def begin_drawing() -> None:
    """Start who draws pictures, so that nobody waits for it later."""
    from cartera.web.pictures import pool

    pool().begin()


def begin_ticking() -> None:
    """Start who makes large files and does other work that pages do not wait for."""
    from cartera.web.ticking import begin

    begin()


def application(
    text: str, *, url: str = "", hosts: tuple[str, ...], static: Path, is_demo: bool = False
) -> Callable[..., Any]:
    """The whole app as WSGI. static: a folder for the files that browsers load."""
    set_up(url=url, hosts=hosts)
    from django.core.handlers.wsgi import WSGIHandler
    from whitenoise import WhiteNoise

    from cartera.web.assets import laid
    from cartera.web.site import serve, site_at

    serve(site_at(text, url=url, is_demo=is_demo))
    laid(static)
    return WhiteNoise(WSGIHandler(), root=static, prefix="/static/", max_age=FOREVER, immutable_file_test=_always)


def set_up(*, url: str = "", hosts: tuple[str, ...] = ()) -> None:
    """Django with everything that the app needs; before any ledger is opened in this process.

    What signs cookies comes with the site that is served.
    """
    from cartera.ledger import database
    from cartera.web.settings import settings

    database.configure(**settings(secrets.token_hex(), url=url, hosts=hosts))


def hosts(host: str, url: str) -> tuple[str, ...]:
    """The names under which the server answers: this machine's, and that of its public address."""
    from urllib.parse import urlsplit

    from cartera.web.settings import LOCAL

    named = urlsplit(url).hostname if url else None
    return tuple(dict.fromkeys(one for one in (*LOCAL, host, named) if one and one != "0.0.0.0"))  # noqa: S104 - no name


def opening(base: str) -> str:
    """The address to open: a one-time link while nobody owns anything here."""
    from cartera.web.accounts import first
    from cartera.web.site import served

    site = served()
    if site.is_demo:
        if not first.has_owner(site):
            first.own(site, first.DEMO_EMAIL, "", None)
        return base + first.link(first.ENTER)
    return base + ("" if first.has_owner(site) else first.link(first.WELCOME))


def _always(_path: str, _url: str) -> bool:
    return True
