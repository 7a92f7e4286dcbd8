"""Who may write: a table of claims, roles, addresses and proxies."""

import json
from pathlib import Path
from typing import Any

import pytest

from pages.ui import access
from pages.ui.access import AccessError, User, is_local, read_roles, user_of
from pipeline.errors import UsageError

ROLES = {"rezan@example.org": "reviewer", "sara@example.org": "reader"}
IN = {"is_logged_in": True}

CLAIMS: list[tuple[dict[str, object], bool, str | None, bool]] = [
    ({}, True, None, True),  # at the machine itself
    ({}, False, None, False),  # from elsewhere, not signed in
    ({"is_logged_in": False, "email": "rezan@example.org"}, False, None, False),
    (IN | {"email": "rezan@example.org"}, False, "rezan@example.org", True),
    (IN | {"email": " Rezan@Example.org "}, False, "rezan@example.org", True),
    (IN | {"email": "rezan@example.org", "email_verified": True}, False, "rezan@example.org", True),
    (IN | {"email": "rezan@example.org", "email_verified": False}, False, "rezan@example.org", False),
    (IN | {"email": "rezan@example.org", "email_verified": "false"}, False, "rezan@example.org", False),
    (IN | {"email": "sara@example.org"}, False, "sara@example.org", False),
    (IN | {"email": "stranger@example.org"}, False, "stranger@example.org", False),
    (IN | {"email": "rezan@example.org.evil.test"}, False, "rezan@example.org.evil.test", False),
    (IN | {"sub": "rezan@example.org"}, False, None, False),  # no email: nobody is known by it
    (IN | {"email": "", "role": "reviewer"}, False, None, False),
    (IN | {"email": "stranger@example.org", "role": "reviewer"}, False, "stranger@example.org", False),
]


@pytest.mark.parametrize(("claims", "local", "email", "may"), CLAIMS)
def test_claims_and_roles(claims: dict[str, object], local: bool, email: str | None, may: bool) -> None:
    user = user_of(claims, ROLES, local=local)  # type: ignore[arg-type]
    assert (user.email, user.may_review) == (email, may)


HERE = {"Host": "localhost:8501"}
PLACES: list[tuple[str | None, dict[str, str], str, bool]] = [
    ("127.0.0.1", HERE, "auto", True),
    ("localhost", {"Host": "127.0.0.1:8501"}, "auto", True),
    ("::1", {"Host": "[::1]:8501"}, "auto", True),
    ("127.0.0.1", {}, "auto", True),
    (None, HERE, "auto", False),  # bound to every address
    ("0.0.0.0", HERE, "auto", False),
    ("127.0.0.1", {"Host": "map.example.org"}, "auto", False),  # a proxy, or a rebound name
    ("127.0.0.1", HERE | {"X-Forwarded-For": "203.0.113.7"}, "auto", False),
    ("127.0.0.1", HERE | {"forwarded": "for=203.0.113.7"}, "auto", False),
    ("127.0.0.1", {"Host": "localhost.evil.test"}, "auto", False),
    ("0.0.0.0", {"Host": "map.example.org"}, "local", True),
    ("127.0.0.1", HERE, "sign-in", False),
]


@pytest.mark.parametrize(("bound_to", "headers", "setting", "local"), PLACES)
def test_what_counts_as_ones_own_machine(
    bound_to: str | None, headers: dict[str, str], setting: str, local: bool
) -> None:
    assert is_local(bound_to, headers, setting) is local


def test_a_setting_nobody_knows_is_no_way_in() -> None:
    with pytest.raises(UsageError, match="PIPELINE_ACCESS"):
        is_local("127.0.0.1", HERE, "open")


def test_roles_are_read_from_a_list_and_a_file(tmp_path: Path) -> None:
    path = tmp_path / "roles.csv"
    path.write_text("email,role\nA@x.org,reviewer\nb@x.org,reader\n", encoding="utf-8")
    given = {"PIPELINE_REVIEWERS": "c@x.org; b@x.org,", "PIPELINE_ROLES": str(path)}
    assert read_roles(given) == {"c@x.org": "reviewer", "b@x.org": "reader", "a@x.org": "reviewer"}
    assert read_roles({}) == {}


BROKEN = ["email,role\na@x.org,admin\n", "email,role\nnobody,reviewer\n", "mail,role\na@x.org,reviewer\n", None]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_list_of_roles_stops_the_dashboard(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "roles.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        read_roles({"PIPELINE_ROLES": str(path)})


WRITES: list[tuple[User, str, str, bool]] = [
    (User("rezan@example.org", "R", "reviewer", False), "somebody else", "rezan@example.org", True),
    (User(None, "", "reviewer", True), "Rezan", "Rezan", True),
    (User(None, "", "reader", False), "Rezan", "nobody", False),
    (User("sara@example.org", "S", "reader", False), "", "sara@example.org", False),
]


@pytest.mark.parametrize(("user", "typed", "who", "allowed"), WRITES)
def test_every_write_is_logged_with_who_and_a_readers_is_refused(
    user: User, typed: str, who: str, allowed: bool, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(access, "current_user", lambda: user)
    if allowed:
        assert access.log_write("accept", "inc_1", typed) == user
    else:
        with pytest.raises(AccessError, match="sign in"):
            access.log_write("accept", "inc_1", typed)
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["who"], entry["action"], entry["subject"], entry["allowed"]) == (who, "accept", "inc_1", allowed)
