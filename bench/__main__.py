"""Run every bench: ``python -m bench`` in full, ``python -m bench --smoke`` once on small input."""

import argparse
import subprocess
import sys

BENCHES = (
    "bench.model_build", "bench.main_job", "bench.orlib_cap", "bench.group_size",
    "bench.sequence_roadef", "bench.sequence_proofs", "bench.sequence_csplib",
    "bench.sequence_moves",
    "bench.sequence_cpsat", "bench.sequence_day", "bench.sequence_month", "bench.simulate_line",
    "bench.slot_month",
)  # fmt: skip


def main() -> None:
    """Run all benches, each in its own process; stop at the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="once, on small input; writes nothing")
    smoke = ["--smoke"] if parser.parse_args().smoke else []
    for bench in BENCHES:
        print(f"== {bench}", flush=True)
        if code := subprocess.run([sys.executable, "-m", bench, *smoke], check=False).returncode:
            sys.exit(f"{bench} failed with code {code}")


if __name__ == "__main__":
    main()
