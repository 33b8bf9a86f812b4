"""Options that many commands have."""

import click

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
as_of_option = click.option(
    "--as-of", type=click.IntRange(0), help="As it was when the log ended at this position."
)
