"""The brief as one page of HTML that needs nothing beside it; the PDF is made of the same page."""

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from pipeline import labels
from pipeline.export.brief import figures
from pipeline.export.brief.drawing import COLOURS, chart_svg, map_names, map_svg
from pipeline.export.selection import Selection

FONTS = '"Brief", "Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", Tahoma, "Noto Sans", "DejaVu Sans", sans-serif'
_JINJA = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
    trim_blocks=True,
)  # fmt: skip


def brief_html(selection: Selection, about: dict[str, Any], lang: str, font_face: str = "") -> str:
    """The page. Every text of a report is escaped; only web addresses become links. `font_face` is CSS of a font."""
    rows = figures.table(selection, lang)
    bars = figures.bars(selection, lang)
    spots = figures.spots(selection)
    return _JINJA.get_template("page.html.jinja").render(
        lang=lang,
        dir="rtl" if lang in labels.RIGHT_TO_LEFT else "ltr",
        words=figures.words(lang),
        about=about,
        samples=labels.number(about["sample_incidents"], lang),
        totals=figures.totals(selection, lang),
        legend=figures.by_category(selection, lang),
        colours=COLOURS,
        map=map_svg(spots),
        map_names=map_names(spots, lang),
        highest=_counted(max((sum(bar.counts.values()) for bar in bars), default=0), lang),
        bars=bars,
        chart=chart_svg(bars),
        rows=rows,
        more=_counted(selection.incidents.height - len(rows), lang),
        no_place=_counted(selection.incidents.filter(n_locations=0).height, lang),
        no_day=_counted(selection.incidents["event_date"].null_count(), lang),
        fonts=Markup(FONTS),  # our own constants  # nosec B704
        font_face=Markup(font_face),  # nosec B704
    )


def _counted(number: int, lang: str) -> str:
    return labels.number(number, lang) if number else ""
