"""What is given: the case, its tables, dates, scenarios and checks."""
