"""Random small plants go through the whole stage, and its verification finds nothing wrong."""

from typing import Any

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from motorworks.case.plant_model import PlantModel
from motorworks.errors import InfeasibleError
from motorworks.result.simulation import SimulationResult
from motorworks.result.verify import verify_simulation
from motorworks.simulate.params import SimulateParams
from motorworks.simulate.run import simulate
from tests.random_plants import FEATURES, SPAN, drawn_plant

ENGINES = ("auto", "events")


def drawn(seed: int, features: list[str], **params: Any) -> tuple[PlantModel, SimulationResult]:
    """A random plant and its simulation; another one where cars wait for each other for ever."""
    model = drawn_plant(seed, features)
    settings = SimulateParams(seed=seed, replications=2, workers=1, **params)
    try:
        return model, simulate(model, settings)
    except InfeasibleError:
        reject()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    features=st.lists(st.sampled_from(FEATURES), max_size=6, unique=True),
    warmup=st.sampled_from((0.0, 100.0)),
    engine=st.sampled_from(ENGINES),
)
def test_nothing_is_wrong_with_the_visits_of_a_random_plant(
    seed: int, features: list[str], warmup: float, engine: str
) -> None:
    """Cars are conserved, nobody overtakes, all figures follow from where each car has been."""
    model, result = drawn(seed, features, visits=2, until_min=SPAN, warmup=warmup, engine=engine)
    verification = verify_simulation(model, result)
    assert verification.clean, str(verification)
    assert verification.checked["visit_way"] > 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    features=st.lists(st.sampled_from(FEATURES), max_size=8, unique=True),
    warmup=st.sampled_from((0.0, 100.0)),
    engine=st.sampled_from(ENGINES),
)
def test_nothing_is_wrong_with_the_tables_of_a_random_plant(
    seed: int, features: list[str], warmup: float, engine: str
) -> None:
    """Whatever it has: cars are conserved, states add up, nothing exceeds its places."""
    model, result = drawn(seed, features, until_min=2 * SPAN, warmup=warmup, engine=engine)
    verification = verify_simulation(model, result)
    assert verification.clean, str(verification)
    assert verification.checked["states"] > 0
