"""On how many of Renault's instances an order is proven the best, with time for proofs.

``python -m bench.sequence_proofs [--set all|A|B] [--seconds 20] [--prove 120] [--longer NAME]``.
Each run searches, then closes what is open. Finished runs are kept and never redone for the same
code; a bench that was stopped goes on.
"""

import argparse
import statistics
from collections.abc import Mapping, Sequence

from bench.results import table
from bench.sequence_best import Best, keep_better, read_best
from bench.sequence_days import SMALL
from bench.sequence_drive import bench_parser, run_all, stop_on_failure
from bench.sequence_figures import LETTERS, counted, gaps, proven, values, write_runs
from bench.sequence_instances import SETS, instances
from bench.sequence_store import Job, Run, Store, scratch_store

_INTRO = """
{seconds:g} s of search on one core, then at most {prove:g} s in which gaps are closed: a proof, or
a better order. Values are those of `motorworks.result.verify`, in the instance's order (EP and ENP:
broken ratios of high and low priority; RAF: colour changes); bounds are those given the values
before; an instance is proven where all gaps are 0. *best before* is that of
`bench/sequence_best.csv`, *s* the seconds of the call.{longer}
"""

_LONGER, _SEEDS = 3, 3
"""How often the usual time instances have that are named for it, and with how many seeds they are
tried at most, one after the other, as long as they stay open."""


def main() -> None:
    """Do what is missing, note better orders, write the section."""
    parser = bench_parser("bench.sequence_proofs", __doc__)
    parser.add_argument("--set", choices=SETS, default="all", help="instances")
    parser.add_argument("--only", nargs="+", help="these instances alone")
    parser.add_argument("--seconds", type=float, default=20.0, help="time of a search")
    parser.add_argument("--prove", type=float, default=120.0, help="time for proofs after it")
    parser.add_argument(
        "--longer", nargs="+", default=[], help=f"instances with {_LONGER} times as long"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the search")
    parser.add_argument("--at-once", type=int, default=2, help="runs side by side")
    arguments = parser.parse_args()
    stop_on_failure(lambda: _smoke() if arguments.smoke else _full(arguments))


def _smoke() -> None:
    with scratch_store() as store:
        job = Job("generated", str(SMALL), seconds=5.0, iterations=20_000, prove=1.0)
        print(report(run_all([job], store), {}))


def _full(arguments: argparse.Namespace) -> None:
    runs = _runs(arguments, arguments.only or instances(arguments.set))
    text = report(runs, read_best())
    print(text)
    keep_better(runs)
    if not arguments.no_section:
        longer = (
            f" {_LONGER} times as long, and again with other seeds (at most {_SEEDS} in all) as "
            f"long as they were open: {', '.join(arguments.longer)}."
        )
        intro = _INTRO.format(
            seconds=arguments.seconds, prove=arguments.prove,
            longer=longer if arguments.longer else "",
        )  # fmt: skip
        write_runs("sequence_proofs", "Renault's instances: proofs", intro, text, runs)


def _runs(arguments: argparse.Namespace, names: Sequence[str]) -> list[Run]:
    """A run of each instance; of those that have longer the best, by as many seeds as it takes."""
    store, runs = Store(arguments.results), dict[str, Run]()
    for seed in range(arguments.seed, arguments.seed + _SEEDS):
        jobs = [_job(name, arguments, seed) for name in names]
        for run in run_all(jobs, store, arguments.at_once):
            name = run.job.instance
            runs[name] = min(runs.get(name, run), run, key=lambda one: (not proven(one), one.mark))
        names = [name for name in names if name in arguments.longer and not proven(runs[name])]
        if not names:
            break
    return list(runs.values())


def _job(name: str, arguments: argparse.Namespace, seed: int) -> Job:
    times = _LONGER if name in arguments.longer else 1
    seconds, prove = times * arguments.seconds, times * arguments.prove
    return Job("roadef", name, seconds=seconds, seed=seed, prove=prove)


def report(runs: Sequence[Run], best: Mapping[str, Best]) -> str:
    """How many are proven, and a row for each instance."""
    done = [run for run in runs if proven(run)]
    seconds = statistics.median(run.wall_s for run in done) if done else 0.0
    lower = sum(run.mark < best[run.job.instance].mark for run in runs if run.job.instance in best)
    head = (
        "instance", "cars", "best before", "mark", "values", "bounds", "gaps", "proven", "seed",
        "s",
    )  # fmt: skip
    rows = [_row(run, best.get(run.job.instance)) for run in runs]
    return (
        f"Every objective at its bound, given those before it, on {counted(len(done), len(runs))}; "
        f"seconds of these calls: median {seconds:.0f}, most "
        f"{max((run.wall_s for run in done), default=0.0):.0f}. Below the best known before: "
        f"{lower}.\n\n{table(head, rows)}"
    )


def _row(run: Run, best: Best | None) -> tuple[str, ...]:
    bounds = " / ".join(f"{run.bounds[name][1]:,.0f}" for name in run.values if name in run.bounds)
    order = " ".join(LETTERS.get(name, name) for name in run.values)
    return (
        f"{run.job.instance}", str(len(run.order)), f"{best.mark:,}" if best else "",
        f"{run.mark:,.0f}", f"{order} {values(run)}", bounds, gaps(run),
        "yes" if proven(run) else "no", f"{run.job.seed}", f"{run.wall_s:.0f}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
