"""One process, two processes, a Dask cluster: the same snapshot, how much faster, and how much memory.

`python -m benchmarks.fanout [--articles N [M ...]] [--reading] [--dask]`. Takes N generated articles all the way to the
snapshot by `python -m pipeline run` with one process and with two (and by two workers of a local Dask scheduler), and
compares the snapshots byte for byte; then M articles, to see whether memory grows. `--reading` measures the reading of
events alone, before. Ratios are to the one process of the same articles; `cpu` says what the fan-out costs in all, and
is the figure to trust where others use the machine; `load` is that of the minute before each step ended.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.articles import write_articles
from benchmarks.memory import peak_memory
from pipeline.extraction import extract_all, load_extractor
from pipeline.fleet import fleet
from pipeline.ingest import batches
from pipeline.read.sources import read_source
from pipeline.read.types import Failure, ReadOptions
from pipeline.snapshot import open_current

EXTRACT_BATCH = 500


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fanout", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[2000], metavar="N")
    parser.add_argument("--reading", action="store_true", help="measure the reading of events alone, too")
    parser.add_argument("--dask", action="store_true", help="by a local Dask scheduler too")
    parser.add_argument("--extract", metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.extract:
        return _extract(args.extract, args.workers)
    same = True
    for count in args.articles:
        with tempfile.TemporaryDirectory(prefix="fanout-") as name:
            same &= _measure(Path(name), count, args)
    return 0 if same else 1


def _measure(folder: Path, count: int, args: argparse.Namespace) -> bool:
    """One number of articles; whether all its snapshots are the same."""
    given = folder / "articles.jsonl"
    write_articles(count, given)
    print(json.dumps({"articles": count, "mb": round(given.stat().st_size / 1e6, 1)}), flush=True)
    if args.reading:
        here = [sys.executable, "-m", "benchmarks.fanout", "--extract", str(given), "--workers"]
        alone: dict[str, float] = {}
        for step in ("1", "2"):
            figures = _watched([*here, step], {})
            alone = alone or figures
            _tell("reading", f"workers {step}", figures, alone, count)
    hashes: dict[str, dict[str, str]] = {}
    runs = {"workers 1": ["--workers", "1"], "workers 2": ["--workers", "2"]}
    with _cluster(args.dask) as address:
        if address:
            runs["dask 2"] = ["--scheduler", address]
        first: dict[str, float] = {}
        for title, options in runs.items():
            figures = _run(folder / title, given, options)
            first = first or figures
            _tell("run", title, figures, first, count)
            hashes[title] = _hashes(folder / title / "snapshot")
            shutil.rmtree(folder / title)
    same = all(one == hashes["workers 1"] for one in hashes.values())
    print(json.dumps({"snapshots": len(hashes), "same_byte_for_byte": same}), flush=True)
    return same


def _run(folder: Path, given: Path, options: list[str]) -> dict[str, float]:
    settings = {"PIPELINE_STORE": str(folder / "store.sqlite"), "PIPELINE_SNAPSHOT": str(folder / "snapshot")}
    return _watched([sys.executable, "-m", "pipeline", "run", str(given), *options], settings)


def _tell(what: str, title: str, figures: dict[str, float], first: dict[str, float], count: int) -> None:
    told: dict[str, Any] = {"step": what, "with": title, **figures}
    told["articles_per_second"] = round(count / figures["seconds"], 1)
    told["speed_up"] = round(first["seconds"] / figures["seconds"], 2)
    told["cpu_ratio"] = round(figures["cpu"] / first["cpu"], 2) if first["cpu"] else None
    told["load"] = round(os.getloadavg()[0], 1)
    print(json.dumps(told), flush=True)


def _watched(command: list[str], settings: dict[str, str]) -> dict[str, float]:
    """Seconds, CPU seconds of all processes, and the most memory they had together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | settings | {"PIPELINE_LOG": "json"}, stdout=subprocess.DEVNULL)
    with peak_memory(process, 0.1) as peak:
        process.wait()
    if process.returncode:
        raise SystemExit(f"{' '.join(command[2:5])} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds = time.perf_counter() - began
    return {"seconds": round(seconds, 2), "cpu": round(cpu, 2), "peak_mb": round(peak.bytes / 1e6)}


def _extract(path: str, workers: int) -> int:
    """Extraction alone, without store: what the fleet itself is good for."""
    reports = (one for one in read_source(path, ReadOptions()) if not isinstance(one, Failure))
    events = 0
    for batch in extract_all(batches(reports, EXTRACT_BATCH), load_extractor, fleet(workers, None)):
        events += sum(len(read.events) for read in batch)
    print(events)
    return 0


def _hashes(root: Path) -> dict[str, str]:
    """Of every file but the reports': those hold the time at which each was retrieved."""
    files = open_current(root).manifest.files.items()
    return {name: entry.sha256 for name, entry in files if not name.startswith("reports/")}


@contextmanager
def _cluster(wanted: bool) -> Iterator[str | None]:
    if not wanted:
        yield None
        return
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


if __name__ == "__main__":
    sys.exit(main())
