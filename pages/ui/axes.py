"""Axes of the charts with months and digits as each language writes them."""

import json
from typing import Any

import altair as alt

from pipeline import labels

_DIGITS = "٠١٢٣٤٥٦٧٨٩"


def time(field: str, lang: str) -> alt.X:
    """A time axis: months in words, years in the language's digits."""
    expression = _months(lang)
    axis = alt.Axis(title=None, grid=False, labelExpr=expression, labelOverlap=True, labelFlush=True, tickCount=8)
    return alt.X(field, axis=axis, scale=alt.Scale(type="utc", padding=6))


def count(field: str, lang: str, **more: Any) -> alt.Y:
    """An axis of counts; below the line they count as well."""
    shown = _digits("format(abs(datum.value), ',')", lang)
    axis = alt.Axis(title=None, tickMinStep=1, tickCount=4, labelExpr=shown, orient="right" if _rtl(lang) else "left")
    return alt.Y(field, axis=axis, **more)


def _months(lang: str) -> str:
    """A Vega expression for a tick of time: day and month, month and year, or the year, by how fine the axis is."""
    names = json.dumps([labels.label("month", number, lang) for number in range(1, 13)], ensure_ascii=False)
    month = f"{names}[utcmonth(datum.value)]" if lang != "en" else "utcFormat(datum.value, '%b')"
    year, day = (_digits(f"utcFormat(datum.value, '{code}')", lang) for code in ("%Y", "%-d"))
    first = "utcdate(datum.value) == 1"
    return f"{first} && utcmonth(datum.value) == 0 ? {year} : {first} ? {month} : {day} + ' ' + {month}"


def _digits(expression: str, lang: str) -> str:
    """The Vega expression with its digits as the language writes them."""
    if not _rtl(lang):
        return expression
    for at, digit in enumerate(_DIGITS):
        expression = f"replace({expression}, /{at}/g, '{digit}')"
    return expression


def _rtl(lang: str) -> bool:
    return lang in labels.RIGHT_TO_LEFT


def amount(field: str, lang: str, reverse: bool) -> alt.X:
    """A level axis of counts, from right to left where the language runs so."""
    axis = alt.Axis(title=None, tickMinStep=1, tickCount=5, labelExpr=_digits("format(datum.value, ',')", lang))
    return alt.X(field, axis=axis, scale=alt.Scale(reverse=reverse))
