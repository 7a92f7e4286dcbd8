"""`compare`: the rules and a language model read the same reports, and their results are kept apart.

Off unless an OpenAI-compatible endpoint is named (docs/language-model.md). Nothing is stored: the store and the map
hold what the rules read.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from geodata.gazetteer import Gazetteer
from pipeline.cli.evaluate import gold_records
from pipeline.cli.reading import add_reading, read_options
from pipeline.errors import InputError, StoreError, UsageError
from pipeline.evaluate import evaluate, totals
from pipeline.event_json import event_record
from pipeline.extract import extract_events
from pipeline.llm import LlmExtractor, Reading, settings_from
from pipeline.model import Report
from pipeline.read.sources import read_source
from pipeline.read.types import Failure

_EPILOG = """Prints a JSON object an extractor: rules, language-model. With -o, FOLDER/rules.jsonl and
FOLDER/language-model.jsonl hold their events, and FOLDER/refused.jsonl what the model said and the report does not.
With --gold both are scored as `evaluate` scores; `evaluate GOLD.jsonl --events FOLDER/language-model.jsonl --show`
says where the model went wrong.
PIPELINE_LLM_URL, PIPELINE_LLM_MODEL and PIPELINE_LLM_KEY name the endpoint."""


@dataclass(slots=True)
class Tally:
    """What one extractor did."""

    extractor: str
    reports: int = 0
    failed: int = 0
    events: int = 0
    refused: int = 0
    seconds: float = 0.0
    by_category: dict[str, int] = field(default_factory=dict)


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "compare", help="rules and a language model over the same reports", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="files or folders; - for standard input")
    parser.add_argument("--gold", type=Path, metavar="GOLD.jsonl", help="reports with their events: read and scored")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="keep the events of both there")
    parser.add_argument("--llm-url", metavar="URL", help="the endpoint, up to /v1 (or PIPELINE_LLM_URL)")
    parser.add_argument("--llm-model", metavar="NAME", help="the model (or PIPELINE_LLM_MODEL)")
    parser.add_argument("--llm-timeout", type=float, metavar="S", help="seconds an answer may take (60)")
    add_reading(parser)


def run(args: argparse.Namespace) -> int:
    """Reads every report twice. 1 where a source, or a report by either extractor, could not be read."""
    settings = settings_from(url=args.llm_url, model=args.llm_model, timeout=args.llm_timeout)
    if settings is None:
        raise UsageError(
            "no language model is named: give --llm-url and --llm-model, or set PIPELINE_LLM_URL and so on"
        )
    if not args.sources and not args.gold:
        raise UsageError("nothing to read: name files, or --gold GOLD.jsonl")
    reports, failures = _reports(args)
    gold = [record for _, record in gold_records(args.gold)] if args.gold else []
    gazetteer = Gazetteer.load()
    with LlmExtractor(settings, gazetteer) as model:
        by: dict[str, Callable[[Report], Reading]] = {
            "rules": lambda report: Reading(tuple(extract_events(report, gazetteer)), ()),
            "language-model": model.read,
        }
        told = [_read(name, reports, read) for name, read in by.items()]
    for tally, events, _ in told:
        print(json.dumps(asdict(tally) | {"seconds": round(tally.seconds, 2)} | _scores(gold, events)))
    if args.output:
        _keep(args.output, told)
    return 1 if failures or any(tally.failed for tally, _, _ in told) else 0


def _reports(args: argparse.Namespace) -> tuple[list[Report], int]:
    reports: list[Report] = []
    failures = 0
    for source in (*args.sources, *([str(args.gold)] if args.gold else [])):
        for item in read_source(source, read_options(args)):
            if isinstance(item, Failure):
                failures += 1
                print(f"error: {item}", file=sys.stderr)
            else:
                reports.append(item)
    return reports, failures


Told = tuple[Tally, list[dict[str, Any]], list[dict[str, str]]]


def _read(name: str, reports: Sequence[Report], read: Callable[[Report], Reading]) -> Told:
    tally = Tally(name)
    events: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    began = time.perf_counter()
    for report in tqdm(reports, desc=name, unit=" reports", file=sys.stderr):
        tally.reports += 1
        try:
            reading = read(report)
        except InputError as error:  # FetchError is one: the endpoint's fault or the report's, the others go on
            tally.failed += 1
            print(f"error: {name}: {report.source or report.report_id}: {error}", file=sys.stderr)
            continue
        events += [event_record(event) | {"extractor": name} for event in reading.events]
        refused += [{"report_id": report.report_id, "refused": text} for text in reading.refused]
        for event in reading.events:
            tally.by_category[event.category] = tally.by_category.get(event.category, 0) + 1
    tally.seconds = time.perf_counter() - began
    tally.events, tally.refused = len(events), len(refused)
    return tally, events, refused


def _scores(gold: Sequence[dict[str, Any]], events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Precision, recall and F1 of found and of right, as `evaluate` has them."""
    if not gold:
        return {}
    count = totals(evaluate(gold, events).verdicts)
    return {
        name: dict(
            zip(("precision", "recall", "f1"), (round(figure, 3) for figure in count.figures(agreed)), strict=True)
        )
        for name, agreed in (("found", count.found), ("right", count.right))
    }


def _keep(folder: Path, told: Sequence[Told]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for tally, events, _ in told:
            _write(folder / f"{tally.extractor}.jsonl", events)
        _write(folder / "refused.jsonl", [row for _, _, refused in told for row in refused])
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror}): name another folder with -o") from error


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
