"""A case of the size of a large group, and how long its plan takes."""
