"""The command ``lemmata``: one thin module for each subcommand, imported only when it is called.

Exit codes: 0 good; 1 something is refuted, failed or wrong; 2 bad usage or unreadable input; 3 something
stayed undecided (``--strict`` makes it 1).  Every error that we foresee is one message, never a traceback;
``--debug`` shows where it came from.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import lemmata

__all__ = ["COMMANDS", "lemmata_command", "main"]

# Name and one line of help: what `lemmata --help` needs without importing any of the modules.
COMMANDS = {
    "check": "Prove, sample and cross-examine the course's theorems.",
    "ask": "Decide claims written as claim text.",
    "review": "Check a derivation document step by step.",
    "recheck": "Replay certificates with the standalone checker.",
    "audit": "Decide every claim of the sources again.",
    "sheet": "Write exercise sheets.",
    "grade": "Grade submissions.",
    "compare": "Check answers, one JSON object a line in and out.",
    "build": "Render the notes into output/.",
    "new": "Make a small course to begin with.",
}


# Errors of ours that say that something read is wrong; all others say that it cannot be read.  By name,
# because their modules are not imported here.
WRONG = frozenset({"Contradiction", "WrongSolution"})


class LazyGroup(click.Group):
    """A group whose commands live in ``lemmata.cli.NAME`` and are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"lemmata.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    name="lemmata",
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=False,
)
@click.version_option(lemmata.__version__, prog_name="lemmata")
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def lemmata_command(debug: bool) -> None:
    """Lecture notes that check themselves.

    Commands act on the course around the working directory: the folder whose pyproject.toml has a table
    [tool.lemmata].  `lemmata COMMAND --help` explains a command.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    # Two BLAS threads make stacked small decompositions five times slower; this must precede NumPy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    # --debug may stand anywhere: whoever needs it adds it at the end of the line that failed.
    debug = "--debug" in words
    raise SystemExit(_run([word for word in words if word != "--debug"], debug))


def _run(arguments: list[str], debug: bool) -> int:
    try:
        result = lemmata_command.main(
            arguments, prog_name="lemmata", standalone_mode=False, obj={"debug": debug}
        )
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.Abort:
        return _report(arguments, "interrupted", 130)
    except BrokenPipeError:
        # Whoever read our output has gone; keep the interpreter from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _explain(arguments, error, debug)
    return result if isinstance(result, int) else 0


def _explain(arguments: list[str], error: Exception, debug: bool) -> int:
    """The message and exit code of an error."""
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, click.ClickException):
        usage = error.ctx.get_usage() + "\n" if isinstance(error, click.UsageError) and error.ctx else ""
        return _report(arguments, error.format_message(), 2, usage)
    if type(error).__module__.startswith("lemmata."):
        return _report(arguments, str(error), 1 if type(error).__name__ in WRONG else 2)
    if isinstance(error, OSError) and error.strerror:
        file = f"{error.filename}: " if error.filename is not None else ""
        return _report(arguments, f"{file}{error.strerror}", 2)
    hint = "" if debug else "\n  this is a mistake in lemmata; with --debug it shows where"
    return _report(arguments, f"internal error: {type(error).__name__}: {error}{hint}", 1)


def _report(arguments: list[str], message: str, code: int, usage: str = "") -> int:
    click.echo(f"{usage}lemmata: {message}", err=True)
    if "--json" in arguments:
        import json

        click.echo(json.dumps({"error": message, "exit": code}))
    return code
