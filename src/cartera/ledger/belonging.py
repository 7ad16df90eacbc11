"""Which rows of each table belong to a workspace? What a copy of it needs, table by table, in the order of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F

from cartera.ledger.models import Change, Line, User, Workspace

if TYPE_CHECKING:
    from django.db import models

DOCUMENT_BITS = 32  # a document's number begins with that of its change: stage.document_of


def tables() -> list[type[models.Model]]:
    """Every table of the ledger that belongs to workspaces, each after those that it refers to.

    Not who is signed in to the server, nor who failed to.
    """
    left = [one for one in apps.get_app_config("ledger").get_models() if _belongs(one)]
    ordered: list[type[models.Model]] = []
    while left:
        ready = [one for one in left if not (_referred(one) - {one}) & set(left)]
        ordered += ready
        left = [one for one in left if one not in ready]
    return ordered


def rows(model: type[models.Model], alias: str, workspace_id: int) -> Any:
    """The rows of a table that belong to the workspace, in the order of their keys."""
    found: Any = model._default_manager.using(alias)
    if model is Line:
        changes = Change.objects.using(alias).filter(workspace_id=workspace_id).values("pk")
        found = found.annotate(of=F("document").bitrightshift(DOCUMENT_BITS)).filter(of__in=changes)
    else:
        found = found.filter(**{_path(model): workspace_id}).distinct()
    return found.order_by("pk")


def _path(model: type[models.Model]) -> str:
    """How a row leads to its workspace."""
    if model is Workspace:
        return "pk"
    if model is User:
        return "memberships__workspace"
    own = [field for field in _references(model) if field.related_model is Workspace]
    if own:
        return own[0].name
    first = next(field for field in _references(model) if field.related_model not in (User, model))
    return f"{first.name}__{_path(first.related_model)}"


def _belongs(model: type[models.Model]) -> bool:
    return model in (Line, Workspace, User) or any(one.related_model not in (User, model) for one in _references(model))


def _references(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.related_model is not None]


def _referred(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in _references(model)}
