"""Vega-Lite axes with months and digits as each language writes them, and the parts that charts share.

Charts are plain Vega-Lite specifications: building them by Altair took half the time of a run, in checking.
"""

import json
from typing import Any

from pages.ui import theme
from pipeline import labels
from pipeline.model import CATEGORIES

_DIGITS = "٠١٢٣٤٥٦٧٨٩"


def time(field: str, lang: str) -> dict[str, Any]:
    """A time axis: months in words, years in the language's digits."""
    axis = {
        "title": None, "grid": False, "labelExpr": _months(lang), "labelOverlap": True, "labelFlush": True,
        "tickCount": 8,
    }  # fmt: skip
    return {"field": field, "type": "temporal", "axis": axis, "scale": {"type": "utc", "padding": 6}}


def count(field: str, lang: str, **more: Any) -> dict[str, Any]:
    """An upright axis of counts; below the line they count as well."""
    shown = _digits("format(abs(datum.value), ',')", lang)
    orient = "right" if _rtl(lang) else "left"
    axis = {"title": None, "tickMinStep": 1, "tickCount": 4, "labelExpr": shown, "orient": orient}
    return {"field": field, "type": "quantitative", "axis": axis, **more}


def amount(field: str, lang: str) -> dict[str, Any]:
    """A level axis of counts, from right to left where the language runs so."""
    axis = {"title": None, "tickMinStep": 1, "tickCount": 5, "labelExpr": _digits("format(datum.value, ',')", lang)}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"reverse": _rtl(lang)}}


def category(lang: str, legend: bool) -> dict[str, Any]:
    """Colour by the category's name in `lang`, in the field "name"."""
    names = [labels.label("category", one, lang) for one in CATEGORIES]
    scale = {"domain": names, "range": theme.category_colours()}
    shown = {"orient": "top", "title": None} if legend else None
    return {"field": "name", "type": "nominal", "scale": scale, "legend": shown}


def day(field: str, title: str) -> dict[str, Any]:
    """A day in a tooltip."""
    return {"field": field, "type": "temporal", "title": title, "format": "%Y-%m-%d"}


def _months(lang: str) -> str:
    """A Vega expression for a tick of time: day and month, month and year, or the year, by how fine the axis is."""
    names = json.dumps([labels.label("month", number, lang) for number in range(1, 13)], ensure_ascii=False)
    month = f"{names}[utcmonth(datum.value)]" if lang != "en" else "utcFormat(datum.value, '%b')"
    year, day_ = (_digits(f"utcFormat(datum.value, '{code}')", lang) for code in ("%Y", "%-d"))
    first = "utcdate(datum.value) == 1"
    return f"{first} && utcmonth(datum.value) == 0 ? {year} : {first} ? {month} : {day_} + ' ' + {month}"


def _digits(expression: str, lang: str) -> str:
    """The Vega expression with its digits as the language writes them."""
    if not _rtl(lang):
        return expression
    for at, digit in enumerate(_DIGITS):
        expression = f"replace({expression}, /{at}/g, '{digit}')"
    return expression


def _rtl(lang: str) -> bool:
    return lang in labels.RIGHT_TO_LEFT
