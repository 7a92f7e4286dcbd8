"""What a site asks of those who read it: robots.txt, and not too often."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

AGENT = "disputed-territories-map"
MAX_DELAY = 60.0  # seconds: a longer Crawl-delay is kept at this


class Manners:
    """Per site: its robots.txt, read once, and when it was last asked. `read` gives the text of a robots.txt, "" where
    there is none, None where it could not be read (then nothing of the site is fetched, as RFC 9309 has it).
    """

    def __init__(self, read: Callable[[str], str | None], delay: float) -> None:
        self._read, self._delay = read, delay
        self._rules: dict[str, RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def allows(self, url: str) -> bool:
        """Whether the site lets this program read `url`."""
        return self._rules_of(url).can_fetch(AGENT, url)

    def wait(self, url: str) -> None:
        """Sleeps until the site may be asked again."""
        site = _site(url)
        rules = self._rules.get(site)
        asked = float(rules.crawl_delay(AGENT) or 0) if rules else 0.0
        pause = self._last.get(site, -1e9) + min(max(self._delay, asked), MAX_DELAY) - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._last[site] = time.monotonic()

    def _rules_of(self, url: str) -> RobotFileParser:
        site = _site(url)
        if site not in self._rules:
            rules = RobotFileParser()
            text = self._read(f"{site}/robots.txt")
            rules.parse(["User-agent: *", "Disallow: /"] if text is None else text.splitlines())
            self._rules[site] = rules
        return self._rules[site]


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
