"""The vocabulary of failure: whose fault it is, and what to do about it.

No result is an answer (None, or an empty list); failing is an exception of one of these kinds.
"""


class PipelineError(Exception):
    """The root of everything the pipeline raises on purpose. Its text is shown to the user as it is."""


class InputError(PipelineError, ValueError):
    """The report, file or list given cannot be used: the input's fault. Mend it or leave it out; the rest goes on."""


class FetchError(InputError, OSError):
    """A web address did not give what was asked: the network's or the site's fault. Trying later may help."""


class LexiconError(PipelineError, ValueError):
    """A lexicon or gazetteer row is broken: an editor's fault. Nothing can run until the named row is mended."""


class StoreError(PipelineError, OSError):
    """The store or the snapshot cannot be read or written: the machine's fault. Says what to do."""


class UsageError(PipelineError, ValueError):
    """The command was called with words that do not fit together: the caller's fault. Exit code 2."""
