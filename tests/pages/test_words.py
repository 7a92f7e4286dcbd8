"""What is shown of reports: as itself, and never more."""

import re
from pathlib import Path

import pytest

from pages.ui.text import strings, t
from pages.ui.words import markup, plain, unmarked, web_address
from pipeline.labels import LANGUAGES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>", "&lt;b&gt;"),
        ("</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("a\x00b\x1bc", "abc"),
        ("\"'", "&quot;&#x27;"),
        ("مخمور", "مخمور"),
    ],
)
def test_markup(text: str, shown: str) -> None:
    assert markup(text) == shown


@pytest.mark.parametrize("text", ["**bold**", "[a](javascript:x)", "# head", "$x$", ":red[x]", "<b>", "a\nb", "`c`"])
def test_unmarked_has_no_live_markdown(text: str) -> None:
    assert not re.search(r"(?<!\\)[*\[\]()#$:<>`]", unmarked(text))
    assert "\n" not in unmarked(text)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=c#d", True), ("http://example.org", True), ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), ("data:text/html,x", False),
        ("java\nscript:alert(1)", False), ("//example.org", False), ("file:///etc/passwd", False), ("", False),
        (None, False), ("https://", False), ("https://exa\u202emple.org", False), ("http://[", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None, link: bool) -> None:
    assert (web_address(url) is not None) == link


def test_plain_keeps_lines() -> None:
    assert plain("a\nb\tc") == "a\nb\tc"


def test_every_word_of_the_interface_is_there_in_three_languages() -> None:
    sources = [*ROOT.glob("pages/**/*.py"), ROOT / "dashboard.py"]
    used = {key for path in sources for key in re.findall(r"\bt\(\"([a-z_0-9]+)\"", path.read_text(encoding="utf-8"))}
    assert used
    assert used <= set(strings())
    gaps = re.compile(r"{(\w+)}")
    for key, words in strings().items():
        assert len({frozenset(gaps.findall(words[lang])) for lang in LANGUAGES}) == 1, key


def test_gaps_are_filled() -> None:
    assert t("page_n", "en", first="1", last="50", n="3,000") == "Rows 1 to 50 of 3,000"


def test_style_mirrors_by_direction() -> None:
    """Right-to-left is a promise: the style sheet of the page names no side but where rtl.css overrules Streamlit."""
    sheet = (ROOT / "pages" / "ui" / "web" / "app.css").read_text(encoding="utf-8")
    assert not re.findall(
        r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|[^-\w](?:left|right):", sheet
    )
