"""Measure one way of building in this process, which does nothing else.

Called by ``python -m bench.model_build``, once for each way and repeat.
"""

import ctypes
import gc
import importlib
import json
import pickle
import sys
import time
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.model_build.generate import TINY, Size, generate
from motorworks.plan.encode import encode
from motorworks.plan.params import PlanParams

WAYS = ("motorworks", "linopy", "highspy", "pulp", "pyomo")


@dataclass(frozen=True)
class Measured:
    """CPU seconds of building, and from there to arrays; peak growth of memory in MB."""

    way: str
    build_s: float
    arrays_s: float
    memory_mb: float


def measure_encode(size: Size) -> Measured:
    """Time from the case's tables to the arrays of the plan, after a call on a tiny case."""
    _encoded(TINY)
    case = generate(size)
    params = PlanParams(**case.info.plan)
    start = _settle()
    began = time.process_time()
    data = encode(case, params)
    seconds = time.process_time() - began
    memory = _peak_mb() - start
    del data
    return Measured("encode", seconds, 0.0, memory)


def measure_build(way: str, data_file: Path, model_file: Path | None) -> Measured:
    """Time a way of building, after a call on a tiny case; keep its arrays in ``model_file``."""
    module = importlib.import_module(f"bench.model_build.with_{way}")
    module.arrays(module.build(*_encoded(TINY)))
    data, params = pickle.loads(data_file.read_bytes())
    start = _settle()
    began = time.process_time()
    program = module.build(data, params)
    built = time.process_time()
    model = module.arrays(program)
    done = time.process_time()
    memory = _peak_mb() - start
    if model_file is not None:
        model_file.write_bytes(pickle.dumps(model))
    return Measured(way, built - began, done - built, memory)


def _encoded(size: Size):
    case = generate(size)
    params = PlanParams(**case.info.plan)
    return encode(case, params), params


def _settle() -> float:
    """Hand freed memory back, forget the peak so far, and return the memory held in MB."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    return _status_mb("VmRSS")


def _peak_mb() -> float:
    return _status_mb("VmHWM")


def _status_mb(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def main() -> None:
    """``measure.py WAY SIZE DATA [MODEL]``: prints one line of JSON."""
    # linopy speaks of its coming semantics; the default of today is the one measured
    warnings.simplefilter("ignore")
    way, size, data_file, *model_file = sys.argv[1:]
    if way == "encode":
        measured = measure_encode(Size(**json.loads(size)))
    else:
        measured = measure_build(way, Path(data_file), Path(model_file[0]) if model_file else None)
    print(json.dumps(asdict(measured)))


if __name__ == "__main__":
    main()
