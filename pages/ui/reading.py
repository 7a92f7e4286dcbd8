"""Reports as read: found by words, shown with all that was read in them."""

from typing import Any

import polars as pl

from pages.ui import evidence
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import isolated, markup, plain, web_address
from pipeline import labels

SHOWN = 60
_LISTED = ("report_id", "publisher", "published", "title", "lang", "n_events", "is_sample")


def find(page: Page, words: str, empty_only: bool) -> pl.DataFrame:
    """The latest reports that hold all the words, as they stand in title, text or outlet; at most SHOWN."""
    found = page.frames.tables.scan("reports")
    for word in words.split():
        anywhere = [
            pl.col(name).fill_null("").str.contains(word, literal=True) for name in ("title", "text", "publisher")
        ]
        found = found.filter(pl.any_horizontal(anywhere))
    if empty_only:
        found = found.filter(pl.col("n_events") == 0)
    first = pl.col("text").str.slice(0, 90).alias("opening")
    by_day = pl.col("published").fill_null(pl.date(1, 1, 1))
    return found.sort(by_day, descending=True).head(SHOWN).select(*_LISTED, first).collect()


def item(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """A report as a row of the list."""
    day = labels.days(row["published"], None, lang) or t("no_date", lang)
    number = labels.number(row["n_events"] or 0, lang)
    return {
        "id": row["report_id"], "category": "", "title": plain(row["title"] or row["opening"])[:120], "note": "",
        "when": f"{day} · {t('events_n', lang, n=number)}", "where": plain(row["publisher"] or ""),
    }  # fmt: skip


def incidents_of(page: Page, report_id: str) -> list[str]:
    """The ids of the incidents that this report tells of."""
    found = page.frames.tables.scan("sources").filter(pl.col("report_id") == report_id)
    return sorted(set(found.select("incident_id").collect()["incident_id"]))


def article(page: Page, report: dict[str, Any]) -> str:
    """The whole report as HTML, every value's words marked."""
    claims = page.frames.tables.scan("claims").filter(pl.col("report_id") == report["report_id"]).collect().to_dicts()
    return text_of(report, evidence.marks(claims, report["report_id"], len(report["text"])), page.lang)


def text_of(report: dict[str, Any], marks: list[evidence.Mark], lang: str) -> str:
    """A report with marks, as HTML."""
    day = labels.days(report["published"], None, lang) or t("no_date", lang)
    url = web_address(report["url"])
    link = (
        f' · <a href="{markup(url)}" target="_blank" rel="noopener noreferrer">{markup(t("open_source", lang))}</a>'
        if url
        else ""
    )
    facts = [isolated(report["publisher"] or ""), markup(day)]
    if report["lang"]:
        facts.append(markup(labels.label("language", report["lang"], lang)))
    title = f'<h3 dir="auto">{markup(report["title"])}</h3>' if report["title"] else ""
    nothing = "" if marks else f'<p class="hint">{markup(t("nothing_read", lang))}</p>'
    return (
        f'<article class="card report">{title}<div class="sub">{" · ".join(one for one in facts if one)}{link}</div>'
        f"{evidence.keys(marks, lang)}{nothing}"
        f'<div class="report-text" dir="auto" lang="{markup(report["lang"] or "")}">'
        f"{evidence.marked(report['text'], marks, lang)}</div></article>"
    )
