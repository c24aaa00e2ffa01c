"""Motorworks plans, balances, sequences and simulates vehicle production."""

__version__ = "0.1.0"
