"""Contacts out of CSV files: German exports, and files that somebody damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgtui.contacts import BrokenLine, ContactsUnreadable, IncomingContact, read_csv


def read(text: str, encoding: str = "utf-8", **columns: str | tuple[str, ...]) -> list[object]:
    return list(read_csv(text.encode(encoding), columns))


def good(entries: list[object]) -> list[str]:
    return [entry.contact_id for entry in entries if isinstance(entry, IncomingContact)]


def broken(entries: list[object]) -> list[int]:
    return [entry.line for entry in entries if isinstance(entry, BrokenLine)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_german_export_is_read_in_every_encoding_that_spreadsheets_write(encoding: str) -> None:
    (contact,) = read(
        "Nr;Firma;E-Mail;Verteiler;Ort\r\n7;Müller & Söhne;info@müller.example;b a;Köln\r\n", encoding
    )
    assert contact == IncomingContact(
        "7", "Müller & Söhne", ("info@xn--mller-kva.example",), ("a", "b"), {"Ort": "Köln"}
    )


def test_the_configuration_maps_any_columns_and_several_to_one() -> None:
    (contact,) = read(
        "Kd;Vorname;Nachname;Mail privat;Mail Büro\n9;Erika;Muster;e@example.org;Erika <b@example.org>\n",
        id="Kd",
        name=("Vorname", "Nachname"),
        addresses=("mail privat", "Mail Büro"),
    )
    assert contact == IncomingContact("9", "Erika Muster", ("e@example.org", "b@example.org"), None)


def test_excel_may_name_the_delimiter_on_a_line_of_its_own() -> None:
    entries = read("sep=;\nid;email\n1;a@b.example\nbad\n")
    assert (good(entries), broken(entries)) == (["1"], [4])


def test_a_field_may_run_over_lines_and_line_numbers_go_on() -> None:
    entries = read('id;email;note\n1;a@b.example;"one\ntwo"\nbad\n2;c@b.example;x\n')
    assert (good(entries), broken(entries)) == (["1", "2"], [4])


def test_a_quotation_mark_left_open_costs_its_own_line_only() -> None:
    lines = ["id;name;email", '1;"Müller;a@b.example', '2;"";c@b.example', '3;"X";d@b.example', '4;"Y;e@b']
    entries = read("\n".join(lines) + "\n")
    assert (good(entries), broken(entries)) == (["2", "3"], [2, 5])


def test_a_broken_line_still_tells_whose_it_is_where_that_can_be_seen() -> None:
    entries = read('name;id;email\n"Müller;1;a@b.example\nx;2\nx;3;keine\n')
    assert [entry.contact_id for entry in entries] == ["1", "2", "3"]  # type: ignore[attr-defined]
    assert len(broken(entries)) == 3


def test_quotation_marks_within_a_field_are_read_as_spreadsheets_do() -> None:
    entries = read('id;name;email\n1;"Café "Mitte"";a@b.example\n2;5" Rohre;c@b.example\n')
    assert [entry.name for entry in entries] == ['Café Mitte""', '5" Rohre']  # type: ignore[attr-defined]


def test_thousands_of_broken_lines_leave_the_others_whole() -> None:
    lines = [f'{n};"open;x@b.example' if n % 2 else f"{n};name;x{n}@b.example" for n in range(6000)]
    entries = read("id;name;email\n" + "\n".join(lines))
    assert len(good(entries)) == len(broken(entries)) == 3000


@pytest.mark.parametrize("text", ["", "\n", '"', "name\nErika\n", "id;name\n1;x\n"])
def test_a_file_without_the_columns_it_needs_is_refused(text: str) -> None:
    with pytest.raises(ContactsUnreadable):
        read(text)


@pytest.mark.parametrize("value", ["", "x" * 201, "a\x1bb"])
def test_an_id_that_can_be_none_breaks_its_line(value: str) -> None:
    assert broken(read(f"id;email\n{value};a@b.example\n")) == [2]


CELL = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=20))
def test_every_line_of_any_file_comes_out_once_in_order(rows: list[tuple[str, str, str]]) -> None:
    text = "id;name;email\n" + "\n".join(";".join(row) for row in rows)
    entries = read(text)
    lines = [entry.line for entry in entries]  # type: ignore[attr-defined]
    assert lines == sorted(set(lines))
    assert all(2 <= line <= text.count("\n") + text.count("\r") + 1 for line in lines)
