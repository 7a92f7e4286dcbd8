"""The tables of docs/accuracy.md, and docs/accuracy.json, which the Method page shows.

    python -m benchmarks.accuracy [--write] [GOLD.jsonl ...]

Without names: the project's own sets, and the development set beside the repository where it is. The Method page shows
the unseen sets alone: what was measured on reports that rules were written for says little of the next report.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.cli.evaluate import gold_records, read_events
from pipeline.evaluate import Evaluation, Json, evaluate, field_accuracy, totals
from pipeline.read.types import Failure

ROOT = Path(__file__).parents[1]
SETS = (ROOT.parent / "shared" / "gold" / "dev.jsonl", *sorted((ROOT / "tests" / "gold").glob("own_*.jsonl")))
UNSEEN = tuple(path for path in SETS if path.name.startswith("own_unseen"))
_NAME = " + ".join(path.name for path in UNSEEN)
FIELDS = ("days", "places", "actors", "fatalities", "injuries", "evidence")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="docs/accuracy.json of the unseen sets")
    args = parser.parse_args(arguments)
    print("| set | events | found F1 | right F1 | invented | " + " | ".join(FIELDS) + " |")
    print("|" + " --- |" * (5 + len(FIELDS)))
    for path in args.gold or [path for path in SETS if path.exists()]:
        print("| " + " | ".join(row(path.name, measured(path))) + " |", flush=True)
    if args.gold:
        return 0
    unseen = measured(*UNSEEN)
    print("| " + " | ".join(row(_NAME, unseen)) + " |")
    if args.write:
        text = json.dumps(kept(_NAME, unseen), indent=2, sort_keys=True) + "\n"
        (ROOT / "docs" / "accuracy.json").write_text(text, encoding="utf-8")
    return 0


def measured(*paths: Path) -> Evaluation:
    """What extraction reads of gold sets, compared with them; several count as one."""
    failures: list[Failure] = []
    gold = [record for path in paths for _, record in gold_records(str(path))]
    events = [event for path in paths for event in read_events(str(path), failures)]
    if failures:
        raise SystemExit("\n".join(f"error: {failure}" for failure in failures))
    return evaluate(gold, events)


def row(name: str, result: Evaluation) -> list[str]:
    count, fields = totals(result.verdicts), shares(result)
    f1 = [f"{count.figures(agreed)[2]:.2f}" for agreed in (count.found, count.right)]
    invented = f"{count.invented / count.got:.0%}" if count.got else "-"
    return [f"`{name}`", str(count.gold), *f1, invented, *(f"{fields[f]:.2f}" if f in fields else "-" for f in FIELDS)]


def shares(result: Evaluation) -> dict[str, float]:
    """Of each field, in what share of the found events it agrees."""
    counts = field_accuracy(result.verdicts)
    if result.evidence:
        counts["evidence"] = (sum(result.evidence), len(result.evidence))
    return {name: good / of for name, (good, of) in counts.items()}


def kept(name: str, result: Evaluation) -> Json:
    count = totals(result.verdicts)
    figures = {"found": count.figures(count.found), "right": count.figures(count.right)}
    fields = {key: {"precision": p, "recall": r, "f1": f1} for key, (p, r, f1) in figures.items()}
    return {"set": name, "events": count.gold, "fields": fields, "shares": shares(result)}


if __name__ == "__main__":
    raise SystemExit(main())
