"""Tokens, sentences and their offsets: whatever is folded for matching, a span is of the text as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.fold import fold, fold_with_map
from pipeline.text.tokens import MAX_SENTENCE_TOKENS, forms, read_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قُتِلَ", "قتل"),  # vowel marks
        ("قتــــل", "قتل"),  # tatweel
        ("أربيل إربيل آربيل", "اربيل اربيل اربيل"),
        ("القيّارة", "القياره"),
        ("کەرکووک", "كهركووك"),  # Persian kaf, Kurdish e
        ("مه\u200cخموور", "مهخموور"),  # a joiner that shows nothing
        ("٢٠٢١ ۲۰۲۱", "2021 2021"),
        ("Tuz Khurmātū", "tuz khurmatu"),
        ("\u200fمخمور\u200f", "مخمور"),  # direction marks
        ("ﷺ", "ﷺ"),  # a ligature of eighteen letters stays one
    ],
)
def test_folding_brings_spellings_together(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قُتِلَ شُرطيّان.", ["قُتِل", "شُرطيّان", "."]),
        ("\u200fوصل\u200f إلى مخمور", ["وصل", "إلى", "مخمور"]),
        ('لـ"داعش"', ["ل", '"', "داعش", '"']),
        ("10 ضربات، 3,500 و٢٫٥", ["10", "ضربات", "،", "3,500", "و", "٢٫٥"]),
        ("7/3/2021", ["7/3/2021"]),
        ("the city's road", ["the", "city's", "road"]),
        ("😀داعش", ["😀", "داعش"]),
    ],
)
def test_tokens_are_stretches_of_the_text(text: str, words: list[str]) -> None:
    cut = [text[token.start : token.end].strip("\u200fـ\u064e") for token in read_document(text).tokens]
    assert cut == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قتل جندي. أصيب آخر.", 2),
        ("قتل جندي؟ لا!", 2),
        ("قتل جندي\nأصيب آخر", 2),
        ("Gen. Ali met Col. Hassan in Erbil. He left.", 2),
        ("At 3.30 p.m. a bomb went off. It was in the U.S. base.", 2),
        ("1.2 million people", 1),
        ("", 0),
        (" \n\t ", 0),
        ("...!!!", 0),
        ("كلمة", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(read_document(text).sentences) == count


def test_a_text_without_a_full_stop_is_cut() -> None:
    sentences = read_document("قال " * 1000).sentences
    assert len(sentences) >= 1000 / MAX_SENTENCE_TOKENS
    assert max(sentence.last - sentence.first for sentence in sentences) <= MAX_SENTENCE_TOKENS + 1


ANY = st.text(st.characters(codec=None), max_size=200)
MIXED = st.text(
    st.sampled_from("قتلأإآةىئؤوفبلك ـ\u064b\u200f\u200e\u202bەۆێڕ٣۳3.,،؛!?\n\"'aZ-_/\ud800\ufdfa😀"), max_size=200
)


@given(ANY | MIXED)
def test_the_map_leads_back(text: str) -> None:
    folded, offsets = fold_with_map(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    for i, char in enumerate(folded):
        assert fold(text[offsets[i] : offsets[i + 1]]) == char
    middle = len(folded) // 2
    assert fold(text[offsets[0] : offsets[middle]]) == folded[:middle]


@given(ANY | MIXED)
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    document = read_document(text)
    ends = 0
    for token in document.tokens:
        assert ends <= token.start < token.end <= len(text)
        assert fold(text[token.start : token.end]) == token.form
        ends = token.end
    at = 0
    for sentence in document.sentences:
        assert at <= sentence.first < sentence.last <= len(document.tokens)
        assert 0 <= sentence.span.start < sentence.span.end <= len(text)
        at = sentence.last
    words = [at for at, token in enumerate(document.tokens) if token.is_word or token.is_number]
    held = {at for sentence in document.sentences for at in range(sentence.first, sentence.last)}
    assert set(words) <= held


@pytest.mark.parametrize(
    ("word", "lang", "base"),
    [
        ("والجيش", "ar", "جيش"), ("بالقيارة", "ar", "قياره"), ("للبلدة", "ar", "بلده"), ("وبكركوك", "ar", "كركوك"),
        ("سيعقد", "ar", "يعقد"), ("بيجي", "ar", "بيجي"), ("كركوك", "ar", "كركوك"), ("وادي", "ar", "وادي"),
        ("هێزەکانی", "ckb", "هيز"), ("لەکەرکووک", "ckb", "كهركووك"), ("گوندێکی", "ckb", "كوند"),
        ("attacks", "en", "attacks"),
    ],
)  # fmt: skip
def test_clitics_come_off_and_the_word_itself_stays(word: str, lang: str, base: str) -> None:
    found = forms(fold(word), lang)
    assert found[0].base == fold(word)
    assert base in {form.base for form in found}
