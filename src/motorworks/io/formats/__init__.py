"""Readers of public instances in other formats."""
