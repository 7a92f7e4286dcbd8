"""Fuzz one target or all: `python -m benchmarks.fuzz [TARGET...] [--seconds N]`.

With atheris (pip install atheris; Linux) inputs are led by what code they reach; without it they are drawn at random.
Each target runs in a process of its own. Prints a JSON object a target: inputs run, seconds, and the finding if there
is one, whose input is kept in --findings; tests/fuzz runs those again. Exit code 1 where something was found.
"""

import argparse
import hashlib
import importlib.util
import json
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

FINDINGS = Path(__file__).parents[2] / "tests" / "fuzz" / "findings"
SLOW = 10  # seconds one input may take
PACKAGES = ("pipeline.extract", "pipeline.text", "pipeline.read", "pipeline.geocode", "pipeline.query",
            "pipeline.llm", "geodata.fold")  # fmt: skip


class _Fuzzing:
    """Runs one target on inputs until the time is over or something is found."""

    def __init__(self, name: str, seconds: float, findings: Path) -> None:
        from benchmarks.fuzz.targets import TARGETS

        self.name, self.findings = name, findings
        self.target = TARGETS[name]
        self.count = 0
        self.began = time.monotonic()
        self.deadline = self.began + seconds

    def one(self, data: bytes) -> None:
        self.count += 1
        signal.alarm(SLOW)
        try:
            self.target(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            self.end(data, error)
        finally:
            signal.alarm(0)
        if time.monotonic() >= self.deadline:
            self.end()

    def end(self, data: bytes | None = None, error: Exception | None = None) -> None:
        told = {"target": self.name, "inputs": self.count, "seconds": round(time.monotonic() - self.began, 1)}
        if data is not None and error is not None:
            path = self.findings / f"{self.name}-{hashlib.sha256(data).hexdigest()[:12]}"
            self.findings.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            where = traceback.extract_tb(error.__traceback__)[-1]
            told["finding"] = f"{type(error).__name__}: {error}"[:300]
            told |= {"at": f"{Path(where.filename).name}:{where.lineno}", "input": path.name}
        print(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode(), flush=True)
        import os

        os._exit(1 if error else 0)  # atheris has no other way to stop

    def at_random(self, seed: int) -> None:
        rng = random.Random(seed)
        while True:
            self.one(rng.randbytes(rng.choice((4, 40, 400, 2000))))


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"took more than {SLOW} seconds")


def _fuzz(name: str, seconds: float, findings: Path, seed: int) -> None:
    signal.signal(signal.SIGALRM, _too_slow)
    if importlib.util.find_spec("atheris") is None:
        _Fuzzing(name, seconds, findings).at_random(seed)
        return
    import atheris

    with atheris.instrument_imports(include=list(PACKAGES)):
        fuzzing = _Fuzzing(name, seconds, findings)
    sys.stderr.flush()
    atheris.Setup([sys.argv[0], f"-seed={seed}", "-max_len=3000", "-verbosity=0", "-print_final_stats=0"], fuzzing.one)
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target (60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=FINDINGS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.here:
        _fuzz(args.targets[0], args.seconds, args.findings, args.seed)
    from benchmarks.fuzz.targets import TARGETS

    unknown = [name for name in args.targets if name not in TARGETS]
    if unknown:
        parser.error(f"{', '.join(unknown)}: no such target; there are {', '.join(TARGETS)}")
    found = 0
    for name in args.targets or TARGETS:
        command = [sys.executable, "-m", "benchmarks.fuzz", name, "--here", "--seconds", str(args.seconds)]
        command += ["--seed", str(args.seed), "--findings", str(args.findings)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        sys.stdout.write(done.stdout)
        sys.stdout.flush()
        if done.returncode and not done.stdout:
            print(json.dumps({"target": name, "finding": f"the process ended with {done.returncode}"}))
        found += done.returncode != 0
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
