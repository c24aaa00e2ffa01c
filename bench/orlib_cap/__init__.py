"""Facility location of the OR-Library against published optima and OR-Tools."""
