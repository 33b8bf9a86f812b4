"""Contacts out of vCard files."""

import pytest

from mgtui.contacts import BrokenLine, ContactsUnreadable, IncomingContact, read_vcards

PHOTO = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join("A" * 75 for _ in range(2000))


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def read(text: str, encoding: str = "utf-8", **columns: str) -> list[object]:
    return list(read_vcards(text.encode(encoding), columns))


def test_a_card_has_addresses_lists_and_fields() -> None:
    (contact,) = read(
        card(
            "UID:K1", "FN:Jörg Müller", "EMAIL;TYPE=work:J@Example.org", "item1.EMAIL:b@example.org",
            "CATEGORIES:rundbrief,steuern", "ORG:Müller\\, Söhne;Büro", "TEL:+49 1",
        )
    )  # fmt: skip
    assert contact == IncomingContact(
        "K1", "Jörg Müller", ("j@example.org", "b@example.org"), ("rundbrief", "steuern"),
        {"org": "Müller, Söhne, Büro", "tel": "+49 1"},
    )  # fmt: skip


def test_a_card_as_outlook_writes_it_is_read() -> None:
    (contact,) = read(
        card(
            "N;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
            "FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:J=F6rg =\r\nM=FCller",
            "EMAIL;PREF;INTERNET:joerg@example.org",
            "X-KUNDE:77",
            version="2.1",
        ),
        id="X-KUNDE",
    )
    assert contact == IncomingContact("77", "Jörg Müller", ("joerg@example.org",), None)


def test_a_picture_is_left_out_however_large() -> None:
    (contact,) = read(card("UID:K1", PHOTO, "FN:Erika", "EMAIL:e@example.org"))
    assert contact == IncomingContact("K1", "Erika", ("e@example.org",), None)


@pytest.mark.parametrize(
    "damaged",
    [
        card("FN:no id", "EMAIL:a@b.example"),
        card("UID:K9", "EMAIL:no address"),
        card("UID:K9", "this is no property"),
        card("UID:K9", "NOTE:" + "a" * 100_000),
        card("UID:K9", "NOTE:a" + "\r\n b" * 50_000),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:K9\r\n",
        "BEGIN:VCARD\r\n" * 3,
    ],
)
def test_a_damaged_card_costs_only_itself(damaged: str) -> None:
    sound = card("UID:K1", "FN:Erika", "EMAIL:e@example.org")
    entries = read(sound + damaged + sound.replace("K1", "K2"))
    assert [entry.contact_id for entry in entries if isinstance(entry, IncomingContact)] == ["K1", "K2"]
    assert {entry.line for entry in entries if isinstance(entry, BrokenLine)} >= {7}


def test_a_file_without_a_card_is_refused() -> None:
    with pytest.raises(ContactsUnreadable):
        read("id;email\n")
