"""How is a fact kept? As versions: the row that holds now, and every row that held before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cartera.ledger.fields import Text
from cartera.ledger.models.journal import Change
from cartera.ledger.models.workspace import Workspace

ENDED = models.Q(until_version__isnull=False)


class Version(models.Model):
    """A row that holds from one facts version until another; until_version is null for the one that holds now.

    (source, stream, key) names the fact, whatever it says. change: the entry that wrote the row. content_of: the entry
    whose content it is; an undo writes an older content again. is_deleted: the fact is gone, which is a fact as well.
    digest: of everything the row says.
    """

    # Without indexes of their own: those below begin with the workspace, and publishing many rows pays for each.
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, db_index=False)
    source = Text()
    stream = Text()
    key = Text()
    from_version = models.BigIntegerField()
    until_version = models.BigIntegerField(null=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    content_of = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_deleted = models.BooleanField(default=False)
    digest = Text()

    COLUMNS: ClassVar[tuple[str, ...]] = ()

    class Meta:
        """One row holds now; what changed since a version is found without reading the rest."""

        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "source", "stream", "key"),
                condition=models.Q(until_version__isnull=True),
                name="%(class)s_holds_once",
            ),
        )
        indexes = (
            models.Index(fields=("workspace", "from_version"), name="%(class)s_from"),
            # Rows that hold now are in neither: a first import pays for history only when there is some.
            models.Index(fields=("workspace", "until_version"), name="%(class)s_until", condition=ENDED),
            models.Index(fields=("workspace", "source", "stream", "key"), name="%(class)s_history", condition=ENDED),
        )

    def __str__(self) -> str:
        return f"{self.source}:{self.stream}:{self.key}"
