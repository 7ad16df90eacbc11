"""The command `serve`: the app in a browser, for one workspace or for all of a database."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cartera.cli.options import option

APP = "The app"
PORT, LOCAL = 8765, "127.0.0.1"
Port = Annotated[int, option("--port", panel=APP, metavar="PORT", text="Where it listens; 0 takes a free one.")]
Host = Annotated[str, option("--host", panel=APP, metavar="HOST", text="127.0.0.1 is this computer alone.")]
Url = Annotated[
    str | None,
    option("--url", panel=APP, metavar="URL", text="The address people type, behind a proxy; else CARTERA_URL."),
]
Proxy = Annotated[
    str | None,
    option(
        "--proxy", panel=APP, metavar="ADDRESS", text="The proxy that says who asks; else CARTERA_PROXY or 127.0.0.1."
    ),
]
Given = Annotated[
    str | None,
    typer.Argument(
        metavar="WORKSPACE",
        help="A folder or an address of PostgreSQL; else CARTERA_WORKSPACE or this folder.",
        show_default=False,
    ),
]


def serve_command(
    workspace: Given = None, *, port: Port = PORT, host: Host = LOCAL, url: Url = None, proxy: Proxy = None
) -> None:
    """Open a workspace in the browser."""
    from cartera.app.workspace.address import proxy_address, public_address
    from cartera.app.workspace.place import chosen
    from cartera.web.server import run

    run(chosen(workspace), host=host, port=port, url=public_address(url), proxy=proxy_address(proxy), told=tell)


def tell(address: str) -> None:
    """Write where to look."""
    sys.stdout.write(f"Cartera is open at {address}\nTo stop: Ctrl-C.\n")
    sys.stdout.flush()
