"""The folder of a run: everything that went in, everything that came out, and its proof.

::

    run.json      what was run: settings, scenarios, versions, solver, margin, hashes
    timings.json  how long it took, apart because it is never the same twice
    case/         the resolved case
    scenarios/    the scenarios applied, numbered in their order
    columns.npz   values of all columns of the plan's program, from which ranges start
    results/      one .parquet and one .csv per table
    tables.xlsx   the same tables as one workbook
    report.html   the report, if one was made
"""

from motorworks.io.run_reading import RunFiles, changed_files, read_run
from motorworks.io.run_writing import put_right, versions, write_run

__all__ = ["RunFiles", "changed_files", "put_right", "read_run", "versions", "write_run"]
