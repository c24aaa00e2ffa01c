"""The table of the best known marks takes only orders that are better and may be built."""

from dataclasses import replace
from pathlib import Path

from bench.sequence_best import against, read_best, updated, write_best
from bench.sequence_run import run
from bench.sequence_store import Job, Run


def marked(mark: float, broken: int = 0, instance: str = "A/one") -> Run:
    """A run with a mark, on a day of two objectives."""
    job = Job("generated", "12x3x2", "given")
    values = {"high": float(mark // 1000), "colour": float(mark % 1000)}
    done = replace(run(job), mark=mark, said=mark, values=values, broken=broken)
    return replace(done, job=replace(job, instance=instance))


def test_a_better_order_gets_in_with_its_values_and_hash() -> None:
    """Where nothing was known, or a higher mark, the best of the runs stands afterwards."""
    runs = [marked(5004), marked(3002), marked(4000)]
    table = updated(runs, updated([marked(9000)], {}))
    best = table["A/one"]
    assert (best.mark, best.high, best.colour, best.low) == (3002, 3, 2, None)
    assert best.sha256 == runs[1].hash


def test_an_equal_or_worse_order_changes_nothing() -> None:
    """The first order with a mark stays; a run without better news leaves the table as it is."""
    table = updated([marked(3002)], {})
    later = replace(marked(3002), order=list(reversed(marked(3002).order)))
    assert updated([later, marked(3003)], table) == table


def test_an_order_that_breaks_a_hard_rule_never_gets_in() -> None:
    """A lower mark that is bought with a batch too long counts for nothing."""
    table = updated([marked(3002)], {})
    assert updated([marked(1000, broken=1)], table) == table
    assert against([marked(1000, broken=1)], table) == []


def test_changes_tell_better_from_worse() -> None:
    """Each instance's best run is held against what is known, new ones against nothing."""
    table = updated([marked(3002), marked(7, instance="B/two")], {})
    runs = [marked(3001), marked(4000), marked(8, instance="B/two"), marked(5, instance="B/three")]
    changes = {one.instance: one for one in against(runs, table)}
    assert changes["A/one"].better
    assert (changes["A/one"].before, changes["A/one"].now) == (3002, 3001)
    assert not changes["B/two"].better
    assert changes["B/three"].better
    assert changes["B/three"].before is None


def test_the_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Writing, reading and writing again gives the same table and bytes, sorted by instance."""
    path = tmp_path / "best.csv"
    table = updated([marked(7, instance="B/two"), marked(3002)], {})
    write_best(table, path)
    text = path.read_text()
    assert read_best(path) == table
    write_best(read_best(path), path)
    assert path.read_text() == text
    assert [line.split(",")[0] for line in text.splitlines()] == ["instance", "A/one", "B/two"]


def test_the_shipped_table_holds_whole_rows() -> None:
    """Every row of the table in the repository has a hash, and values that make up its mark."""
    for instance, best in read_best().items():
        names = [
            {"EP": "high", "ENP": "low", "RAF": "colour"}[word]
            for word in instance.split("_")
            if word in ("EP", "ENP", "RAF")
        ]
        named = [best.value(name) for name in names if best.value(name) is not None]
        weights = (1_000_000, 1_000, 1)
        assert best.mark == sum(w * (v or 0) for w, v in zip(weights, named, strict=False))
        assert len(best.sha256) == 64
