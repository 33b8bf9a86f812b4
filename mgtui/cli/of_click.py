"""Texts of click itself that people meet here, for the catalogue: click asks gettext for each when it is shown."""

from mgtui.language import N_, n_

TEXTS = (
    # help
    N_("Usage:"),
    N_("Options"),
    N_("Positional arguments"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("%(prog)s, version %(version)s"),
    N_("default: {default}"),
    N_("required"),
    # wrong usage
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("Could not open file {filename!r}: {message}"),
    N_("Error: invalid input"),
    n_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    n_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    n_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    n_("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    n_("{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.", 1),
)
