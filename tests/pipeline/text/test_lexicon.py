"""Lexicon terms and their inflected forms, matched in running text; and how a broken lexicon is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.fold import fold
from pipeline.errors import LexiconError
from pipeline.text.inflect import inflections
from pipeline.text.lexicon import Entry, Lexicon, lexicon_hash, read_entries
from pipeline.text.tokens import read_document

ROOT = Path(__file__).parents[3]
HEADER = "# what it holds\nlang,term,pos,value,gloss\n"


@pytest.mark.parametrize(
    ("term", "pos", "lang", "made", "not_made"),
    [
        ("هاجم", "v", "ar", "هاجم هاجمت هاجموا هاجمه هاجمها", "مهاجم هجوم"),
        ("أجرى", "v", "ar", "اجري اجرت اجروا", "اجر"),
        ("استهدف", "v", "ar", "استهدف استهدفت استهدفوا استهدفا استهدفهم", "يستهدف"),
        ("يستهدف", "vi", "ar", "يستهدف تستهدف يستهدفون تستهدفها", "استهدف"),
        ("غارة", "n", "ar", "غاره غارتان غارتين غارات غارتهم", "غار"),
        ("لقاء", "n", "ar", "لقاء لقاءات لقاءه لقايه", "لقا"),
        ("مسلح", "p", "ar", "مسلح مسلحان مسلحين مسلحون مسلحو مسلحي", "سلح"),
        ("جوي", "adj", "ar", "جوي جويه جويتان جويين", "جو"),
        ("attack", "v", "en", "attack attacks attacked attacking", "attacker"),
        ("seize", "v", "en", "seize seizes seized seizing", "seizeed"),
        ("carry", "v", "en", "carry carries carried carrying", "carryed"),
        ("body", "n", "en", "body bodies", "bodys"),
        ("clash", "n", "en", "clash clashes", "clashs"),
    ],
)
def test_forms_of_a_word(term: str, pos: str, lang: str, made: str, not_made: str) -> None:
    (found,) = inflections(term, pos, lang)
    assert {fold(word) for word in made.split()} - found == set()
    assert {fold(word) for word in not_made.split()} & found == set()


def lexicon(lang: str, *rows: tuple[str, str, str, str]) -> Lexicon:
    return Lexicon([Entry(cls, lang, term, pos, value, "") for cls, term, pos, value in rows], lang)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ar", "فاستهدفت القوة", ["فاستهدفت"]),
        ("ar", "أطلق مسلحون مجهولون النار على", ["أطلق مسلحون مجهولون النار"]),
        ("ar", "أطلق سراحه. النار", []),  # a gap does not run over a full stop
        ("ar", "وبالعبوة الناسفة", ["وبالعبوة الناسفة"]),
        ("ar", "عبوة ناسفة", ["عبوة ناسفة"]),
        ("ar", "استهدفتنا", []),
        ("ckb", "هێرشەکەی داعش", ["هێرشەکەی"]),
        ("ckb", "لەهێرشێکدا", ["لەهێرشێکدا"]),
        ("en", "gunmen opened heavy fire on", ["opened heavy fire"]),
        ("en", "the opening", []),
    ],
)
def test_terms_are_found_with_what_is_written_onto_them(lang: str, text: str, found: list[str]) -> None:
    rows = {
        "ar": [("t", "استهدف", "v", "x"), ("t", "أطلق … النار", "v x", "x"), ("t", "عبوة ناسفة", "n adj", "x")],
        "ckb": [("t", "هێرش", "n", "x")],
        "en": [("t", "open … fire", "v x", "x")],
    }[lang]
    document = read_document(text)
    tags = [
        tag
        for sentence in document.sentences
        for tag in lexicon(lang, *rows).tags(document.tokens, sentence.first, sentence.last)
    ]
    cut = [text[document.tokens[tag.first].start : document.tokens[tag.last - 1].end] for tag in tags]
    assert cut == found


def test_the_longest_of_one_class_is_kept_and_classes_do_not_hide_each_other() -> None:
    rows = [("t", "هجوم", "n", "short"), ("t", "هجوم انتحاري", "n adj", "long"), ("u", "هجوم", "n", "other")]
    document = read_document("وقع هجوم انتحاري")
    tags = lexicon("ar", *rows).tags(document.tokens, 0, len(document.tokens))
    assert sorted(tag.value for tag in tags) == ["long", "other"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("xx,word,x,v,g", "row 2"),
        ("ar,,x,v,g", "row 2"),
        ("ar,كلمة", "row 2"),
    ],
)
def test_a_broken_row_is_named(row: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "cues.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"cues.csv.*{message}"):
        read_entries("cues", tmp_path)


@pytest.mark.parametrize(
    ("term", "pos", "message"),
    [
        ("كلمة", "zz", "unknown part of speech 'zz'"),
        ("ثلاث كلمات هنا", "n adj", "3 words but pos"),
        ("كلمتان هنا", "n adj x", "2 words|letter|pos"),
        ("… كلمة", "n", "begins with a gap|0 words"),
    ],
)
def test_a_term_that_cannot_be_inflected_is_named(term: str, pos: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        lexicon("ar", ("t", term, pos, "v"))


def test_the_hash_changes_with_any_lexicon(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    before = lexicon_hash(tmp_path)
    (tmp_path / "b.csv").write_text("y", encoding="utf-8")
    assert lexicon_hash.__wrapped__(tmp_path) != before


def test_reading_is_the_same_in_every_process() -> None:
    """Sets of strings are ordered anew in each process; what is read must not depend on that."""
    code = (
        "from tests.pipeline.extract.reading import events; import json;"
        "print(json.dumps(events('هاجم مسلحون قرية في كركوك أمس فقتلوا شرطيين، ثم قصف الطيران وكرا جنوبي الحويجة.')))"
    )
    answers = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        answers.add(done.stdout)
    assert len(answers) == 1
    assert "e-" in answers.pop()
