"""`python -m pipeline VERB`: results on standard output, messages on standard error.

Exit 0: done. 1: some input failed, the rest was done. 2: wrong usage. Each verb is a module of pipeline/cli.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from geodata.gazetteer import GazetteerError
from pipeline import cli
from pipeline.errors import InputError, PipelineError, UsageError
from pipeline.logs import set_up


def parser() -> argparse.ArgumentParser:
    """The command line with every verb that pipeline/cli holds."""
    made = argparse.ArgumentParser(prog="python -m pipeline", description="News reports to traceable incidents.")
    verbs = made.add_subparsers(dest="verb", metavar="VERB", required=True)
    for module in sorted(name for _, name, _ in pkgutil.iter_modules(cli.__path__)):
        verb = importlib.import_module(f"pipeline.cli.{module}")
        if hasattr(verb, "add_parser"):
            verb.add_parser(verbs)
            verbs.choices[getattr(verb, "VERB", module)].set_defaults(run=verb.run)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Whatever is raised on purpose becomes a message and an exit code."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return 2
    except (PipelineError, InputError, GazetteerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped. What was done is kept; run the same command again to go on.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of standard output has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    set_up(sys.argv[1] if len(sys.argv) > 1 else "")  # before the verbs are imported: tqdm reads its setting then
    sys.exit(main())
