"""Why a plan is as it is: rules in conflict, ways out, wishes it did not take, its near rivals."""
