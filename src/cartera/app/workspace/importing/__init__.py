"""A file becomes facts of a workspace: read and previewed by `prepare`, then imported by `commit`."""
