"""No text that people see is written down without being marked for translation.

Here: sentences, in the rooms that talk to people. Single words are found where they show, in
`tests/mgtui/tui/test_words.py`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mgtui.catalogue import MARKS, ROOT, is_text

#: modules whose texts people see; in the others stand sentences for the log, which are told by `retelling`
SPEAKING = (
    *sorted((ROOT / "tui").glob("*.py")),
    *(
        ROOT / f"{name}.py"
        for name in ("application", "erasing", "grabbing", "retelling", "story", "suppressing", "undoing")
    ),
)
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}")
#: attributes of a class whose texts are for Textual
FOR_TEXTUAL = ("CSS", "DEFAULT_CSS")
#: calls whose texts nobody sees: names of what is asked in the background, of threads
SILENT = ("in_background", "Thread")


def sentences_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give line and text of each sentence that isn't marked."""
    hidden = set(_hidden(tree))
    for node in ast.walk(tree):
        if node in hidden or not (is_text(node) or isinstance(node, ast.JoinedStr)):
            continue
        text = _shown(node)
        if SENTENCE.search(text):
            yield node.lineno, text


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if is_text(part) else "{}" for part in node.values)
    return node.value


def _hidden(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes below what is marked, or what nobody sees."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node.value
            case ast.JoinedStr():
                yield from filter(is_text, node.values)
            case ast.Call(func=ast.Name(id=name)) if name in MARKS or name in SILENT:
                for argument in (*node.args, *node.keywords):
                    yield from (inner for inner in ast.walk(argument) if not isinstance(inner, ast.Lambda))
            case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError"))):
                yield from ast.walk(node)
            case ast.Assign(targets=[ast.Name(id=name)]) if name in FOR_TEXTUAL:
                yield from ast.walk(node)


@pytest.mark.parametrize("file", SPEAKING, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_sentence_is_marked(file: Path) -> None:
    found = [f"{file.name}:{line}: {text}" for line, text in sentences_in(ast.parse(file.read_bytes()))]
    assert not found, "write _('...'), or N_('...') in a table:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say("nothing is found")', ["nothing is found"]),
        ('say(f"{number} mails wait")', ["{} mails wait"]),
        ('say(_("nothing is found"))', []),
        ('WORDS = {"a": N_("nothing is found")}', []),
        ('say(counted(3, "{} mail waits", "{} mails wait"))', []),
        ('def f():\n    """What it does."""', []),
        ('class A:\n    CSS = "A { color: red; }"', []),
        ('say(_("x").format("nothing is found"))', ["nothing is found"]),
    ],
)
def test_a_sentence_without_a_mark_is_found(source: str, found: list[str]) -> None:
    assert [text for _, text in sentences_in(ast.parse(source))] == found
