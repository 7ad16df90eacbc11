"""Who changed what, when and why? Every change of facts is one entry; undoing is another entry, never an erasure."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import AUTHOR, WORDS, Text
from cartera.ledger.models.people import User
from cartera.ledger.models.workspace import Workspace


class Change(models.Model):
    """One act of a person or of a source: an import, a plan, a mark, an undo.

    number: counted in the workspace from 1, what people type. made: whether it is in force; an import that is being
    prepared is not yet. facts_version: the version it led to, null when no fact changed. undone_by: the undo in force.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    number = models.BigIntegerField()
    kind = Text()
    made_at = models.DateTimeField()
    is_made = models.BooleanField(default=True)
    by = Text(personal=AUTHOR)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    subject = Text(default="", blank=True)
    reason = Text(default="", blank=True)
    note = Text(default="", blank=True, personal=WORDS)
    told = models.JSONField(default=dict)
    facts_version = models.BigIntegerField(null=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undoings")
    undone_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone")

    class Meta:
        """Numbers are given once."""

        constraints = (models.UniqueConstraint(fields=("workspace", "number"), name="change_number_once"),)
        indexes = (models.Index(fields=("workspace", "kind", "number"), name="change_by_kind"),)

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}".strip()


class AuditEntry(models.Model):
    """One line of the audit: ids and digests only, each holding the hash of the line before it.

    What was before and after lies in AuditValue, so that erasing a person leaves the chain whole.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    by_digest = Text()
    verb = Text()
    change_number = models.BigIntegerField(null=True)
    value_digest = Text()
    previous = Text()
    hash = Text()

    class Meta:
        """One chain per workspace."""

        constraints = (models.UniqueConstraint(fields=("workspace", "number"), name="audit_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AuditValue(models.Model):
    """What an audit line is about, in words; erased with the person it names."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.CASCADE, primary_key=True, related_name="value")
    by = Text(personal=AUTHOR)
    client_id = Text(default="", blank=True)
    value = Text(personal=WORDS)

    def __str__(self) -> str:
        return f"value of {self.entry_id}"
