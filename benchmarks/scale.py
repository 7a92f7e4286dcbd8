"""A million incidents from 1.3 million reports: how long publishing takes, and a run of a hundred new reports.

`python -m benchmarks.scale [--incidents N] [--folder DIR]`. Every figure is given as a ratio to reading the published
Parquet files raw, with Polars, in the same run: machines differ, the ratio hardly does. Memory is the highest that the
process and its workers together had at once; processor seconds are given too, as other work on the machine leaves
them alone.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from benchmarks.fill_store import fill
from benchmarks.generate import generate
from benchmarks.memory import peak_memory
from pipeline.extraction import Extract
from pipeline.model import Event, Report
from pipeline.read.types import ReadOptions
from pipeline.run import RunOptions, administration, new_run_id, publish_if_needed, run
from pipeline.snapshot import open_current
from pipeline.snapshot_schema import FILES
from pipeline.store import open_store
from pipeline.store.tables import runs
from pipeline.versions import Versions

NEW = 100  # reports of the incremental run
RULES = Versions("generated", "generated", "generated")  # so that the store stays read, whatever the code is by then


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="keep the store there, and use it again")
    parser.add_argument("--step", choices=("publish", "increment", "raw"), help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.step:
        before = _cpu()
        figures = _STEPS[args.step](args.folder, args.incidents)
        print(json.dumps({**figures, "cpu_seconds": round(_cpu() - before, 2)}))
        return 0
    folder = args.folder or Path(tempfile.mkdtemp(prefix="scale-"))
    try:
        _measure(folder, args.incidents)
    finally:
        if not args.folder:
            shutil.rmtree(folder)
    return 0


def _measure(folder: Path, count: int) -> None:
    store = folder / "store.sqlite"
    if not store.exists():
        began = time.perf_counter()
        fill(store, count, RULES.extraction).close()
        print(f"filled in {time.perf_counter() - began:.0f} s: {store.stat().st_size / 1e9:.2f} GB", file=sys.stderr)
    shutil.rmtree(folder / "snapshot", ignore_errors=True)
    figures = {step: _step(step, folder, count) for step in ("publish", "raw", "increment")}
    raw = figures["raw"]["seconds"]
    for step, figure in figures.items():
        figure["ratio_to_raw"] = round(figure["seconds"] / raw, 2)
        print(json.dumps({"step": step, "incidents": count, **figure}))


def _step(step: str, folder: Path, count: int) -> dict[str, float]:
    """One step in a process of its own, watched for the memory it and its children take."""
    command = [sys.executable, "-m", "benchmarks.scale", "--step", step, "--folder", str(folder)]
    process = subprocess.Popen([*command, "--incidents", str(count)], stdout=subprocess.PIPE, text=True)
    with peak_memory(process, 0.05) as peak:
        answer, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"step {step} failed")
    return {**json.loads(answer), "peak_gb": round(peak.bytes / 1e9, 2)}


def _cpu() -> float:
    """Processor seconds of this process and its workers: what a loaded machine does not change."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _publish(folder: Path, count: int) -> dict[str, float]:
    began = time.perf_counter()
    store = open_store(folder / "store.sqlite")
    snapshot = publish_if_needed(store, folder / "snapshot", new_run_id(), administration())
    seconds = time.perf_counter() - began
    size = sum(entry.size for entry in snapshot.manifest.files.values())
    return {"seconds": round(seconds, 2), "snapshot_gb": round(size / 1e9, 3), **snapshot.manifest.counts}


def _raw(folder: Path, count: int) -> dict[str, float]:
    snapshot = open_current(folder / "snapshot")
    began = time.perf_counter()
    rows = sum(snapshot.read(table).height for table in FILES)
    return {"seconds": round(time.perf_counter() - began, 2), "rows": rows}


def _increment(folder: Path, count: int) -> dict[str, float]:
    """A hundred reports of the newest days, others each time a store is used again."""
    told: dict[str, tuple[Report, Event]] = {}
    with open_store(folder / "store.sqlite").read() as connection:
        first = count + NEW * (connection.scalar(sa.select(sa.func.count()).select_from(runs)) or 0)
    for incident in generate(range(first, first + NEW), over=count):
        for report, event in incident:
            if len(told) < NEW:
                told[report.report_id] = (report, event)

    def read_source(source: str, options: ReadOptions) -> Iterator[Report]:
        yield from (report for report, _ in told.values())

    def load() -> Extract:
        return lambda report: [told[report.report_id][1]]

    began = time.perf_counter()
    store = open_store(folder / "store.sqlite")
    options = RunOptions(root=folder / "snapshot", load=load, read_source=read_source, versions=RULES)
    outcome = run(store, ["-"], options)
    return {"seconds": round(time.perf_counter() - began, 2), **outcome.counts}


_STEPS = {"publish": _publish, "raw": _raw, "increment": _increment}

if __name__ == "__main__":
    sys.exit(main())
