"""The step of `steps`, outside of a transaction."""

from importlib import import_module

Migration = type("Migration", (import_module("tests.upgrade.steps.0002_later").Migration,), {"atomic": False})
