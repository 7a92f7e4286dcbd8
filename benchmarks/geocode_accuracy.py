"""How often the geocoder is right, on the names of geocode_names.txt: province, 12 km, and wrong though sure.

python benchmarks/geocode_accuracy.py [FILE] [--wrong]
"""

import sys
from pathlib import Path

from geodata.gazetteer import Gazetteer
from pipeline.geocode.choose import km_between
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context

NEAR_KM = 12.0
SURE = 0.8


def main() -> None:
    """Prints the shares, and with --wrong each name that was got wrong."""
    files = [word for word in sys.argv[1:] if not word.startswith("--")]
    path = Path(files[0]) if files else Path(__file__).parent / "geocode_names.txt"
    gazetteer = Gazetteer.load()
    resolver = Resolver(gazetteer)
    counts = dict.fromkeys(
        ("places", "province", "near", "precision", "wrong", "surely wrong", "none", "none right"), 0
    )
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, meant, *within = line.split("\t")
        context = Context(admin1=(within[0],), strict=True) if within else Context()
        answer = resolver.resolve(name, context)
        got = answer.place
        if meant == "-":
            counts["none"] += 1
            right = got is None
            counts["none right"] += right
        else:
            counts["places"] += 1
            place = gazetteer.place(meant)
            right = got is not None and km_between(got, place) <= NEAR_KM
            counts["province"] += got is not None and got.admin1 == place.admin1
            counts["near"] += right
            counts["precision"] += got is not None and got.kind == place.kind
        if not right and got is not None:
            counts["wrong"] += 1
            counts["surely wrong"] += answer.confidence > SURE
        if not right and "--wrong" in sys.argv:
            print(f"{name} -> {got.place_id if got else None} {answer.confidence} ({answer.reason}), meant {meant}")
    places = counts["places"]
    for key in ("province", "near", "precision"):
        print(f"{key:13} {counts[key] / places:6.1%} of {places} names of places")
    print(f"{'refused':13} {counts['none right'] / max(1, counts['none']):6.1%} of {counts['none']} that are none")
    print(f"{'wrong place':13} {counts['wrong']}, with confidence above {SURE}: {counts['surely wrong']}")


if __name__ == "__main__":
    main()
