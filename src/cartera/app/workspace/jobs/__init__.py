"""Work that takes longer than a page may wait: asked for, done beside, looked at, gone after a day."""
