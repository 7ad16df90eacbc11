"""Who asked to be forgotten? Only a keyed digest of them, so that nobody can read it and no import brings them back."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import Text
from cartera.ledger.models.workspace import Workspace


class Erasure(models.Model):
    """One name under which an erased person must not return. mask: the pseudonym that stands in its place."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    mask = Text()
    erased_at = models.DateTimeField()

    class Meta:
        """Known once."""

        constraints = (models.UniqueConstraint(fields=("workspace", "mask"), name="erasure_once"),)

    def __str__(self) -> str:
        return self.mask
