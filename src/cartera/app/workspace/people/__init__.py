"""Whom does a client consist of, and what was said with them? Contacts and interactions, by hand or from files."""
