"""A package, so that no other `tests` on the path is taken for it: tests share their generators and their oracle."""
