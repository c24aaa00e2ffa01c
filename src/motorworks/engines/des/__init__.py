"""Parts of a discrete event simulation that know no plant."""
