"""From a plant to the arrays of the kernel, one file per family of nouns."""
