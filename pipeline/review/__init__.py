"""What reviewers decide: an append-only log, laid over what the machine reads whenever a snapshot is published."""

from pipeline.review.decide import decide
from pipeline.review.decisions import ACTIONS, SETTABLE, Decision
from pipeline.review.look import history, queue, show

__all__ = ["ACTIONS", "SETTABLE", "Decision", "decide", "history", "queue", "show"]
