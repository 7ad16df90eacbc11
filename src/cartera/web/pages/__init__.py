"""One folder per page: its function, its forms, its templates, its addresses."""
