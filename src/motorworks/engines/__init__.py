"""Computation in general: arrays in, arrays out; knows no vehicle."""
