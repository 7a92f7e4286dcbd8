"""What codes are called in Arabic, Sorani and English, and how numbers and days are written there.

lexicons/labels.csv holds a code a row; actor names come from lexicons/actors.csv. Codes are what is stored and put in
links; labels are only ever shown. A code with no label is shown as it is, never dropped.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from geodata.gazetteer import Gazetteer
from pipeline.errors import LexiconError
from pipeline.model import Range

HERE = Path(__file__).parent / "lexicons"
LANGUAGES = ("en", "ar", "ckb")
RIGHT_TO_LEFT = frozenset({"ar", "ckb"})

_EASTERN = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")


def label(kind: str, code: object, lang: str) -> str:
    """The name of `code` in `lang`; the code itself where labels.csv has no row for it."""
    if kind == "admin2":
        return _districts().get(str(code), {}).get(lang) or str(code)
    return _labels().get((kind, str(code)), {}).get(lang) or str(code)


def codes(kind: str) -> tuple[str, ...]:
    """The codes of one kind, in the order of labels.csv."""
    return tuple(code for found, code in _labels() if found == kind)


def actor(name: str | None, lang: str) -> str:
    """An actor's name in `lang`; joint actors ("A; B") one by one. The canonical name where no other is known."""
    if not name:
        return ""
    joint = [part.strip() for part in name.split(";")]
    return ("؛ " if lang in RIGHT_TO_LEFT else "; ").join(_actors().get(part, {}).get(lang) or part for part in joint)


def place(names: dict[str, object], lang: str) -> str:
    """A place's name in `lang` out of name, name_ar, name_ckb; Kurdish falls back to Arabic, all to the Latin name."""
    order = {"en": ("name",), "ar": ("name_ar", "name"), "ckb": ("name_ckb", "name_ar", "name")}[lang]
    return next((str(names[key]) for key in order if names.get(key)), "")


def number(value: float, lang: str) -> str:
    """A number with grouping, in the digits of the language: 1,204 and ١٬٢٠٤."""
    text = f"{value:,}"
    return text.translate(_EASTERN) if lang in RIGHT_TO_LEFT else text


def digits(text: str, lang: str) -> str:
    """`text` with its digits as the language writes them; no grouping (years, identifiers)."""
    return text.translate(_EASTERN) if lang in RIGHT_TO_LEFT else text


def day(value: date, lang: str) -> str:
    """A day in words: 12 December 2021, ١٢ كانون الأول ٢٠٢١, ١٢ی کانوونی یەکەمی ٢٠٢١."""
    number_, month, year = (
        digits(str(value.day), lang),
        label("month", value.month, lang),
        digits(str(value.year), lang),
    )
    return f"{number_}ی {month}ی {year}" if lang == "ckb" else f"{number_} {month} {year}"


def month(first: date, lang: str) -> str:
    """A month in words: December 2021, كانون الأول ٢٠٢١, کانوونی یەکەمی ٢٠٢١."""
    name, year = label("month", first.month, lang), digits(str(first.year), lang)
    return f"{name}ی {year}" if lang == "ckb" else f"{name} {year}"


def days(start: date | None, end: date | None, lang: str) -> str:
    """A day or a stretch of days, repeating neither month nor year needlessly. Empty where no day is known."""
    if start is None or end is None or start == end:
        known = start or end
        return day(known, lang) if known else ""
    if lang == "en":
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day} to {day(end, lang)}"
        if start.year == end.year:
            return f"{start.day} {label('month', start.month, lang)} to {day(end, lang)}"
        return f"{day(start, lang)} to {day(end, lang)}"
    return (
        f"من {day(start, lang)} إلى {day(end, lang)}" if lang == "ar" else f"لە {day(start, lang)} تا {day(end, lang)}"
    )


def figures(value: Range, lang: str) -> str:
    """A count as told: 3, 3 to 5, at least 20, at most 4. Empty where the report says none."""
    low, best, high = value
    if best is not None and (low, high) in ((best, best), (None, None)):
        return number(best, lang)
    if low is not None and high is not None:
        span = number(low, lang) if low == high else f"{number(low, lang)}–{number(high, lang)}"
        return span if best is None or low == high else f"{span} ({number(best, lang)})"
    if low is not None:
        return {"en": "at least {}", "ar": "{} على الأقل", "ckb": "لانی کەم {}"}[lang].format(number(low, lang))
    if high is not None:
        return {"en": "at most {}", "ar": "{} على الأكثر", "ckb": "زۆرینە {}"}[lang].format(number(high, lang))
    return number(best, lang) if best is not None else ""


def joined(parts: list[str], lang: str) -> str:
    """A list in words: A, B and C."""
    if len(parts) < 2:
        return "".join(parts)
    if lang == "ar":
        return " و".join(parts)
    comma, last = (", ", " and ") if lang == "en" else ("، ", " و ")
    return comma.join(parts[:-1]) + last + parts[-1]


@cache
def _labels() -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    with (HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        for at, row in enumerate(csv.DictReader(file), start=2):
            key = (row["kind"], row["code"])
            if key in found or not all(row.get(lang) for lang in LANGUAGES):
                raise LexiconError(f"labels.csv, line {at}: {key} stands twice or lacks a language. Mend that row.")
            found[key] = {lang: row[lang] for lang in LANGUAGES}
    return found


@cache
def _districts() -> dict[str, dict[str, str]]:
    """Districts by their Latin name, from the gazetteer; Sorani falls back to Arabic."""
    places = [place for place in Gazetteer.load().places.values() if place.kind == "district"]
    return {
        place.admin2 or place.name: {
            "en": place.admin2 or place.name, "ar": place.name_ar or "", "ckb": place.name_ckb or place.name_ar or "",
        }
        for place in places
    }  # fmt: skip


@cache
def _actors() -> dict[str, dict[str, str]]:
    path = HERE / "actors.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            row["name"]: {"en": row["name"], "ar": row.get("name_ar") or "", "ckb": row.get("name_ckb") or ""}
            for row in rows
        }
