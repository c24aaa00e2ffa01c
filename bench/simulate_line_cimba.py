"""The bench line in cimba (https://pypi.org/project/cimba/), in a process of its own.

``python bench/simulate_line_cimba.py TIMES.npz CARS REPEAT`` prints the last departure, the CPU
seconds of the first run, which compiles, and of each run after it. It needs cimba alone, which may
be installed in an environment of its own.
"""

import json
import sys
import time

import cimba as cb
import numpy as np
from cimba import inputs

ROOM, WORK = 5, 1.0


class First(cb.Model):
    """The first station: there is always a car."""

    up: cb.Input[float]
    down: cb.Input[float]
    after: cb.Store[int]

    @cb.process
    def work(self):
        """Work on car after car."""
        left = self.up.next()
        while True:
            rest = 1.0
            while left < rest:
                cb.hold(left)
                rest -= left
                cb.hold(self.down.next())
                left = self.up.next()
            cb.hold(rest)
            left -= rest
            self.after.put(1)


class Middle(cb.Model):
    """A station between two buffers."""

    up: cb.Input[float]
    down: cb.Input[float]
    before: cb.Ref[cb.Store[int]]
    after: cb.Store[int]

    @cb.process
    def work(self):
        """Work on car after car."""
        left = self.up.next()
        while True:
            self.before.get()
            rest = 1.0
            while left < rest:
                cb.hold(left)
                rest -= left
                cb.hold(self.down.next())
                left = self.up.next()
            cb.hold(rest)
            left -= rest
            self.after.put(1)


class Last(cb.Model):
    """The last station, which ends the run."""

    up: cb.Input[float]
    down: cb.Input[float]
    before: cb.Ref[cb.Store[int]]
    cars: cb.Param[int]
    over: cb.Output[float]

    @cb.process
    def work(self):
        """Work on so many cars."""
        left = self.up.next()
        gone = 0
        while gone < self.cars:
            self.before.get()
            rest = 1.0
            while left < rest:
                cb.hold(left)
                rest -= left
                cb.hold(self.down.next())
                left = self.up.next()
            cb.hold(rest)
            left -= rest
            gone += 1
        self.over = cb.now()
        cb.end_trial()


class Line(cb.Model):
    """All stations."""

    first: First
    middle: list[Middle]
    last: Last


def build(times: list[np.ndarray], cars: int) -> Line:
    """Stations with recorded times of failures, and stores between."""
    line, middle = Line(), []
    line.first = _timed(First(), times[0])
    line.first.after = cb.Store(capacity=ROOM)
    before = line.first
    for one in times[1:-1]:
        station = _timed(Middle(), one)
        station.before, station.after = before.after, cb.Store(capacity=ROOM)
        middle.append(station)
        before = station
    line.middle = middle
    line.last = _timed(Last(), times[-1])
    line.last.before, line.last.cars = before.after, cars
    return line


def _timed(station, times):
    station.up, station.down = (inputs.trace(row) for row in times)
    return station


def main() -> None:
    """Run once to compile, then as often as asked."""
    path, cars, repeat = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with np.load(path) as held:
        times = list(held["times"])
    line = build(times, cars)
    experiment = cb.Experiment(line, replications=1, seed=1)
    took = []
    for _ in range(1 + repeat):
        began = time.process_time()
        results = experiment.run()
        took.append(time.process_time() - began)
    last = float(np.ravel(results[line.last].over.values)[0])
    print(json.dumps({"last": last, "s": took, "version": cb.__version__}))


if __name__ == "__main__":
    main()
