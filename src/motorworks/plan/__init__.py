"""The network by month: who builds what for whom."""
