"""The stage slot: orders to production days over a month to a quarter."""
