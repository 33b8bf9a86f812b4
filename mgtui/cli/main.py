"""The command `mgtui` itself: options that all commands share, and commands found when asked for."""

import gc
import gettext
import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from mgtui.cli.helping import in_language
from mgtui.language import CATALOGUES, DOMAIN, N_, _, language_of, speak

#: command -> (module, function, one line of help); the modules are imported only when needed
COMMANDS = {
    "init": ("mgtui.cli.init", "init", N_("Write a commented configuration that runs.")),
    "demo": ("mgtui.cli.demo", "demo", N_("Show all of it on sample mail, no set-up.")),
    "grab": ("mgtui.cli.grab", "grab", N_("Read the mailboxes, once or as a service.")),
    "grabbers": ("mgtui.cli.grabbers", "grabbers", N_("How each grabber does; pause, resume, fetch.")),
    "sign-in": ("mgtui.cli.sign_in", "sign_in", N_("Sign in to a mailbox of Microsoft 365 or Google.")),
    "classify": ("mgtui.cli.classify", "classify", N_("Say what a mail is.")),
    "events": ("mgtui.cli.events", "events", N_("Read or follow the log.")),
    "why": ("mgtui.cli.why", "why", N_("Show why a mail or a contact was decided so.")),
    "queue": ("mgtui.cli.reviews", "queue", N_("Bounces that need a person.")),
    "imports": ("mgtui.cli.reviews", "imports", N_("Letters that wait for a contact.")),
    "contacts": ("mgtui.cli.contacts", "contacts", N_("Import, list, show and export contacts.")),
    "documents": ("mgtui.cli.documents", "documents", N_("Mails filed at contacts, and their attachments.")),
    "suppressions": ("mgtui.cli.suppressions", "suppressions", N_("Addresses that get no more mail.")),
    "may-send": ("mgtui.cli.may_send", "may_send", N_("May this address be written to?")),
    "rules": ("mgtui.cli.rules", "rules", N_("Check, show and explain the rules.")),
    "reports": ("mgtui.cli.reports", "reports", N_("Figures of the office, and what is behind them.")),
    "what-if": ("mgtui.cli.what_if", "what_if_command", N_("Show what other rules would have decided.")),
    "undo": ("mgtui.cli.undo", "undo", N_("Take an event back, with what followed from it.")),
    "outbox": ("mgtui.cli.outbox", "outbox", N_("Notices that are not sent yet.")),
    "verp": ("mgtui.cli.verp", "verp", N_("Sign return paths, and check them.")),
    "verify": ("mgtui.cli.verify", "verify", N_("Check the log from end to end.")),
    "rebuild": ("mgtui.cli.rebuild", "rebuild", N_("Build read models anew from the log.")),
    "backup": ("mgtui.cli.backup", "backup", N_("Copy the log while everything goes on.")),
    "erase": ("mgtui.cli.erase", "erase", N_("Take a person's data out of everything.")),
    "doctor": ("mgtui.cli.doctor", "doctor", N_("Check mailboxes, balance and set-up.")),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Speak the locale's language from the first word on; click's own texts stand in our catalogue too."""
        speak(language_of(os.environ))
        gettext.bindtextdomain(DOMAIN, CATALOGUES)
        gettext.textdomain(DOMAIN)
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _help = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        gc.freeze()
        gc.enable()
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return in_language(command)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the reader's language."""
        click.Group.format_help(in_language(self), ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [(name, _(help_text)) for name, (_module, _name, help_text) in COMMANDS.items()]
            )


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 refused or found wanting, 2 wrong usage, 75 try again later.",
)
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Configuration file (default: XDG)."
)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder (default: XDG).")
@click.option("--operator", envvar="MGTUI_OPERATOR", default="", help="Who acts, for the log (default: you).")
@click.option("--grab", is_flag=True, help="Read the mailboxes while the screens are open.")
@click.version_option(package_name="mgtui")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, data: Path | None, operator: str, grab: bool) -> None:
    """Read an office's mailboxes: decide on bounces, file letters, and show why.

    Without a command the screens open.

    \b
    mgtui demo                        all of it, on sample mail
    mgtui init && mgtui grab --once   take in what a new Maildir holds
    mgtui classify bounce.eml         what is this mail?
    mgtui queue                       what waits for a person
    mgtui --grab                      the screens, reading the mailboxes meanwhile
    """
    ctx.obj = (config, data, operator)
    if ctx.invoked_subcommand is None:
        from mgtui.cli.screens import open_screens

        open_screens(ctx, grab)
    elif grab:
        raise click.UsageError(_("--grab goes with the screens, not with a command; see `mgtui grab`"))


def run() -> NoReturn:
    """Run the command line; every expected error is one line on stderr and an exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.exceptions.Abort:
        click.echo(_("has stopped"), err=True)
        code = 130
    except BrokenPipeError:
        # The reader of our output has gone: nothing is left to be said, not even by the interpreter's end.
        sys.stderr.close()
        code = 0
    except Exception as error:
        code = _exit_code_of(error)
        if code is None:
            raise
        click.echo(f"mgtui: {_in_words(error)}", err=True)
    sys.exit(code if isinstance(code, int) else 0)


def _exit_code_of(error: Exception) -> int | None:
    """Give the exit code of an error that is expected, None for a broken promise."""
    from mgtui.cli.failures import exit_code

    return exit_code(error)


def _in_words(error: Exception) -> str:
    from mgtui.faults import fault_in_words

    return fault_in_words(str(error))
