"""The decisions of the plan as blocks of columns, a file per subject."""

from motorworks.plan.variables.flows import Variables, add_variables, revenue_if_all_sold

__all__ = ["Variables", "add_variables", "revenue_if_all_sold"]
