"""Counts over time, tied to the map: a stretch of days drawn on it becomes the filter."""

from pages.ui.shell import Page


def show(page: Page) -> None:
    del page
