"""What is a workspace? One company's clients: its settings, and the version that its facts have reached."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import Text


class Workspace(models.Model):
    """One company. facts_version rises with every change of facts, in the same transaction.

    audit_number, audit_hash: the last line of the audit, so that lines missing at its end are noticed as well.
    """

    name = Text(unique=True)
    facts_version = models.BigIntegerField(default=0)
    audit_number = models.BigIntegerField(default=0)
    audit_hash = Text(default="", blank=True)
    currency = Text(default="", blank=True)
    time_zone = Text(default="UTC")
    language = Text(default="en")
    fiscal_year_start = Text(default="01-01")
    policy = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
