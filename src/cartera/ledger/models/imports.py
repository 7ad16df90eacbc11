"""What was imported? The file as it came, the account of its rows, what was refused, and how it was understood."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from cartera.ledger.fields import RAW, Text
from cartera.ledger.models.journal import Change
from cartera.ledger.models.workspace import Workspace


class SourceFile(models.Model):
    """A file as it was received, byte for byte. packed: whether `data` was compressed by us."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    sha256 = Text()
    name = Text()
    size = models.BigIntegerField()
    is_packed = models.BooleanField(default=False)
    data = models.BinaryField()

    class Meta:
        """Kept once."""

        constraints = (models.UniqueConstraint(fields=("workspace", "sha256"), name="file_once"),)

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One import. Every row of the file went to exactly one of the counts."""

    change = models.OneToOneField(Change, on_delete=models.CASCADE, primary_key=True, related_name="batch")
    file = models.ForeignKey(SourceFile, null=True, on_delete=models.PROTECT)
    source = Text()
    rows_in = models.BigIntegerField()
    rows_new = models.BigIntegerField(default=0)
    rows_changed = models.BigIntegerField(default=0)
    rows_unchanged = models.BigIntegerField(default=0)
    rows_left_out = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    rows_structural = models.BigIntegerField(default=0)
    documents_new = models.BigIntegerField(default=0)
    documents_changed = models.BigIntegerField(default=0)
    documents_unchanged = models.BigIntegerField(default=0)
    documents_removed = models.BigIntegerField(default=0)
    clients_new = models.BigIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    fingerprint = Text(default="")
    told = models.JSONField(default=dict)

    class Meta:
        """The account of the rows adds up, or the batch cannot be written."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows_in=F("rows_new")
                    + F("rows_changed")
                    + F("rows_unchanged")
                    + F("rows_left_out")
                    + F("rows_rejected")
                    + F("rows_structural")
                ),
                name="batch_rows_add_up",
            ),
        )

    def __str__(self) -> str:
        return f"batch of {self.change}"


class RejectedRow(models.Model):
    """A row that was refused: where it stands, why, and its cells as they came."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rejects")
    place = models.BigIntegerField()
    code = Text()
    column = Text(default="")
    value = Text(default="", personal=RAW)
    hint = Text(default="")
    cells = Text(default="[]", personal=RAW)
    mended_by = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.place} {self.code}"


class Confirmation(models.Model):
    """A fact that an import found as it was: it says the same as `content_of` said, and stays while either is in force.

    model: the table of the fact. Without this, undoing an older import would take away what a newer one holds as well.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    content_of = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    model = Text()
    source = Text()
    stream = Text()
    key = Text()

    class Meta:
        """Found by fact."""

        indexes = (models.Index(fields=("workspace", "model", "key"), name="confirmation_by_fact"),)

    def __str__(self) -> str:
        return f"{self.source}:{self.stream}:{self.key}"


class Mapping(models.Model):
    """How a person said that files of one header are to be read, to be offered the next time."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    fingerprint = Text()
    answers = models.JSONField(default=dict)
    answered_at = models.DateTimeField()

    class Meta:
        """One memory per header."""

        constraints = (models.UniqueConstraint(fields=("workspace", "fingerprint"), name="mapping_once"),)

    def __str__(self) -> str:
        return self.fingerprint[:40]


class Lease(models.Model):
    """Who works alone on what, and until when: one import at a time, one refresh of a token."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = Text()
    owner = Text()
    until = models.DateTimeField()

    class Meta:
        """Held by one."""

        constraints = (models.UniqueConstraint(fields=("workspace", "name"), name="lease_once"),)

    def __str__(self) -> str:
        return f"{self.name} held by {self.owner}"
