"""A workspace in one file: made while others work, proved by restoring it, encrypted when asked, and put back."""
