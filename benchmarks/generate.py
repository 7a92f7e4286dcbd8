"""Generated reports and events for benchmarks and for trying the dashboard: `python -m benchmarks.generate --help`.

Nothing in them happened. Every value has its words in the text, so that evidence can be shown; the same seed gives
the same reports, and incident number n is the same whatever number of incidents is asked for.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from benchmarks.phrases import ACTORS, ACTS, FILLERS, OPENINGS, OUTLETS, TOLLS, Act
from benchmarks.places import PLACES, WEIGHTS
from pipeline.model import EVENT_TYPES, Claim, Days, Event, Location, Range, Report, Span

FIRST_DAY = date(2014, 6, 10)
N_DAYS = 4200
_CUMULATIVE = list(accumulate(WEIGHTS))
_ACT_WEIGHTS = list(accumulate(act.weight for act in ACTS))
_COMMA = {"ar": "، ", "ckb": "، ", "en": ", "}
_IN = {"ar": "في ", "ckb": "", "en": "in "}


def generate(incidents: range, seed: int = 1, over: int | None = None) -> Iterator[list[tuple[Report, Event]]]:
    """For each number of `incidents`, the reports that tell of it (1.3 on average), each with its one event.

    Days are spread over years; with `over` they go on from the first day for number 0 to the last for number `over`,
    as news comes in, and those beyond are of the last days.
    """
    for number in incidents:
        rng = random.Random(seed * 1_000_003 + number)
        act = rng.choices(ACTS, cum_weights=_ACT_WEIGHTS)[0]
        place = rng.choices(PLACES, cum_weights=_CUMULATIVE)[0]
        if over is None:
            nth = rng.randrange(N_DAYS)
        else:
            nth = number * N_DAYS // over if number < over else N_DAYS - 1 - rng.randrange(3)
        day = FIRST_DAY + timedelta(days=nth)
        killed = rng.choices((0, 1, 2, 3, 5, 9), (6, 4, 3, 2, 1, 1))[0] if act.deadly else 0
        wounded = rng.choices((0, 1, 2, 4, 7), (5, 3, 3, 2, 1))[0] if act.deadly else 0
        n_reports = rng.choices((1, 2, 3, 4), (78, 16, 4, 2))[0]
        told = []
        for copy, outlet in enumerate(rng.sample(range(len(OUTLETS)), n_reports)):
            rival = killed + (1 if copy and killed and rng.random() < 0.2 else 0)
            toll = (rival, wounded)
            name = f"g{number:08}-{copy}"
            told.append(_report(name, rng, act=act, place=place, day=day, toll=toll, outlet=outlet))
        yield told


def _report(
    report_id: str, rng: random.Random, *, act: Act, place: Location, day: date, toll: tuple[int, int], outlet: int
) -> tuple[Report, Event]:
    publisher, lang = OUTLETS[outlet]
    text = _Text()
    claims: dict[str, Any] = {}
    phrase, back = rng.choice(OPENINGS[lang])
    claims["days"] = text.say(phrase, Days(day, day, 1), "date.relative")
    text.add(" ")
    claims["event_type"] = text.say(act.words[lang], act.event_type, "type.phrase")
    text.add(" " + _IN[lang])
    name = {"ar": place.name_ar, "ckb": place.name_ckb, "en": place.name}[lang] or place.name
    claims["locations"] = (text.say(name, place, "place.name"),)
    for role, code in (("actor1", act.actor1), ("actor2", act.actor2)):
        if code:
            text.add(_COMMA[lang])
            claims[role] = text.say(ACTORS[code][lang], code, "actor.name")
    for role, count in zip(("fatalities", "injuries"), toll, strict=True):
        if act.deadly and count:
            text.add(_COMMA[lang])
            claims[role] = text.say(TOLLS[role][lang].format(count), Range(count, count, count), "count.figure")
    sentence = Span(0, text.length + 1)
    text.add(". " + rng.choice(FILLERS[lang]) + f" ({report_id})")
    report = Report(
        report_id=report_id,
        text=text.whole(),
        published=day + timedelta(days=back),
        publisher=publisher,
        title=text.whole()[: sentence.end],
        url=f"https://news.invalid/{report_id}",
        lang=lang,
        source="generated",
        is_sample=True,
    )
    event = Event(
        event_id=f"{report_id}-1",
        report_id=report_id,
        category=EVENT_TYPES[act.event_type],
        publisher=publisher,
        sentence=sentence,
        confidence=rng.choice((0.6, 0.7, 0.8, 0.9)),
        **claims,
    )
    return report, event


class _Text:
    """Text that grows, and remembers where each value was said."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def say(self, words: str, value: Any, rule: str) -> Claim[Any]:
        span = Span(self.length, self.length + len(words))
        self.add(words)
        return Claim(value, words, (span,), "text", rule)

    def whole(self) -> str:
        return "".join(self.parts)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--incidents", type=int, default=2000, help="how many incidents; 1.3 reports each on average")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="write a snapshot there: set PIPELINE_SNAPSHOT to it")
    parser.add_argument("--jsonl", type=Path, help="write the reports there as JSON Lines, for `pipeline ingest`")
    args = parser.parse_args(arguments)
    if not args.output and not args.jsonl:
        parser.error("say where to: -o FOLDER or --jsonl FILE")
    from benchmarks.generated_files import write_jsonl, write_snapshot

    numbers = range(args.incidents)
    if args.jsonl:
        write_jsonl(generate(numbers, args.seed), args.jsonl)
    if args.output:
        snapshot = write_snapshot(generate(numbers, args.seed), args.output)
        print(f"{snapshot.folder}: {snapshot.manifest.counts}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
