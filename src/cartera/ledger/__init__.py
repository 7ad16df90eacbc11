"""What is known about the clients, from whom and since when? Facts and decisions in a database that forgets nothing."""
