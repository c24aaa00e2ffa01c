"""What is measured, against whom, by which protocol; the last results stand in RESULTS.md."""
