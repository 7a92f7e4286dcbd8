"""`python -m geodata build` makes the shipped files anew; `python -m geodata import FILE` adds a user's own."""

import argparse
import sys

from geodata.build import build, write
from geodata.gazetteer import HERE, GazetteerError


def main(argv: list[str] | None = None) -> int:
    """0 done, 1 the data cannot be used, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m geodata", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("build", help="places.csv and names.csv from the handwritten rows and the pinned packages")
    parser.parse_args(argv)
    try:
        places, names = build()
    except GazetteerError as error:
        print(error, file=sys.stderr)
        return 1
    write(HERE, places, names)
    print(f"{len(places)} places, {len(names)} names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
