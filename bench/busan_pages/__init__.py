"""Measured parts of the pages on the Busan cases; ``python -m bench.busan_pages`` renews them."""
