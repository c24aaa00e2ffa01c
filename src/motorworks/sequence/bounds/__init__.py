"""Values below which no order can come, so that a result says how far from the best it may be."""
