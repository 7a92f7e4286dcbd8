"""How it changes: over time, by province and type, and against the period before."""

import altair as alt
import polars as pl
import streamlit as st

from pages.ui import axes, data, shell, theme, timeline, trends
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
    counted = timeline.counts(page.selection.incidents)
    if counted.height:
        st.altair_chart(_columns(counted, page), alt=t("trend_over_time", page.lang))
    _compare(page)
    left, right = st.columns(2, gap="large")
    with left:
        _title(page, "trend_toll")
        st.altair_chart(_toll(page), alt=t("trend_toll", page.lang))
    with right:
        _title(page, "trend_actors")
        st.altair_chart(_actors(page), alt=t("trend_actors", page.lang))


def _title(page: Page, key: str) -> None:
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(t(key, page.lang))}</h2>')


def _columns(counted: pl.DataFrame, page: Page) -> alt.Chart:
    named = {category: labels.label("category", category, page.lang) for category in CATEGORIES}
    rows = counted.group_by("bucket", "category").agg(pl.col("n").sum()).with_columns(
        bucket=pl.col("bucket").cast(pl.Datetime("ms")), name=pl.col("category").replace(named)
    )  # fmt: skip
    width = max(1.5, min(22, 700 / max(1, rows["bucket"].n_unique())))
    return (
        alt.Chart(rows.to_pandas())
        .mark_bar(size=width)
        .encode(
            x=axes.time("bucket:T", page.lang),
            y=axes.count("n:Q", page.lang),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(named.values()), range=theme.category_colours()),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[alt.Tooltip("bucket:T", format="%Y-%m-%d", title=""), alt.Tooltip("name:N", title=""), "n:Q"],
        )
        .properties(height=260)
    )


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


def _toll(page: Page) -> alt.Chart:
    """Killed and injured by month, from the lowest to the highest figures told."""
    names = {kind: labels.label("field", kind, page.lang) for kind in ("fatalities", "injuries")}
    rows = trends.toll(page.selection.incidents).with_columns(
        month=pl.col("month").cast(pl.Datetime("ms")), name=pl.col("kind").replace(names)
    )
    shades = [theme.colours()["incident"], theme.colours()["airstrike"]]
    colour = alt.Color(
        "name:N", scale=alt.Scale(domain=list(names.values()), range=shades),
        legend=alt.Legend(orient="top", title=t("low_high", page.lang)),
    )  # fmt: skip
    base = alt.Chart(rows.to_pandas()).encode(x=axes.time("month:T", page.lang), color=colour)
    band = base.mark_area(opacity=0.25).encode(y=axes.count("low:Q", page.lang), y2="high:Q")
    line = base.mark_line(point={"size": 22}, strokeWidth=1.6).encode(
        y=axes.count("low:Q", page.lang), tooltip=["name:N", "low:Q", "high:Q", alt.Tooltip("month:T", format="%Y-%m")]
    )
    return (band + line).properties(height=280)


def _actors(page: Page) -> alt.Chart:
    rows = trends.by(page.selection, "actor").sort("n", "actor", descending=[True, False]).head(12)
    names = [plain(labels.actor(one, page.lang))[:60] for one in rows["actor"]]
    rows = rows.with_columns(name=pl.Series(names, dtype=pl.String)).unique("name", maintain_order=True)
    side = "right" if page.rtl else "left"
    return (
        alt.Chart(rows.to_pandas())
        .mark_bar(color=theme.SEQUENTIAL[theme.dark()][3], size=13)
        .encode(
            x=axes.amount("n:Q", page.lang, reverse=page.rtl),
            y=alt.Y(
                "name:N",
                sort="-x" if not page.rtl else "x",
                axis=alt.Axis(title=None, orient=side, labelLimit=220, labelOverlap=False),
            ),
            tooltip=["name:N", "n:Q"],
        )
        .properties(height=280)
    )


if __name__ == "__main__":
    main()
