"""One person's rights: everything that is known of them, and to be forgotten."""
