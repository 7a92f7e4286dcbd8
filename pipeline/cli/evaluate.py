"""`evaluate`: precision, recall and F1 against a gold set, field by field, by language and by event type."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from geodata.gazetteer import Gazetteer
from pipeline.errors import InputError
from pipeline.evaluate import Evaluation, Json, Verdict, evaluate, field_accuracy, totals
from pipeline.event_json import event_record
from pipeline.extract import extract_events
from pipeline.read.jsonl import read_jsonl
from pipeline.read.types import Failure, ReadOptions
from pipeline.text.tokens import read_document

_EPILOG = """GOLD.jsonl: a report a line, {id, text, published, lang, events}, its events in the shape that `extract`
prints. Without --events the reports are read now. `found`: category agrees, and day or place; `right`: days and every
place agree too. Exit code 0: done; 1: a file or line could not be read."""
GROUPS: dict[str, Callable[[Verdict], Sequence[str]]] = {
    "lang": lambda verdict: (verdict.report.get("lang") or "none",),
    "type": lambda verdict: verdict.event_types[:1],
}


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "evaluate", help="precision, recall, F1 against a gold set", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument("gold", metavar="GOLD.jsonl", help="reports with their events, coded by people")
    parser.add_argument(
        "--events", metavar="EVENTS.jsonl", help="events that `extract` printed, instead of reading now"
    )
    parser.add_argument("--show", action="store_true", help="each miss, invention and wrong field, with its words")
    parser.add_argument(
        "--by", type=_groups, default=tuple(GROUPS), metavar="LIST", help=f"tables: {','.join(GROUPS)} (both), or none"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the totals, then the tables, then with --show what is behind them."""
    gold = [record for _, record in gold_records(args.gold)]
    failures: list[Failure] = []
    events = [event for _, event in _records(args.events)] if args.events else list(read_events(args.gold, failures))
    for failure in failures:
        print(f"error: {failure}", file=sys.stderr)
    result = evaluate(gold, events)
    print("\n".join(total_lines(result)))
    for name in args.by:
        print()
        print("\n".join(table(name, result.verdicts)))
    if args.show:
        print()
        for verdict in result.verdicts:
            for line in shown(verdict):
                print(line.encode("utf-8", "replace").decode("utf-8"))
    return 1 if failures else 0


