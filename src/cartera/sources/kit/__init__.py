"""What do all connectors stand on? How records arrive, page by page, and what they become."""
