"""One replication of a plant, by the engine that suits it."""

from collections.abc import Sequence
from typing import Any, Literal

from motorworks.case.plant_model import PlantModel, Source
from motorworks.errors import EngineError
from motorworks.simulate import events, recursion, slots
from motorworks.simulate.encode import Encoded
from motorworks.simulate.tally import EngineName, Tally

EngineChoice = Literal["auto", "events", "recursion", "slots"]


def choose(encoded: Encoded) -> tuple[EngineName, str]:
    """Engine that computes a plant exactly in the least time, and why, in words.

    Raises
    ------
    EngineError
        Where laws of slots are used in a plant that is no slotted line.
    """
    if not isinstance(encoded.slotted, str):
        return "slots", "slots: a line whose machines are up or down for whole slots"
    if not isinstance(encoded.line, str):
        return "recursion", "recursion: a line in which each car follows the car before"
    if encoded.in_slots:
        msg = f"plant {encoded.model.name} uses a Bernoulli law, which asks for a line in slots; "
        raise EngineError(msg + encoded.slotted)
    return "events", f"events: {encoded.line}"


def replicate(
    encoded: Encoded,
    *,
    seed: int,
    replication: int,
    until_min: float | None = None,
    until_cars: int | None = None,
    warmup_min: float = 0.0,
    warmup_cars: int = 0,
    sample_min: float = 0.0,
    visits: bool = False,
    order_at: Sequence[int] = (),
    engine: EngineChoice = "auto",
) -> Tally:
    """Run a plant once.

    Parameters
    ----------
    encoded
        Of :func:`motorworks.simulate.encode.encode`.
    seed, replication
        Name the random numbers: the same ones give the same tally.
    until_min, until_cars
        The span ends at a minute, or as so many cars have left, whichever is first; without
        either, when nothing can happen any more, which is never while cars keep coming.
    warmup_min, warmup_cars
        Tallies begin once this minute has come and so many cars have left.
    sample_min
        Minutes between two looks at how many cars are in each element; 0 for none.
    visits
        Whether to write down each visit of a car to an element.
    order_at
        Elements at which to write down the order in which cars leave.
    engine
        ``auto`` for that of :func:`choose`.

    Raises
    ------
    EngineError
        Where the engine asked for is not exact for the plant, or nothing says when to end.
    InfeasibleError
        Where cars wait for each other in a circle; it is named. Or where only a count of cars
        says when to end, and all are scrapped.
    """
    if until_min is None and until_cars is None and _goes_on(encoded.model):
        msg = f"plant {encoded.model.name} never ends; give until_min or until_cars"
        raise EngineError(msg)
    name = choose(encoded)[0] if engine == "auto" else engine
    asked: dict[str, Any] = {
        "seed": seed, "replication": replication, "until_min": until_min,
        "until_cars": until_cars, "warmup_min": warmup_min, "warmup_cars": warmup_cars,
        "sample_min": sample_min, "visits": visits, "order_at": order_at,
    }  # fmt: skip
    if name == "events":
        if encoded.in_slots:
            raise _not_exact(encoded, name, "a Bernoulli law belongs to a line in slots")
        return events.replicate(encoded, **asked)
    if name == "recursion":
        if isinstance(encoded.line, str):
            raise _not_exact(encoded, name, encoded.line)
        return recursion.replicate(encoded.line, **asked)
    if isinstance(encoded.slotted, str):
        raise _not_exact(encoded, name, encoded.slotted)
    return slots.replicate(encoded.slotted, **asked)


def _goes_on(model: PlantModel) -> bool:
    """Whether cars come for ever: from a source that no list of cars ends."""
    return any(
        isinstance(one, Source) and one.kind != "cars" and not one.pieces for one in model.elements
    )


def _not_exact(encoded: Encoded, name: str, reason: str) -> EngineError:
    """Error of an engine asked for that cannot compute a plant."""
    return EngineError(f"engine {name} cannot compute plant {encoded.model.name}: {reason}")
