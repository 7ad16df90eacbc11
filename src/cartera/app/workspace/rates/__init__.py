"""What is a foreign currency worth in the workspace's own? Rates added by hand, taken from a file, listed."""
