"""Keeps the catalogues of texts: `make messages` writes new texts into each .po and compiles the .mo beside it.

A text that is new has an empty translation until somebody writes one, which a test demands.
"""

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mgtui.cli.helping import texts_of_help
from mgtui.language import CATALOGUES, DOMAIN, LANGUAGES

NEVER = datetime(2000, 1, 1, tzinfo=UTC)  #: what is compiled says nothing of the day
ROOT = Path(__file__).parents[2] / "mgtui"
#: what marks a text in the program, and which arguments of the call are texts
MARKS = {"_": slice(0, 1), "N_": slice(0, 1), "n_": slice(0, 2), "counted": slice(1, 3)}
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")


def texts() -> Catalog:
    """Collect every marked text of the program."""
    found = Catalog(fuzzy=False)
    for file in sorted(ROOT.rglob("*.py")):
        # A line number would change with each edit; the file is enough to find the place.
        place = [(file.relative_to(ROOT.parent).as_posix(), None)]
        tree = ast.parse(file.read_bytes())
        helped = helps_in(tree) if file.parent.name == "cli" else ()
        for text in (*marked_in(tree), *helped):
            found.add(text[0] if len(text) == 1 else text, locations=place)
    return found


def marked_in(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Give the texts that are marked in a module, each with its plural if it has one.

    By the syntax tree, because Babel's own reader doesn't look into the braces of f-strings.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = [argument.value for argument in node.args[MARKS[node.func.id]] if is_text(argument)]
            if texts:
                yield tuple(texts)


def helps_in(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Give the texts of the help of commands and options."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(makes_command, node.decorator_list)):
            helps = [ast.get_docstring(node, clean=False) or ""]
        elif isinstance(node, ast.Call):
            named = [keyword.value for keyword in node.keywords if keyword.arg in ("help", "epilog")]
            placed = node.args[2:3] if isinstance(node.func, ast.Name) and node.func.id == "_group" else []
            helps = [value.value for value in (*named, *placed) if is_text(value)]
        else:
            continue
        yield from ((text,) for written in helps if written for text in texts_of_help(written))


def makes_command(decorator: ast.expr) -> bool:
    """Tell whether a decorator makes a command of a function, without a help of its own."""
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ("command", "group")
        and not any(keyword.arg == "help" for keyword in decorator.keywords)
    )


def is_text(node: ast.AST) -> bool:
    """Tell whether a node is a text written down."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def po_of(language: str) -> Path:
    """Give the file in which a language's texts are kept."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Read a language's texts."""
    with po_of(language).open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue for people: in the order of the texts, so that two who add some seldom collide."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, omit_header=True, ignore_obsolete=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def compiled(language: str) -> bytes:
    """Compile a language's texts as the program reads them."""
    catalogue = Catalog(
        locale=language, charset="utf-8", fuzzy=False, creation_date=NEVER, revision_date=NEVER
    )
    for message in read(language):
        if message.id and all(message.string if isinstance(message.string, tuple) else [message.string]):
            catalogue.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Bring each language up to date."""
    for language in TRANSLATED:
        file = po_of(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(language) if file.exists() else Catalog(locale=language)
        catalogue.update(texts(), no_fuzzy_matching=True)
        file.write_bytes(written(catalogue))
        file.with_suffix(".mo").write_bytes(compiled(language))
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
