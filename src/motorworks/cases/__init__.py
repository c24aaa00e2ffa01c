"""Cases that are shipped with Motorworks."""
