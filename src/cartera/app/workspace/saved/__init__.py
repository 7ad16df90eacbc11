"""Views that people keep under a name: an address, for one person or for all who may see it."""

from cartera.app.workspace.saved.keeping import Saved, forget, keep, kept

__all__ = ["Saved", "forget", "keep", "kept"]
