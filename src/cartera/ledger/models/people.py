"""Who works with a workspace? People sign in with their e-mail address and have a role in each workspace."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from cartera.ledger.fields import NAME, REACH, Text
from cartera.ledger.models.workspace import Workspace

ROLES = ("owner", "manager", "rep", "viewer")
SEES = ("all", "team", "own")


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in with this address; without a password nobody can."""
        user = self.model(email=self.normalize_email(email).strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """As `create_user`, with every right over the installation."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address, whatever its capitals."""
        found: User = self.get(email__iexact=(username or "").strip())
        return found


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = Text(personal=REACH)
    name = Text(default="", blank=True, personal=NAME)
    language = Text(default="", blank=True)
    theme = Text(default="", blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """One account per address, whatever its capitals."""

        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once"),)

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """What a person is in a workspace. rep: the name of the rep in the facts, for people who see their own clients.

    is_active: whether the person may come in here; what it did before stays under its name.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = Text(choices=[(role, role) for role in ROLES])
    sees = Text(default="all", choices=[(one, one) for one in SEES])
    team = Text(default="", blank=True)
    rep = Text(default="", blank=True, personal=NAME)
    grants = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        """A person has one role in a workspace."""

        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"
