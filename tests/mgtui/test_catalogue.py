"""The catalogues hold every text of the program, translated, and are compiled as they stand."""

import re
import zipfile
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from hatchling.builders.wheel import WheelBuilder

from tests.mgtui.catalogue import ROOT, TRANSLATED, compiled, po_of, read, texts, written

PLACES = re.compile(r"\{\w*\}|%\w|`[^`]*`")


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Give a text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_the_texts_of_the_program_and_no_others(language: str) -> None:
    wanted = {message.id for message in texts()}
    assert {message.id for message in read(language)} == wanted, "run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_is_written_as_make_messages_writes_it(language: str) -> None:
    catalogue = read(language)
    catalogue.update(texts(), no_fuzzy_matching=True)
    assert written(catalogue) == po_of(language).read_bytes(), "run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_the_program_reads_is_what_the_catalogue_compiles_to(language: str) -> None:
    assert po_of(language).with_suffix(".mo").read_bytes() == compiled(language), "run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_has_a_translation_with_the_same_places(language: str) -> None:
    faults = [fault for message in read(language) if message.id for fault in faults_of(message)]
    assert not faults, "\n".join(faults)


def faults_of(message: Message) -> list[str]:
    """Say what is wrong with a translation: it is missing, or lacks a place or a command."""
    wanted = [sorted(PLACES.findall(form)) for form in forms(message.id)]
    return [
        f"{message.id!r} -> {form!r}"
        for form in forms(message.string)
        if not form or (sorted(PLACES.findall(form)) not in wanted and not form.startswith("%d"))
    ]


def test_an_installed_package_has_its_languages(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT.parent)).build(directory=str(tmp_path), versions=["standard"]))
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"mgtui/locale/{language}/LC_MESSAGES/mgtui.mo" for language in TRANSLATED} <= set(names)
