"""A page of the dashboard; see docs/dashboard.md."""

from pages.ui import shell

page = shell.begin("method")
shell.heading(page)
