"""Linear programs built from index arrays and solved by HiGHS."""
