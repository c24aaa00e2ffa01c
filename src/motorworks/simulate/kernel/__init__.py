"""The kernel of events: what happens in a plant, minute by minute, over arrays."""
