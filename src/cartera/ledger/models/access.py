"""How do people and programs get in? Sign-ins that can be ended, invitations, keys of the API, failures to sign in."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from cartera.ledger.fields import AUTHOR, NAME, REACH, Text
from cartera.ledger.models.people import ROLES, SEES, User
from cartera.ledger.models.workspace import Workspace


class SignInManager(BaseSessionManager):
    """Django's, under a name that migrations can find."""


class SignIn(AbstractBaseSession):
    """One browser in which a person is signed in: a row, so that a copied cookie is dead once it is ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sign_ins")
    browser = Text(default="", personal=AUTHOR)
    address = Text(default="", personal=AUTHOR)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = SignInManager()


class Invitation(models.Model):
    """A place in a workspace for who opens its link. token_hash: of the secret in the link, which is kept nowhere."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    email = Text(personal=REACH)
    role = Text(choices=[(role, role) for role in ROLES])
    sees = Text(default="all", choices=[(one, one) for one in SEES])
    team = Text(default="", blank=True)
    rep = Text(default="", blank=True, personal=NAME)
    grants = models.JSONField(default=list)
    token_hash = Text(unique=True)
    made_by = Text(default="", personal=AUTHOR)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class ApiKey(models.Model):
    """A program that acts for a person, never with more than the person may. prefix: its first letters."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = Text()
    prefix = Text()
    token_hash = Text(unique=True)
    is_read_only = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Failure(models.Model):
    """How often somebody failed to sign in. who: a keyed digest of the account or of the network address."""

    who = Text(unique=True)
    count = models.IntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} failures"
