"""Plans too large for the simplex: first-order steps, made exact by the structure of the plan."""
