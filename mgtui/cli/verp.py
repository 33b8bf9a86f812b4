"""`mgtui verp`: signed return paths."""

import sys

import click

from mgtui.bootstrap import today_utc
from mgtui.cli.common import json_option, print_json, say, settings_of
from mgtui.contacts import normalise
from mgtui.faults import fault_in_words
from mgtui.keys import KeyRing
from mgtui.language import _
from mgtui.moments import day as day_in_words
from mgtui.rules import Checked, Forged, Signed, Stale, check, sign
from mgtui.wording import harmless


@click.group()
def verp() -> None:
    """Sign the return paths of outgoing mail, so that a bounce proves that it answers one of yours.

    \b
    mgtui verp sign erika@example.org --category newsletter
    mgtui verp check 'bounces+k1.fx2.newsletter...=erika=example.org@office.example'
    mgtui verp rotate          a new key signs from now on, the old ones still check
    """


@verp.command("sign")
@click.argument("addresses", nargs=-1, required=True)
@click.option("--category", default="", help="Category of the mail that goes out.")
@click.option("--return-path", help="The mailbox that bounces go to (default: proof.return_path).")
@json_option
@click.pass_context
def sign_path(
    ctx: click.Context, addresses: tuple[str, ...], category: str, return_path: str | None, as_json: bool
) -> None:
    """Give the return path (MAIL FROM) for a mail to each of ADDRESSES, or to those on stdin with -."""
    settings = settings_of(ctx)
    base = return_path or settings.config.proof.return_path
    if not base:
        raise click.UsageError(_("no mailbox for bounces: give --return-path, or set proof.return_path"))
    if category and category not in settings.config.categories:
        told = _("there is no category {category}; the configuration has {known}")
        names = ", ".join(settings.config.categories) or _("none")
        raise click.UsageError(told.format(category=repr(category), known=names))
    ring = KeyRing(settings.keys_file)
    keys = ring.keys()
    if not keys:
        keys = (ring.rotate(),)
        told = _("a first key is in {file}; from now on unproven bounces go to review, if not set")
        say(told.format(file=settings.keys_file))
    wanted = sys.stdin.read().split() if addresses == ("-",) else addresses
    for address in wanted:
        try:
            path = sign(normalise(address) or address, category, base, keys[-1], today_utc())
        except ValueError as error:
            raise click.ClickException(harmless(fault_in_words(str(error)))) from None
        if as_json:
            print_json({"address": address, "return_path": path, "key": keys[-1].key_id})
        else:
            click.echo(path)


@verp.command("check")
@click.argument("path", metavar="RETURN_PATH")
@click.option("--for", "address", default="", help="The recipient, where the path doesn't name it.")
@json_option
@click.pass_context
def check_path(ctx: click.Context, path: str, address: str, as_json: bool) -> None:
    """Say whether RETURN_PATH is signed by us, for whom and when. Exit code 1 if it proves nothing."""
    settings = settings_of(ctx)
    keys = KeyRing(settings.keys_file).keys()
    named = tuple(filter(None, (normalise(address),)))
    found = check(path, keys, today_utc(), settings.config.proof.max_age_days, named)
    if isinstance(found, Signed) and named and found.address != named[0]:
        found = Forged(f"it was signed for {found.address}, not for {named[0]}")
    if as_json:
        print_json(_record(found))
    else:
        click.echo(harmless(_words(found)))
    ctx.exit(0 if isinstance(found, Signed) else 1)


@verp.command("rotate")
@click.pass_context
def rotate(ctx: click.Context) -> None:
    """Make a new key that signs from now on; the others still check what they signed."""
    settings = settings_of(ctx)
    key = KeyRing(settings.keys_file).rotate()
    told = _("{key} signs from now on ({file})")
    click.echo(told.format(key=key.key_id, file=settings.keys_file))


@verp.command("keys")
@json_option
@click.pass_context
def list_keys(ctx: click.Context, as_json: bool) -> None:
    """List the ids of the keys; the last one signs."""
    keys = KeyRing(settings_of(ctx).keys_file).keys()
    for key in keys:
        signs = key is keys[-1]
        if as_json:
            print_json({"key": key.key_id, "signs": signs})
        else:
            click.echo(f"{key.key_id}  {_('it signs') if signs else _('it checks')}")


@verp.command("forget")
@click.argument("key")
@click.pass_context
def forget(ctx: click.Context, key: str) -> None:
    """Take KEY away: what it signed counts as forged from now on."""
    if not KeyRing(settings_of(ctx).keys_file).forget(key):
        told = _("there is no key {key}; `mgtui verp keys` lists them")
        raise click.ClickException(told.format(key=harmless(key)))
    click.echo(_("{key} is forgotten").format(key=key))


def _record(found: Checked) -> dict[str, object]:
    signed = found.signed if isinstance(found, Stale) else found
    state = type(found).__name__.lower()
    if isinstance(signed, Forged):
        return {"state": state, "why": signed.why}
    return {
        "state": state,
        "address": signed.address,
        "category": signed.category,
        "day": signed.day.isoformat(),
        "key": signed.key_id,
    }


def _words(found: Checked) -> str:
    match found:
        case Signed(address=address, category=category, day=day, key_id=key):
            told = _("ours: signed for {address} on {day} with {key}, category {category}")
            when, which = day_in_words(day), category or _("none")
            return told.format(address=address, day=when, key=key, category=which)
        case Stale(signed=signed, days=days):
            told = _("stale: signed for {address} on {day}, {days} days ago")
            return told.format(address=signed.address, day=day_in_words(signed.day), days=days)
        case Forged(why=why):
            return _("not ours: {why}").format(why=fault_in_words(why))
