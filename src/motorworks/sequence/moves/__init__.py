"""Moves: for each, what it would change, and how it is made."""
