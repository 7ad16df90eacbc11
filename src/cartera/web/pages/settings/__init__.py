"""Who sees what, and how does the program run? Workspace, people, keys, sign-ins, audit, backup."""

from cartera.web.door import Route
from cartera.web.pages.settings import audit, keeping, keys, people, signins, workspace

ROUTES: tuple[Route, ...] = (
    *workspace.ROUTES, *people.ROUTES, *keys.ROUTES, *signins.ROUTES, *audit.ROUTES, *keeping.ROUTES,
)  # fmt: skip

__all__ = ["ROUTES"]
