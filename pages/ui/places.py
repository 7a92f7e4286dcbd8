"""Places of the gazetteer as the page shows them."""

from itertools import chain

from geodata.fold import fold
from geodata.gazetteer import Gazetteer, Place
from pages.ui.text import t
from pages.ui.words import isolated, markup
from pipeline import labels

SHOWN = 40
_RANK = {"governorate": 0, "district": 1, "city": 2, "town": 3, "subdistrict": 4}


def find(gazetteer: Gazetteer, words: str, disputed: bool) -> list[Place]:
    """Places with a name that holds the words, in any script and spelling: those that begin with them come first."""
    wanted = fold(words).strip()
    best: dict[str, int] = {}
    own = ((place.name, place.place_id) for place in gazetteer.places.values())
    for name, place_id in chain(own, ((name.name, name.place_id) for name in gazetteer.names)):
        at = fold(name).find(wanted)
        if at >= 0:
            best[place_id] = min(best.get(place_id, 2), 0 if at == 0 else 1)
    found = [place for place in map(gazetteer.place, best) if place.disputed or not disputed]

    def order(place: Place) -> tuple[int, bool, int, str]:
        return best[place.place_id], not place.disputed, _RANK.get(place.kind, 5), place.name

    return sorted(found, key=order)


def called(place: Place, lang: str) -> str:
    """Name, kind and province in words."""
    names: dict[str, object] = {"name": place.name, "name_ar": place.name_ar, "name_ckb": place.name_ckb}
    kind, admin1 = labels.label("kind", place.kind, lang), labels.label("admin1", place.admin1, lang)
    return f"{labels.place(names, lang)} · {kind} · {admin1}"


def script(code: str, lang: str) -> str:
    """What a language of names is called."""
    return labels.label("language", code, lang)


def table(gazetteer: Gazetteer, places: list[Place], lang: str, direction: str) -> str:
    """The places as an HTML table: names in each script, kind, where, point, status with its source."""
    names = [t("place", lang), labels.label("language", "ar", lang), labels.label("language", "ckb", lang)]
    names += [t(key, lang) for key in ("kind", "admin1", "admin2", "point", "status")]
    heads = "".join(f"<th scope=col>{markup(name)}</th>" for name in names)
    rows = "".join(_row(gazetteer, place, lang) for place in places)
    label = markup(t("page_gazetteer", lang))
    return (
        f'<div class="rows-scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="rows-table plain" dir="{direction}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(gazetteer: Gazetteer, place: Place, lang: str) -> str:
    others = [name.name for name in gazetteer.names_of.get(place.place_id, ())]
    known = {place.name, place.name_ar, place.name_ckb}
    more = ", ".join(isolated(name) for name in dict.fromkeys(others) if name not in known)
    cells = [
        f"<b>{isolated(place.name)}</b>{f'<br><small>{more}</small>' if more else ''}",
        isolated(place.name_ar or ""),
        isolated(place.name_ckb or ""),
        markup(labels.label("kind", place.kind, lang)),
        markup(labels.label("admin1", place.admin1, lang)),
        markup(labels.label("admin2", place.admin2, lang) if place.admin2 else ""),
        f'<bdi dir="ltr">{place.latitude:.3f}, {place.longitude:.3f}</bdi>',
        _status(place, lang),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _status(place: Place, lang: str) -> str:
    """Disputed and administered by whom: two facts, each with its day and source."""
    parts = []
    if place.disputed:
        parts.append(f"{markup(t('disputed_areas', lang))}{_since(place.disputed_since)}")
        if place.disputed_source:
            parts.append(f"<small>{isolated(place.disputed_source)}</small>")
    if place.administered_by:
        by = markup(labels.label("administered_by", place.administered_by, lang))
        parts.append(f"{by}{_since(place.administered_since)}")
    return "<br>".join(parts)


def _since(day: str | None) -> str:
    """The day since when, as recorded: dates of the gazetteer may be a year alone."""
    return f' (<bdi dir="ltr">{markup(day)}</bdi>)' if day else ""
