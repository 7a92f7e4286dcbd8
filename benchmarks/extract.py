"""Articles a second that extraction reads on one core, and what of that a bare scan for the same words would cost.

    python -m benchmarks.extract [--articles 400] [--by-language]

Articles are the sample reports and generated ones (benchmarks.articles) of 250 to 400 words, dense with incidents. The
baseline is one pass of ahocorasick_rs over the same folded texts with every form of every lexicon term and every
gazetteer name: the least that finding them can take. Prints ratios; a machine's own speed says little.
"""

import argparse
import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from benchmarks.articles import articles as generated
from geodata.fold import fold
from geodata.gazetteer import Gazetteer
from pipeline.extract import extract_events
from pipeline.extract.marked import mark
from pipeline.garbage import collect_seldom
from pipeline.model import Language, Report
from pipeline.read import ReadOptions, read_source
from pipeline.text.inflect import inflections
from pipeline.text.lexicon import FILES, LANGUAGES, load, read_entries
from pipeline.text.tokens import read_document

SAMPLES = Path(__file__).parents[1] / "samples"
MIN_WORDS = 250


def articles(n: int) -> list[Report]:
    """The sample reports, then generated articles of one language joined until they are as long as news is."""
    found = [
        report
        for source in [*sorted(SAMPLES.glob("*.jsonl")), SAMPLES / "pages"]
        for report in read_source(str(source), ReadOptions())
        if isinstance(report, Report)
    ]
    waiting: dict[Language, list[str]] = {"ar": [], "ckb": [], "en": []}
    for made in generated(20 * n):
        if len(found) >= n:
            break
        texts = waiting[made["lang"]]
        texts.append(made["text"])
        if sum(len(text.split()) for text in texts) >= MIN_WORDS:
            day = date.fromisoformat(made["published"])
            found.append(Report(made["id"], "\n".join(texts), day, made["publisher"], lang=made["lang"]))
            texts.clear()
    return found[:n]


def every_form(gazetteer: Gazetteer) -> list[str]:
    """Each folded form of each lexicon term's words, joined as written, and each folded gazetteer name."""
    forms = {fold(name.name) for name in gazetteer.names}
    for entry in (entry for name in FILES for entry in read_entries(name)):
        for part in entry.term.split("…"):
            words = part.split()
            if len(words) == 1:
                forms |= set(inflections(part.strip(), entry.pos.split()[0], entry.lang)[0])
            elif words:
                forms.add(fold(" ".join(words)))
    return sorted(form for form in forms if len(form) > 1)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor seconds, for machines are busy: the median of some runs, after one that fills the caches."""
    work()
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def peak_megabytes(work: Callable[[], object]) -> float:
    """The most that Python held at once while at work, beyond what it held before."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--by-language", action="store_true")
    args = parser.parse_args()
    reports, gazetteer = articles(args.articles), Gazetteer.load()
    languages: list[Language | None] = [None, *LANGUAGES] if args.by_language else [None]  # type: ignore[list-item]
    automaton = AhoCorasick(every_form(gazetteer))
    for lang in LANGUAGES:
        load(lang)
    collect_seldom()  # as each process of a run does, once it has its lexicons (pipeline.extraction)
    gc.freeze()
    for lang in languages:
        measure(lang, [report for report in reports if lang in (None, report.lang)], gazetteer, automaton)


def measure(lang: Language | None, reports: list[Report], gazetteer: Gazetteer, automaton: AhoCorasick) -> None:
    words = sum(len(report.text.split()) for report in reports)
    print(f"{lang or 'all'}: {len(reports)} articles, {words / len(reports):.0f} words each on average")
    folded = [fold(report.text) for report in reports]
    documents = [(report, report.lang or "ar", read_document(report.text)) for report in reports]
    scan = seconds(lambda: [automaton.find_matches_as_indexes(text, overlapping=True) for text in folded])
    cut = seconds(lambda: [read_document(report.text) for report in reports])
    tag = seconds(lambda: [mark(report, own, document, load(own)) for report, own, document in documents])
    whole = seconds(lambda: [extract_events(report, gazetteer) for report in reports])
    print(f"  extraction       {len(reports) / whole:8.0f} articles a second on one core")
    print(f"  of its time      {cut / whole:8.0%} cutting into tokens, {tag / whole:.0%} the lexicon scan")
    print(f"  the lexicon scan {tag / scan:8.1f} times a bare ahocorasick_rs scan (which knows no clitics and no gaps)")
    print(f"  extraction       {whole / scan:8.1f} times that scan")
    sample = reports[:: max(1, len(reports) // 50)]
    peak = peak_megabytes(lambda: [extract_events(report, gazetteer) for report in sample])
    print(f"  peak memory      {peak:8.1f} MB beyond lexicons and gazetteer")


if __name__ == "__main__":
    main()
