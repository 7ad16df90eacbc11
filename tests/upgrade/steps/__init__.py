"""The migrations of a program that is one step newer."""
