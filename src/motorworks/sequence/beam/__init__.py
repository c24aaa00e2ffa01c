"""Orders of days with short windows, built car by car with many side by side."""
