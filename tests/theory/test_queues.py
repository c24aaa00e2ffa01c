"""Queues and networks of queues against their closed forms."""

import math

from motorworks.case.plant_model import PlantModel
from motorworks.case.records.plant import Arrival, FlowStep
from tests.subjects.plants import station, store
from tests.theory.tables import content, expect, model_of

POISSON = {"shop": "line", "law": "exponential"}
OUTSIDE, AT_WORK = 0, 1


def queue(law: str, shape: float | None = None) -> PlantModel:
    """Cars every 1.25 minutes by an exponential law to a place that takes a minute."""
    return model_of(
        Arrival(arrival="in", every_s=75, **POISSON), station("m", 1, 60, law=law, shape=shape)
    )


def test_mm1_has_its_mean_number_waiting_and_in_all() -> None:
    """M/M/1 at 80 %: 3.2 wait, 4 are there."""
    span = {"until_cars": 120_000, "warmup_cars": 3_000}
    expect(queue("exponential"), content(OUTSIDE), 3.2, 0.05, "recursion", **span)
    expect(queue("exponential"), content(OUTSIDE, AT_WORK), 4.0, 0.05, "recursion", **span)


def test_md1_and_me2_wait_as_pollaczek_and_khinchine_say() -> None:
    """M/D/1 and M/E2/1 at 80 %: half and three quarters of the cars of M/M/1 wait."""
    span = {"until_cars": 120_000, "warmup_cars": 3_000}
    expect(queue("fixed"), content(OUTSIDE), 1.6, 0.05, "recursion", **span)
    expect(queue("erlang", 2), content(OUTSIDE), 2.4, 0.05, "recursion", **span)


def waiting(load: float, servers: int) -> float:
    """Mean number waiting in M/M/c, by Erlang's formula; ``load`` in servers."""
    share = load / servers
    terms = [load**n / math.factorial(n) for n in range(servers)]
    last = load**servers / math.factorial(servers) / (1.0 - share)
    return last / (sum(terms) + last) * share / (1.0 - share)


def test_mmc_waits_as_erlang_says() -> None:
    """M/M/2 and M/M/3 at 80 %; servers side by side need the engine of events."""
    for servers in (2, 3):
        model = model_of(
            Arrival(arrival="in", every_s=75 / servers, **POISSON),
            station("m", 1, 60, law="exponential", parallel=servers),
        )
        exact = waiting(0.8 * servers, servers)
        span = {"until_cars": 30_000, "warmup_cars": 2_000}
        expect(model, content(OUTSIDE), exact, 0.12, "events", **span)


def test_a_jackson_network_with_feedback_is_a_product_of_queues() -> None:
    """Three cars in ten go back to the first of two stations; each is M/M/1 or M/M/2 alone."""
    model = model_of(
        Arrival(arrival="in", every_s=120, **POISSON),
        station("m1", 1, 60, law="exponential"),
        station("m2", 2, 120, law="exponential", parallel=2),
        store("q1", None, "m1", None), store("q2", "m1", "m2", None),
        FlowStep(origin="m2", target="m1", share_pct=30.0),
        FlowStep(origin="m2", target=None, share_pct=70.0),
    )  # fmt: skip
    number = {element.name: i for i, element in enumerate(model.elements)}
    load = 0.5 / 0.7
    span = {"until_cars": 20_000, "warmup_cars": 1_000}
    one = load / (1.0 - load)
    expect(model, content(number["q1"], number["m1"]), one, 0.1, "events", **span)
    two = waiting(2.0 * load, 2) + 2.0 * load
    expect(model, content(number["q2"], number["m2"]), two, 0.1, "events", **span)
