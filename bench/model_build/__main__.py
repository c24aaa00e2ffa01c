"""Build one program in every way, compare the programs, and write what it took.

``python -m bench.model_build [--small | --smoke] [--repeat N] [--ways ...]``
"""

import argparse
import json
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from bench.model_build.compare import differences
from bench.model_build.generate import FULL, SMALL, TINY, Size, generate
from bench.model_build.measure import WAYS, Measured
from bench.results import made_with, table, write_section
from motorworks.engines.lp.model import Model
from motorworks.plan.encode import encode
from motorworks.plan.params import PlanParams

_INTRO = """
One process for each figure, in turn, {repeat} rounds; CPU seconds, median (least to most). Every
process first builds a tiny program, so that nothing is loaded or compiled while the clock runs.
*build* ends with the program as its layer holds it; *to arrays* goes on from there to the arrays a
solver takes, put in the same order for the comparison. *memory* is the growth of the process's
peak over building and arrays. *encode* is what Motorworks alone does before: from the case's tables
to the arrays of `plan.data`. All ways are fed from those same arrays.

The program: {size}; {rows:,} rows, {columns:,} columns, {entries:,} entries.
{agreement}
"""


def main() -> None:
    """Measure, print, compare; at full size also write the results page."""
    arguments = _arguments()
    size = TINY if arguments.smoke else SMALL if arguments.small else FULL
    repeat = 1 if arguments.smoke else arguments.repeat
    found = run(size, repeat, arguments.ways)
    if size is FULL:
        command = " ".join(["python -m bench.model_build", *sys.argv[1:]])
        packages = ("motorworks", "numpy", "scipy", "polars", "linopy", "highspy", "pulp", "pyomo")
        said = made_with(command, packages)
        write_section("model_build", "Model building", f"{found}\n\n{said}")


def run(size: Size, repeat: int, ways: list[str]) -> str:
    """Measure all ways in alternation, compare their programs, print and return the tables."""
    measured: dict[str, list[Measured]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        data_file = _write_data(size, Path(folder))
        for round_ in range(repeat):
            for way in ("encode", *ways):
                model_file = None if round_ or way == "encode" else Path(folder) / way
                measured[way].append(_measure(way, size, data_file, model_file))
                print(measured[way][-1], flush=True)
        models: dict[str, Model] = {
            way: pickle.loads((Path(folder) / way).read_bytes()) for way in ways
        }
    agreement = _agreement(models)
    rows, columns, entries = models["motorworks"].size
    intro = _INTRO.format(
        repeat=repeat, size=_said(size), rows=rows, columns=columns,
        entries=entries, agreement=agreement,
    )  # fmt: skip
    text = f"{intro.strip()}\n\n{_table(measured)}"
    print(text)
    return text


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.model_build", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a small program; writes nothing")
    parser.add_argument("--smoke", action="store_true", help="a tiny one, once; writes nothing")
    parser.add_argument("--repeat", type=int, default=3, help="rounds")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    return parser.parse_args()


def _write_data(size: Size, folder: Path) -> Path:
    case = generate(size)
    params = PlanParams(**case.info.plan)
    path = folder / "data.pickle"
    path.write_bytes(pickle.dumps((encode(case, params), params)))
    return path


def _measure(way: str, size: Size, data_file: Path, model_file: Path | None) -> Measured:
    command = [sys.executable, "-m", "bench.model_build.measure", way, json.dumps(asdict(size))]
    command += [str(path) for path in (data_file, model_file) if path is not None]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout))


def _agreement(models: dict[str, Model]) -> str:
    """Compare every program with ours; a program that differs is no comparison, so it ends here."""
    ours = models["motorworks"]
    wrong = {way: differences(ours, model) for way, model in models.items()}
    if any(wrong.values()):
        sys.exit(f"the programs differ: { {way: text for way, text in wrong.items() if text} }")
    others = ", ".join(way for way in models if way != "motorworks")
    return f"Matrix (zeros left out), bounds and costs of {others} equal ours entry by entry."


def _said(size: Size) -> str:
    return (
        f"{size.plants} plants, {size.vehicles} vehicles ({size.plants_each} plants each), "
        f"{size.markets} markets, {size.months} months"
    )


def _table(measured: dict[str, list[Measured]]) -> str:
    ours = _median(measured["motorworks"], "build_s")
    rows = []
    for way, runs in measured.items():
        build = _median(runs, "build_s")
        rows.append([
            way, _spread(runs, "build_s"), "" if way == "encode" else f"{build / ours:.1f}",
            "" if way == "encode" else _spread(runs, "arrays_s"),
            f"{_median(runs, 'memory_mb'):.0f}",
        ])  # fmt: skip
    header = ("way", "build, CPU s", "times ours", "to arrays, CPU s", "memory, MB")
    return f"{table(header, rows)}\n\n{_with_encode(measured)}".rstrip()


def _with_encode(measured: dict[str, list[Measured]]) -> str:
    """Our whole way from the case's tables, against linopy's build alone."""
    if "linopy" not in measured:
        return ""
    both = _median(measured["encode"], "build_s") + _median(measured["motorworks"], "build_s")
    times = _median(measured["linopy"], "build_s") / both
    alone = f"linopy's build alone takes {times:.1f} times that."
    return f"Encode and build together: {both:.2f} s; {alone}"


def _median(runs: list[Measured], field: str) -> float:
    return statistics.median(getattr(run, field) for run in runs)


def _spread(runs: list[Measured], field: str) -> str:
    values = [getattr(run, field) for run in runs]
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    main()
