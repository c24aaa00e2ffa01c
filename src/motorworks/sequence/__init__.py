"""The stage sequence: the order of a day's cars down a line."""
