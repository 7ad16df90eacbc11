"""What do people keep of their work with the app? Views that they saved, versions of the rules, what was sent once."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import AUTHOR, WORDS, Text
from cartera.ledger.models.people import User
from cartera.ledger.models.workspace import Workspace


class SavedView(models.Model):
    """A page and its address under a name, for one person or for all who may see it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = Text(personal=WORDS)
    page = Text()
    query = Text(default="", personal=WORDS)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        """One name once per person."""

        constraints = (models.UniqueConstraint(fields=("workspace", "user", "name"), name="saved_view_once"),)

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """The rules as they were written once. text: TOML. A draft has no number; the newest published one is in force.

    user: whose they are; `by` is the name at the time, which another person may have by now.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    number = models.IntegerField(null=True)
    name = Text()
    text = Text(default="")
    note = Text(default="", personal=WORDS)
    by = Text(default="", personal=AUTHOR)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    is_shared = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """Numbered once per workspace."""

        constraints = (models.UniqueConstraint(fields=("workspace", "number"), name="policy_version_once"),)

    def __str__(self) -> str:
        return self.name


class Receipt(models.Model):
    """What one sending did, so that sent twice it is done once. answer: what was said then."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    sender = Text(personal=AUTHOR)
    key = Text()
    change = models.IntegerField(null=True)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """A key once per sender."""

        constraints = (models.UniqueConstraint(fields=("workspace", "sender", "key"), name="receipt_once"),)

    def __str__(self) -> str:
        return self.key
