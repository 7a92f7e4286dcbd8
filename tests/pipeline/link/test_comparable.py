"""Which pairs are scored: every one that is not ruled out, and far fewer than all."""

import random
from datetime import date, timedelta
from itertools import combinations

import pytest

from geodata.gazetteer import Gazetteer
from pipeline.link.compare import score
from pipeline.link.pairs import comparable
from pipeline.link.told import Told
from tests.pipeline.link.told_pairs import event

TYPES = ("attack", "ied", "armed_clash", "visit", "meeting", "air_strike")


def _events(count: int, seed: int) -> list[Told]:
    rng = random.Random(seed)
    places = sorted(Gazetteer.load().places)
    found = []
    for number in range(count):
        start = date(2021, 3, 1) + timedelta(days=rng.randrange(12))
        end = start + timedelta(days=rng.choice((0, 0, 0, 1, 6)))
        told: dict[str, object] = {"event_type": rng.choice(TYPES), "time_precision": 1}
        told["places"] = rng.sample(places, rng.choice((0, 1, 1, 1, 2)))
        if rng.random() > 0.1:
            told |= {"event_date": start.isoformat(), "end_date": end.isoformat()}
        if rng.random() > 0.7:
            told["text"] = f"one text printed by several outlets, word for word, number {rng.randrange(5)}"
        found.append(event(told, f"e{number}"))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_pair_that_may_be_one_occurrence_is_left_out(seed: int) -> None:
    events = _events(220, seed)
    pairs = list(comparable(events))
    assert len(pairs) == len(set(pairs)), "each once"
    assert all(one < other for one, other in pairs)
    possible = {
        pair for pair in combinations(range(len(events)), 2) if score(events[pair[0]], events[pair[1]]) is not None
    }
    assert len(possible) > 100
    assert possible <= set(pairs)
    assert len(pairs) < 0.2 * len(events) ** 2 / 2
