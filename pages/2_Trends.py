"""How it changes: over time, by province and type, and against the period before."""

from typing import Any

import polars as pl
import streamlit as st

from pages.ui import axes, data, shell, theme, trends
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup, plain
from pipeline import labels
from pipeline.model import CATEGORIES


def main() -> None:
    """Counts over time; the comparison; the toll; who is most often involved."""
    page = shell.begin("trends")
    shell.heading(page)
    if not page.selection.n:
        shell.empty(page.lang)
        return
    _title(page, "trend_over_time")
    counted = data.over_time(page.selection.query)
    if counted.height:
        st.vega_lite_chart(None, _columns(counted, page), alt=t("trend_over_time", page.lang))
    _compare(page)
    left, right = st.columns(2, gap="large")
    with left:
        _title(page, "trend_toll")
        st.vega_lite_chart(None, _toll(page), alt=t("trend_toll", page.lang))
    with right:
        _title(page, "trend_actors")
        st.vega_lite_chart(None, _actors(page), alt=t("trend_actors", page.lang))


def _title(page: Page, key: str) -> None:
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(t(key, page.lang))}</h2>')


def _columns(counted: pl.DataFrame, page: Page) -> dict[str, Any]:
    named = {category: labels.label("category", category, page.lang) for category in CATEGORIES}
    rows = counted.group_by("bucket", "category").agg(pl.col("n").sum())
    rows = rows.select("n", bucket=pl.col("bucket").cast(pl.String), name=pl.col("category").replace(named))
    return {
        "data": {"values": rows.sort("bucket", "name").to_dicts()},
        "mark": {"type": "bar", "size": max(1.5, min(22, 700 / max(1, rows["bucket"].n_unique())))},
        "height": 260,
        "encoding": {
            "x": axes.time("bucket", page.lang),
            "y": axes.count("n", page.lang),
            "color": axes.category(page.lang, legend=True),
            "tooltip": [axes.day("bucket", ""), {"field": "name", "title": ""}, {"field": "n", "title": ""}],
        },
    }


def _compare(page: Page) -> None:
    last = data.choices().last_day
    if last is None:
        return
    both = trends.periods(page.selection.query, last)  # type: ignore[arg-type]
    _title(page, "trend_compare")
    now, before = (labels.days(*span, page.lang) for span in (both.now, both.before))
    note = t("trend_compare_note", page.lang, now=now, before=before)
    if not both.chosen:
        note += ". " + t("trend_last90", page.lang)
    st.html(f'<p class="hint" dir="{page.dir}">{markup(note)}</p>')
    left, right = st.columns(2, gap="large")
    for column, kind, title in ((left, "admin1", "trend_provinces"), (right, "event_type", "trend_types")):
        rows = trends.compared(page.selection.query, both, kind)
        with column:
            st.html(_table(page, rows, kind, t(title, page.lang)))


def _table(page: Page, rows: pl.DataFrame, kind: str, title: str) -> str:
    """A small table: both counts as bars, and the change in words and sign."""
    most = max(1, *rows["now"].to_list(), *rows["before"].to_list()) if rows.height else 1
    number = lambda n: labels.number(n, page.lang)  # noqa: E731
    lines = []
    for code, now, before in rows.head(15).iter_rows():
        change = now - before
        sign = "+" if change > 0 else "−" if change < 0 else ""
        way = "up" if change > 0 else "down" if change < 0 else "same"
        lines.append(
            f"<tr><th scope=row>{markup(labels.label(kind, code, page.lang))}</th>"
            f'<td class="bars"><span style="width:{100 * now / most:.1f}%"></span>'
            f'<span class="old" style="width:{100 * before / most:.1f}%"></span></td>'
            f"<td>{number(now)}</td><td>{number(before)}</td>"
            f'<td class="{way}"><bdi dir="ltr">{sign}{number(abs(change))}</bdi></td></tr>'
        )
    heads = "".join(f"<th scope=col>{markup(t(key, page.lang))}</th>" for key in ("now", "before", "change"))
    return (
        f'<table class="compare" dir="{page.dir}"><caption>{markup(title)}</caption>'
        f"<thead><tr><td></td><td></td>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


def _toll(page: Page) -> dict[str, Any]:
    """Killed and injured over time, from the lowest to the highest figures told."""
    names = {kind: labels.label("field", kind, page.lang) for kind in ("fatalities", "injuries")}
    rows = trends.toll(page.selection.take(*trends.TOLL))
    rows = rows.select("low", "high", month=pl.col("month").cast(pl.String), name=pl.col("kind").replace(names))
    shades = [theme.colours()["incident"], theme.colours()["airstrike"]]
    colour = {
        "field": "name", "type": "nominal", "scale": {"domain": list(names.values()), "range": shades},
        "legend": {"orient": "top", "title": t("low_high", page.lang)},
    }  # fmt: skip
    low = axes.count("low", page.lang)
    tooltip = [axes.day("month", ""), {"field": "name", "title": ""}, {"field": "low"}, {"field": "high"}]
    return {
        "data": {"values": rows.to_dicts()},
        "height": 280,
        "encoding": {"x": axes.time("month", page.lang), "color": colour},
        "layer": [
            {"mark": {"type": "area", "opacity": 0.25}, "encoding": {"y": low, "y2": {"field": "high"}}},
            {
                "mark": {"type": "line", "point": {"size": 22}, "strokeWidth": 1.6},
                "encoding": {"y": low, "tooltip": tooltip},
            },
        ],
    }


def _actors(page: Page) -> dict[str, Any]:
    rows = trends.by(page.selection, "actor").sort("n", "actor", descending=[True, False]).head(12)
    names = [plain(labels.actor(one, page.lang))[:60] for one in rows["actor"]]
    values = [{"name": name, "n": n} for name, n in zip(names, rows["n"], strict=True)]
    axis = {"title": None, "orient": "right" if page.rtl else "left", "labelLimit": 220, "labelOverlap": False}
    return {
        "data": {"values": values},
        "height": 280,
        "mark": {"type": "bar", "color": theme.SEQUENTIAL[theme.dark()][3], "size": 13},
        "encoding": {
            "x": axes.amount("n", page.lang),
            "y": {"field": "name", "type": "nominal", "sort": None, "axis": axis},
            "tooltip": [{"field": "name", "title": ""}, {"field": "n", "title": ""}],
        },
    }


if __name__ == "__main__":
    main()
