"""`export`: the filtered set of the current snapshot as a file that other tools read."""

import argparse
import sys
from pathlib import Path
from typing import get_args

from pipeline import labels
from pipeline.errors import UsageError
from pipeline.export import FORMATS, ExportOptions, chosen, to_bytes, write
from pipeline.export.selection import Columns, Shape, Split
from pipeline.query import Frames, add_arguments, from_args, select
from pipeline.snapshot import open_current

HELP = "what is filtered, as CSV, XLSX, GeoJSON, GeoPackage, Parquet, KML, zip, HTML or PDF"
_TEXT = ("csv", "geojson", "kml", "html")


def add_parser(verbs: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Adds the verb to the command line."""
    parser = verbs.add_parser("export", help=HELP, description=__doc__)
    parser.add_argument("--format", choices=FORMATS, help="if not given, by the name of FILE")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; standard output if not given")
    parser.add_argument("--lang", choices=labels.LANGUAGES, default="en", help="of headings, codebook and sentence")
    parser.add_argument("--snapshot", metavar="DIR", help="another folder of snapshots than data/snapshot")
    parser.add_argument(
        "--per", choices=get_args(Shape), default="incident", help="one row per incident, or per place of one"
    )
    parser.add_argument("--columns", choices=get_args(Columns), default="own", help="the column set")
    parser.add_argument("--hxl", action="store_true", help="a row of HXL tags under the header (csv, xlsx, zip)")
    parser.add_argument("--no-bom", action="store_true", help="CSV without the mark that Excel needs")
    parser.add_argument("--split", choices=get_args(Split), help="several files: FILE-2021.csv, FILE-2022.csv ...")
    add_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the file, and on standard error what it holds. 0, for an export is whole or is not made."""
    format_ = args.format or _by_name(args.output)
    answer = select(Frames.load(open_current(args.snapshot)), from_args(args))
    selection = chosen(answer, args.lang)
    options = ExportOptions(
        shape=args.per, columns=args.columns, bom=not args.no_bom, hxl=args.hxl, split=args.split,
        progress=sys.stderr.isatty(),
    )  # fmt: skip
    if args.output:
        written = write(format_, selection, Path(args.output), lang=args.lang, options=options)
        for path in written:
            sys.stderr.write(f"{path}\n")
    else:
        if format_ not in _TEXT and sys.stdout.isatty():
            raise UsageError(f"{format_} is no text: name a file with -o")
        sys.stdout.buffer.write(to_bytes(format_, selection, lang=args.lang, options=options))
        sys.stdout.buffer.flush()
    run_id = selection.manifest.get("run_id", "")
    sys.stderr.write(f"{answer.n} incidents: {selection.sentence} (run {run_id})\n")
    return 0


def _by_name(output: str | None) -> str:
    suffix = Path(output).suffix.removeprefix(".").lower() if output else ""
    if suffix not in FORMATS:
        raise UsageError(f"--format is needed: one of {', '.join(FORMATS)}")
    return suffix
