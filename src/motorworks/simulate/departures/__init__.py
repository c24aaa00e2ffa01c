"""Kernels of the departure recursion."""
