"""What a person asks and gets: each question as a View, and the registry of all of them."""
