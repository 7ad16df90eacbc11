"""Today's tables."""

from importlib import import_module

Migration = import_module("cartera.ledger.migrations.0001_initial").Migration
