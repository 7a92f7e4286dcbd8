"""Generated articles as long as news is: a lead, more of the day's incidents, background; streamed, in three languages.

`python -m benchmarks.articles COUNT FILE.jsonl`. Nothing in them happened; the same number gives the same article.
"""

import json
import random
import sys
from collections import defaultdict, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.generate import N_DAYS, generate
from benchmarks.phrases import FILLERS
from pipeline.model import Report

_PARAGRAPHS = (3, 4, 5, 6, 8)
_INCIDENTS_A_DAY = 60
_SAID = {
    "ar": ("وقال مصدر أمني إن التحقيق مستمر.", "وأضاف البيان أن القوات باشرت بتفتيش المنطقة."),
    "ckb": ("سەرچاوەیەکی ئەمنی گوتی لێکۆڵینەوە بەردەوامە.", "لە بەیاننامەکەدا هاتووە هێزەکان ناوچەکە دەپشکنن."),
    "en": ("A security source said an inquiry was under way.", "The statement added that troops searched the area."),
}  # fmt: skip


def articles(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """`count` articles as the JSON Lines that `run` reads, each telling of three to eight incidents of its language."""
    rng = random.Random(seed)
    waiting: defaultdict[str, deque[Report]] = defaultdict(deque)
    wanted = {lang: rng.choice(_PARAGRAPHS) for lang in FILLERS}
    made = 0
    # As news comes in, day by day; fewer articles are fewer days of it, so that a day is as full at any count.
    in_all = max(N_DAYS * _INCIDENTS_A_DAY, count * 5)
    for incident in generate(range(sys.maxsize), seed, over=in_all):
        for report, _ in incident:
            lang = report.lang or "ar"
            waiting[lang].append(report)
            if len(waiting[lang]) < wanted[lang]:
                continue
            yield _article(made, lang, [waiting[lang].popleft() for _ in range(wanted[lang])], rng)
            wanted[lang] = rng.choice(_PARAGRAPHS)
            made += 1
            if made == count:
                return


def _article(number: int, lang: str, reports: list[Report], rng: random.Random) -> dict[str, Any]:
    paragraphs = [f"{report.text.rpartition(' (')[0]} {rng.choice(_SAID[lang])}" for report in reports]
    first = reports[0]
    return {
        "id": f"a{number:09}",
        "text": "\n".join([*paragraphs, rng.choice(FILLERS[lang])]),
        "published": first.published.isoformat() if first.published else None,
        "publisher": first.publisher,
        "title": first.title,
        "url": f"https://news.invalid/a{number:09}",
        "lang": lang,
        "sample": True,
    }


def write_articles(count: int, path: Path, seed: int = 1) -> None:
    """Writes them a line each, holding none."""
    with path.open("w", encoding="utf-8") as file:
        for record in articles(count, seed):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write_articles(int(sys.argv[1]), Path(sys.argv[2]))
