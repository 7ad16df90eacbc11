"""The commands of a workspace: each parses its words, calls one verb of the app and prints what became of it."""
