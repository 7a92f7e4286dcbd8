"""`geocode`: place names to places, one JSON line a name."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geodata.gazetteer import ADMIN1, Gazetteer
from pipeline.errors import UsageError
from pipeline.geocode.record import as_record
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context

HELP = "place names to places: one JSON line a name"


def add_parser(verbs: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Adds the verb to the command line."""
    parser = verbs.add_parser("geocode", help=HELP, description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a place name, in Arabic, Sorani or Latin script")
    parser.add_argument("--within", metavar="PROVINCE", help="the province they lie in, in any spelling")
    parser.add_argument("--input", metavar="FILE", help="a file with a name a line (- for standard input)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers each name. 0 where each has an answer, be it "unknown"; 1 where lines could not be read."""
    resolver = Resolver(Gazetteer.load())
    if bool(args.names) == bool(args.input):
        raise UsageError("give either names or --input FILE")
    context = Context()
    if args.within:
        context = Context(admin1=(province(args.within, resolver),), strict=True)
    if args.names:
        failed = write(args.names, resolver, context)
    elif args.input == "-":
        failed = write(_lines(sys.stdin.buffer), resolver, context)
    else:
        path = Path(args.input)
        if not path.is_file():
            raise UsageError(f"--input {args.input}: no such file")
        with path.open("rb") as lines:
            failed = write(_lines(lines), resolver, context)
    return 1 if failed else 0


def province(name: str, resolver: Resolver) -> str:
    """The canonical province a name stands for. UsageError where it is none of Iraq's."""
    answer = resolver.resolve(name, Context(kind="governorate"))
    if answer.place is None or answer.place.kind != "governorate":
        raise UsageError(f"--within {name}: no province of Iraq. One of: {', '.join(ADMIN1)}")
    return answer.place.admin1


def _lines(raw: Iterable[bytes]) -> Iterator[str | bytes]:
    """The lines of a file as text; a line that is no UTF-8 stays bytes."""
    for at, line in enumerate(raw):
        stripped = line.rstrip(b"\r\n")
        try:
            text = stripped.decode("utf-8")
        except UnicodeDecodeError:
            yield stripped
            continue
        yield text.removeprefix("\ufeff") if at == 0 else text


def write(names: Iterable[str | bytes], resolver: Resolver, context: Context) -> int:
    """Writes a JSON line for each name; the count of those that are no text."""
    failed = 0
    for name in names:
        if isinstance(name, bytes):
            failed += 1
            shown = name.decode("utf-8", "replace")
            print(f"not UTF-8, left out: {shown[:80]!r}; save the file as UTF-8", file=sys.stderr)
            record: dict[str, Any] = {"query": shown, "place": None, "reason": "not UTF-8", "candidates": []}
        else:
            record = as_record(name, resolver.resolve(name, context), resolver)
        print(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"))
    return failed
