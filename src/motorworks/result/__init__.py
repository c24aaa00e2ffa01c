"""What is decided: one type per stage, and their independent check."""
