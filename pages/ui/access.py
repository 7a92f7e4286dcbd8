"""Who is at the dashboard, and whether they may write.

On one's own machine whoever sits there may review. Where the dashboard can be reached from elsewhere, writing takes a
signed-in reviewer (OIDC, st.login); reading is open. docs/security.md says how it is set up and what it rests on.
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import streamlit as st

from pipeline.errors import StoreError, UsageError
from pipeline.logs import audit

Role = Literal["reader", "reviewer"]
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class AccessError(StoreError):
    """A write by somebody who may not: sign in as a reviewer, or ask whoever runs the dashboard for that role."""


@dataclass(frozen=True, slots=True)
class User:
    """Who is at the dashboard. `email` is None where nobody has signed in."""

    email: str | None
    name: str
    role: Role
    local: bool  # at the machine itself, where no sign-in is asked for

    @property
    def may_review(self) -> bool:
        return self.role == "reviewer"


def user_of(claims: Mapping[str, object], roles: Mapping[str, Role], *, local: bool) -> User:
    """The user of an identity provider's claims (empty: nobody has signed in).

    An email that the provider says it has not verified gives no role: anybody could have typed it.
    """
    email = str(claims.get("email") or "").strip().casefold()
    signed_in = bool(claims.get("is_logged_in")) and bool(email)
    if not signed_in:
        return User(None, "", "reviewer" if local else "reader", local)
    # Some providers leave email_verified out, because all they know are verified: only a plain "no" counts as one.
    verified = str(claims.get("email_verified", True)).casefold() not in ("false", "0", "no")
    role: Role = "reviewer" if local else roles.get(email, "reader") if verified else "reader"
    return User(email, str(claims.get("name") or email), role, local)


def read_roles(environment: Mapping[str, str] = os.environ) -> dict[str, Role]:
    """Roles by email: of PIPELINE_REVIEWERS (addresses, with commas) and of the CSV at PIPELINE_ROLES (email,role).

    Raises UsageError where either cannot be used: better no dashboard than one with roles nobody meant.
    """
    listed = environment.get("PIPELINE_REVIEWERS", "").replace(";", ",").split(",")
    roles: dict[str, Role] = {email.strip().casefold(): "reviewer" for email in listed if email.strip()}
    if path := environment.get("PIPELINE_ROLES"):
        roles |= _roles_of(Path(path))
    if wrong := [email for email in roles if "@" not in email]:
        raise UsageError(f"{', '.join(wrong)}: no email address (PIPELINE_REVIEWERS, PIPELINE_ROLES).")
    return roles


def _roles_of(path: Path) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                email, role = (str(row.get(name) or "").strip() for name in ("email", "role"))
                if role not in get_args(Role):
                    raise UsageError(f"{path}: {email or 'a row'} has role {role!r}; there are reader and reviewer.")
                roles[email.casefold()] = "reviewer" if role == "reviewer" else "reader"
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"The list of roles {path} cannot be read ({error}).") from error
    return roles


def is_local(bound_to: str | None, headers: Mapping[str, str], access: str = "auto") -> bool:
    """Whether a session can only come from the machine itself.

    `access` is PIPELINE_ACCESS: auto; local (trust whoever can reach it); sign-in (trust nobody). auto trusts a server
    bound to the loopback address, asked under a loopback name, with no proxy in between: a proxy on the same machine
    makes a loopback server public, and a name of somebody else's that points here is a rebound one.
    """
    if access in ("local", "sign-in"):
        return access == "local"
    if access != "auto":
        raise UsageError(f"PIPELINE_ACCESS is {access!r}; it can be auto, local or sign-in.")
    if (bound_to or "") not in LOOPBACK:
        return False
    asked = {name.casefold(): value for name, value in headers.items()}
    if any(name in asked for name in _FORWARDED):
        return False
    host = asked.get("host")
    return host is None or _host_name(host) in LOOPBACK


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].casefold()


@cache
def _roles() -> Mapping[str, Role]:
    return read_roles()  # once: a change of roles takes a restart, and is then seen by everyone at once


def current_user() -> User:
    """Who is at this session.

    Raises UsageError where the lists of roles or PIPELINE_ACCESS cannot be used.
    """
    claims = st.user.to_dict()
    bound_to = st.get_option("server.address")
    local = is_local(bound_to, st.context.headers.to_dict(), os.environ.get("PIPELINE_ACCESS") or "auto")
    return user_of(claims, _roles(), local=local)


def may_review() -> bool:
    """Whether this session may decide, ingest and edit."""
    return current_user().may_review


def can_sign_in() -> bool:
    """Whether an identity provider is set up: [auth] in .streamlit/secrets.toml."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def log_write(action: str, subject: str, who: str = "") -> User:
    """Check that this session may write, and log that it does. To be called at each write, not when a page is drawn.

    `who` is the name that somebody at the machine itself gave; a signed-in user's is their email, whatever they type.
    Raises AccessError where the session may not.
    """
    user = current_user()
    name = user.email or (who if user.local else "") or ("local" if user.local else "nobody")
    audit(name, action, subject, allowed=user.may_review, role=user.role)
    if not user.may_review:
        raise AccessError("This takes a reviewer: sign in as one. Nothing was changed.")
    return user
