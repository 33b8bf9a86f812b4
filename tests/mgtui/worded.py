"""Finds the texts that the program words, by its syntax trees, for tests that each is told in every language."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FLOORS = ("mgtui", "projections", "eventstore")


class Text(NamedTuple):
    """A text, or a piece of one, with a figure at each of its places."""

    file: str
    line: int
    said_by: str  #: the function it is given to
    text: str


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    """Give every module of the program."""
    files = [file for floor in FLOORS for file in sorted((ROOT / floor).rglob("*.py"))]
    return tuple((file.relative_to(ROOT).as_posix(), ast.parse(file.read_bytes())) for file in files)


def filled(node: ast.AST) -> str | None:
    """Write a text that stands in the program, with a figure at each place; None for what is no text."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(filled(part) or "" for part in parts)
        case ast.FormattedValue(conversion=conversion):
            return "'7'" if conversion == ord("r") else "7"
        case _:
            return None


def texts_in(node: ast.AST) -> Iterator[str]:
    """Give the texts that an argument may be: either branch of a condition, both sides of a sum."""
    match node:
        case ast.IfExp(body=body, orelse=other) | ast.BinOp(left=body, right=other):
            yield from texts_in(body)
            yield from texts_in(other)
        case _ if (text := filled(node)) is not None:
            yield text


def given_to(names: frozenset[str], at: slice = slice(0, 1)) -> Iterator[Text]:
    """Give the texts that are arguments of calls by one of these names, also by way of a local variable."""
    for file, tree in trees():
        for scope in ast.walk(tree):
            if isinstance(scope, ast.FunctionDef):
                variables = _variables(scope)
                for call in ast.walk(scope):
                    if isinstance(call, ast.Call) and (name := name_of(call.func)) in names:
                        for argument in call.args[at]:
                            nodes = variables.get(getattr(argument, "id", ""), [argument])
                            for text in (text for node in nodes for text in texts_in(node)):
                                yield Text(file, call.lineno, name, text)


def name_of(function: ast.expr) -> str:
    """Give the name by which something is called."""
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _variables(scope: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """Give what a function puts into each of its variables."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found