def total_lines(result: Evaluation) -> list[str]:
    """Found and right with precision, recall, F1; counts; then each field's accuracy over the pairs."""
    count = totals(result.verdicts)
    lines = []
    for name, agreed in (("found", count.found), ("right", count.right)):
        precision, recall, f1 = count.figures(agreed)
        lines.append(f"{name:6} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    lines.append(f"gold {count.gold} got {count.got} invented {count.invented} optional found {count.optional_found}")
    fields = field_accuracy(result.verdicts)
    if result.evidence:
        fields["evidence"] = (sum(result.evidence), len(result.evidence))
    lines += [f"{name:11} {good / of:.3f} of {of}" for name, (good, of) in sorted(fields.items())]
    return lines


def table(name: str, verdicts: Iterable[Verdict]) -> list[str]:
    """The totals by language or by type, a row each, and how often its type, days and places agree."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for key in GROUPS[name](verdict):
            groups[key].append(verdict)
    lines = [f"{name:20} gold  got found right invented  F1 found  F1 right  event_type  days  places"]
    for key in sorted(groups):
        count, fields = totals(groups[key]), field_accuracy(groups[key])
        f1 = [count.figures(agreed)[2] for agreed in (count.found, count.right)]
        shares = [
            f"{fields[f][0] / fields[f][1]:.2f}" if f in fields else "-" for f in ("event_type", "days", "places")
        ]
        lines.append(
            f"{key:20} {count.gold:4} {count.got:4} {count.found:5} {count.right:5} {count.invented:8}"
            f"  {f1[0]:8.3f}  {f1[1]:8.3f}  {shares[0]:>10}  {shares[1]:>4}  {shares[2]:>6}"
        )
    return lines


def shown(verdict: Verdict) -> Iterator[str]:
    """What is wrong with a verdict: nothing, or a line for the event and one for the words."""
    gold, got, report_id = verdict.gold, verdict.got, verdict.report["id"]
    if verdict.outcome == "missed" and gold is not None:
        yield f"missed    {report_id}: {_brief(gold)}"
        yield f"          told: {gold.get('sentence', '')}"
    elif verdict.outcome == "invented" and got is not None:
        yield f"invented  {report_id}: {_brief(got)}"
        yield f"          read: {_words(verdict.report, got, 'event_type')} in: {_sentence(verdict.report, got)}"
    elif verdict.outcome == "paired" and gold is not None and got is not None:
        for name, agrees in verdict.checks.items():
            if not agrees:
                yield f"wrong     {report_id}: {name} of {_brief(gold)}"
                evidence = _FIELDS.get(name, (name,))
                words = "; ".join(_words(verdict.report, got, one) for one in evidence)
                yield f"          read: {_told(got, evidence)} from: {words or 'no words'}"
                yield f"          gold: {_told(gold, evidence)}"


_FIELDS = {"days": ("event_date",), "places": ("locations",), "actors": ("actor1", "actor2")}


def _brief(event: Json) -> str:
    places = ", ".join(str(place.get("name")) for place in event.get("locations", [])) or "no place"
    return f"{event['category']} {event.get('event_type')}, {event.get('event_date') or 'no day'}, {places}"


def _told(event: Json, fields: Sequence[str]) -> str:
    told: list[str] = []
    for name in fields:
        value: Any = event.get(name)
        if name == "event_date":
            value = f"{value} to {event.get('end_date') or value}"
        elif name == "locations":
            value = [
                f"{place.get('name')} ({place.get('admin1')}, {place.get('geo_precision')})" for place in value or []
            ]
        told.append(f"{value}")
    return "; ".join(told)


def _words(report: Json, event: Json, name: str) -> str:
    spans = (event.get("evidence") or {}).get(name, [])
    return " | ".join(report["text"][start:end] for start, end in spans)


def _sentence(report: Json, event: Json) -> str:
    """The sentence of the report that the event's words stand in."""
    spans = (event.get("evidence") or {}).get("event_type") or [[0, 1]]
    at = spans[0][0]
    document = read_document(report["text"])
    for sentence in document.sentences:
        if sentence.span.start <= at < sentence.span.end:
            return " ".join(report["text"][sentence.span.start : sentence.span.end].split())
    return ""


def read_events(path: str, failures: list[Failure]) -> Iterator[Json]:
    """The events of a gold set's reports, as extraction reads them now; what cannot be read is added to `failures`."""
    gazetteer = Gazetteer.load()
    with Path(path).open(encoding="utf-8-sig") as lines:
        for report in read_jsonl(lines, path, ReadOptions()):
            if isinstance(report, Failure):
                failures.append(report)
            else:
                yield from (event_record(event) for event in extract_events(report, gazetteer))


def _records(path: str) -> Iterator[tuple[int, Json]]:
    """The JSON objects of a file by line number. InputError names the file and line that cannot be read."""
    try:
        with Path(path).open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise InputError(f"{path}:{number} is a JSON {type(record).__name__}, not an object")
                    yield number, record
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def gold_records(path: str | Path) -> Iterator[tuple[int, Json]]:
    """The reports of a gold set by line number. InputError names the line that is none."""
    for number, record in _records(str(path)):
        yield number, _gold_report(str(path), number, record)


def _gold_report(path: str, number: int, record: Json) -> Json:
    missing = [name for name in ("id", "text", "events") if name not in record]
    if missing:
        raise InputError(f"{path}:{number} is no gold report: it has no {', '.join(missing)}")
    return record


def _groups(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip() and name.strip() != "none")
    if wrong := [name for name in names if name not in GROUPS]:
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: one or more of {', '.join(GROUPS)}, or none")
    return names
