"""Model building: the plan's program against the same program in other modelling layers."""
