"""`mgtui init`."""

from importlib import resources
from pathlib import Path

import click

from mgtui.language import _
from mgtui.settings import default_config_file, default_data_folder, parse_config


@click.command()
@click.option("--force", is_flag=True, help="Overwrite a configuration that is there.")
@click.pass_context
def init(ctx: click.Context, force: bool) -> None:
    """Write a commented configuration that runs, with a Maildir of its own to try it on.

    \b
    mgtui init
    mgtui --config office.toml --data ./data init
    """
    config, data, _operator = ctx.find_root().obj
    file: Path = config or default_config_file()
    folder: Path = (data or default_data_folder()).resolve()
    if file.exists() and not force:
        raise click.ClickException(_("{file} is there already; --force overwrites it").format(file=file))
    template = resources.files("mgtui").joinpath("mgtui.toml").read_text("utf-8")
    maildir = folder / "Maildir"
    text = template.replace("{maildir}", str(maildir).replace("\\", "\\\\").replace('"', '\\"'))
    parse_config(text, str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    for part in ("new", "cur", "tmp"):
        (maildir / part).mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    file.write_text(text, "utf-8")
    for heading, place in ((_("configuration"), file), (_("data folder"), folder), (_("mailbox"), maildir)):
        click.echo(f"{f'{heading}:':15}{place}")
    click.echo(_("now: put mails into its folder `new`, then `mgtui grab --once`, then `mgtui`"), err=True)
