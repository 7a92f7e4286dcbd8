"""What holds for any text: no crash, spans inside it, the same answer every time, nothing read into noise."""

import random
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.event_json import event_record
from pipeline.extract import extract_events
from pipeline.model import Claim, Event, Language, Span
from tests.pipeline.extract.reading import gazetteer, report

TOLD: tuple[tuple[Language, str], ...] = (
    ("ar", "هاجم مسلحو داعش مساء أمس نقطة للشرطة في داقوق، ما أسفر عن مقتل شرطيين وإصابة ثلاثة آخرين، بحسب مصدر أمني."),
    ("ar", "نفذ الطيران العراقي يوم أمس 10 ضربات على أوكار داعش في جبال حمرين."),
    ("ar", "وصل صباح اليوم الأحد وفد عسكري رفيع إلى بلدة مخمور للاجتماع مع البيشمركة."),
    ("ckb", "دوێنێ داعش هێرشی کردە سەر پێشمەرگە لە مەخموور و دوو پێشمەرگە شەهید بوون."),
    ("en", "Gunmen attacked a police checkpoint in Daquq on Saturday, killing two officers and wounding three."),
)
PIECES = [word for _, text in TOLD for word in text.split()] + [
    ".", "\n", "،", "«", "»", '"', "(", ")", "لم", "نفى", "سيعقد", "بين", "و", "3", "٣", "۳", "1/1/2021", "ليلة", "قبل",
    "\u200f", "\u202e", "\u200d", "\ud800", "\x00", "ﷺ", "😀", "<b>", "&nbsp;", "not", "will", "من", "إلى", "-", "%",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
ANY = st.text(st.characters(codec=None), max_size=300)
LANGUAGES = st.sampled_from(["ar", "ckb", "en", None])
PUBLISHED = st.sampled_from([date(2021, 12, 12), date(2024, 2, 29), date(1950, 1, 1), date(2099, 12, 31), None])
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def claims(event: Event) -> Iterator[Claim[object]]:
    singles = (
        event.event_type, event.days, event.actor1, event.actor2, event.fatalities, event.injuries,
        event.casualties_low, event.n_strikes,
    )  # fmt: skip
    yield from (claim for claim in singles if claim is not None)
    yield from event.locations
    yield from event.quoted_sources


def check(text: str, event: Event) -> None:
    """A value that was read has words, and they are the text's."""
    for claim in claims(event):
        assert all(isinstance(span, Span) and 0 <= span.start < span.end <= len(text) for span in claim.spans)
        assert claim.spans or claim.origin == "publication"
    assert event.sentence is not None
    assert 0 <= event.sentence.start < event.sentence.end <= len(text)
    assert 0 <= event.confidence <= 1
    for figure in (event.fatalities, event.injuries):
        if figure is not None:
            told = [number for number in figure.value if number is not None]
            assert told == sorted(told)
            assert min(told) >= 0
    if event.days is not None and event.days.value.start is not None:
        assert event.days.value.end is not None
        assert event.days.value.start <= event.days.value.end


@relaxed
@given(WORDS, LANGUAGES, PUBLISHED)
def test_words_of_reports_in_any_order(text: str, lang: Language | None, published: date | None) -> None:
    given_report = report(text, lang, published)
    found = extract_events(given_report, gazetteer())
    for event in found:
        check(text, event)
    assert extract_events(given_report, gazetteer()) == found
    assert len({event.event_id for event in found}) == len(found)


@relaxed
@given(ANY, LANGUAGES)
def test_any_characters(text: str, lang: Language | None) -> None:
    for event in extract_events(report(text, lang), gazetteer()):
        check(text, event)


@relaxed
@given(st.text(st.characters(categories=("Lo", "Ll", "Lu", "Nd", "Po", "Zs")), max_size=300), LANGUAGES)
def test_nothing_is_read_into_noise(text: str, lang: Language | None) -> None:
    assert extract_events(report(text, lang), gazetteer()) == []


@pytest.mark.parametrize(("lang", "text"), TOLD)
def test_no_report_changes_another(lang: Language, text: str) -> None:
    alone = [event_record(event) for event in extract_events(report(text, lang), gazetteer())]
    assert alone
    others = [report(other, other_lang, report_id=str(at)) for at, (other_lang, other) in enumerate(TOLD)]
    random.Random(1).shuffle(others)
    for other in others:
        extract_events(other, gazetteer())
    assert [event_record(event) for event in extract_events(report(text, lang), gazetteer())] == alone


@pytest.mark.parametrize(("lang", "text"), TOLD)
@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\ufeff", "\u200d"])
def test_marks_that_show_nothing_change_no_value(lang: Language, text: str, mark: str) -> None:
    def values(told: str) -> list[dict[str, object]]:
        records = [event_record(event) for event in extract_events(report(told, lang), gazetteer())]
        left = {"event_id", "evidence", "date_phrase", "quoted_sources"}
        return [{name: value for name, value in record.items() if name not in left} for record in records]

    assert values(text.replace(" ", f"{mark} {mark}")) == values(text)


@pytest.mark.parametrize(("lang", "text"), TOLD)
def test_markup_left_in_does_no_harm(lang: Language, text: str) -> None:
    wrapped = f'<div class="x" onclick="alert(1)"><p>{text}</p><script>var a = "b";</script></div>'
    found = extract_events(report(wrapped, lang), gazetteer())
    plain = extract_events(report(text, lang), gazetteer())
    for event in found:
        check(wrapped, event)
    assert [event.event_type.value for event in found] == [event.event_type.value for event in plain]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "داعش",
        "هجوم",
        "3",
        "؟",
        "\ud800",
        "كركوك",
        "أمس",
        "قتل",
        "\u202e",
        "." * 1000,
        "ا" * 5000,
    ],
)
@pytest.mark.parametrize("lang", ["ar", "ckb", "en", None])
def test_a_word_is_no_event(text: str, lang: Language | None) -> None:
    assert extract_events(report(text, lang), gazetteer()) == []


def calls(text: str) -> int:
    """How many functions reading the text calls: a measure of work that no busy machine changes."""
    n = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal n
        n += event.endswith("call")

    told = report(text)
    sys.setprofile(count)
    try:
        extract_events(told, gazetteer())
    finally:
        sys.setprofile(None)
    return n


UNITS = {
    "no full stop": "قال المصدر إن القوة عادت إلى مقرها في كركوك ",
    "many events": "هاجم مسلحون قرية في داقوق أمس وقتلوا شرطيين. ",
    "many places": "كركوك والحويجة وداقوق والدبس ومخمور ",
    "one word": "كلمة ",
    "numbers": "3 و4 وخمسة ",
    "dates": "أمس الأحد 3 آذار ",
}


@pytest.mark.parametrize("name", UNITS)
def test_work_grows_no_faster_than_the_length(name: str) -> None:
    calls(UNITS[name])  # lexicons and gazetteer loaded
    short, long = calls(UNITS[name] * 50), calls(UNITS[name] * 400)
    assert long < 1.5 * 8 * short


@pytest.mark.slow
@pytest.mark.parametrize(("name", "times"), [("no full stop", 10_000), ("many events", 2_000), ("one word", 1_000_000)])
def test_long_texts_are_read_to_the_end(name: str, times: int) -> None:
    """Ten thousand sentences without a full stop; five megabytes and a half."""
    text = UNITS[name] * times + ". هاجم مسلحون نقطة للشرطة في سنجار أمس."
    found = extract_events(report(text), gazetteer())
    assert any(place.value.place_id == "sinjar" for event in found for place in event.locations)
    for event in found:
        check(text, event)
