"""The painted body store: restore a wanted order, form paint batches, size the store."""
