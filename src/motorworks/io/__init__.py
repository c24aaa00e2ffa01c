"""The only room that touches files, sheets and databases."""
