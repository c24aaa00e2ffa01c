"""The questions of Busan, answered by the plan: ``python -m bench.busan_answers``."""
