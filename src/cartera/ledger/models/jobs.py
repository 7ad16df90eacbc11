"""What is done beside the pages? A large file being made, a source being read: who asked, and how far it is."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import AUTHOR, Text
from cartera.ledger.models.people import User
from cartera.ledger.models.workspace import Workspace


class Job(models.Model):
    """Work of one kind. arguments: what was asked, as the kind reads it. state: waiting, working, done, failed.

    language: of whoever asked. percent: of the work. told: what came of it, or what, where and fix of why nothing did.
    owner: the process at work. tries: how often it was begun. Its row goes a day after its end.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    kind = Text()
    arguments = models.JSONField(default=dict)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="jobs")
    by = Text(default="", personal=AUTHOR)
    language = Text(default="en")
    state = Text(default="waiting")
    percent = models.IntegerField(default=0)
    told = models.JSONField(default=dict)
    owner = Text(default="")
    tries = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by what waits."""

        indexes = (models.Index(fields=("workspace", "state", "kind"), name="job_by_state"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"
