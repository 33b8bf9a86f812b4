"""An address that help is offered at is no recipient, for no entry of the tables and for no reader of plain words."""

import pytest

from mgtui.bounce import understand
from mgtui.report.contacts import is_contact
from mgtui.report.dialects.formats import formats, read_format
from mgtui.report.dialects.prose import prose_of
from mgtui.report.model import Line
from tests.mgtui.report.dialects.examples import EXAMPLES
from tests.mgtui.report.dialects.mails import addresses, mail

#: What notices say of whom to ask, `{}` for the address.
OFFERS = (
    "For further assistance, please contact <{}>",
    "If you need help, please write to:\n\n   {}",
    "Questions? Please e-mail us at {} for assistance.",
    "Help desk: {}",
    "Or send an e-mail message from another address to {} with its number.",
    "Bei Fragen wenden Sie sich bitte an {}.",
    "Fragen beantwortet Ihnen unser Kundendienst unter\n\n   {}",
    "Sie erreichen uns unter {}.",
    "Pour toute question, contactez {}",
    "Si necesita ayuda, escriba a:\n{}",
    "Em caso de dúvidas, contate:\n{}",
    "Per assistenza scrivere a:\n{}",
    "Neem voor vragen contact op met\n{}",
    "W razie pytań prosimy o kontakt:\n{}",
    "По всем вопросам обращайтесь:\n{}",
    "お問い合わせ: {}",
    "解決できない場合は、<{}>\nへご連絡ください。",
    "詳しくは下記までご連絡ください。\n\n{}",
    "如需帮助请联系客服:\n{}",
    "문의: {}",
)
#: What names a recipient although it speaks of help or contact, or stands near such words.
RECIPIENTS = (
    "For further assistance, please send mail to postmaster.\n\n<{}>: unknown user",
    "If you need help, write to our help desk.\n\n{}",
    "Your message to our help desk could not be delivered to {}",
    "Please contact the following recipients by other means:\n{}",
    "We could not contact the following address:\n{}",
    "Please contact us.\nYour mail to {} was refused.",
    "Bitte informieren Sie den Empfänger auf anderem Weg:\n{}",
    "Ihre Anfrage an den Support konnte nicht zugestellt werden an {}",
)
ADDRESS = "desk@firm.example"


def lines_of(text: str) -> tuple[list[Line], int]:
    """Give the lines of a text, and the first that names the address."""
    lines = [Line(number, line) for number, line in enumerate(text.format(ADDRESS, ADDRESS).split("\n"), 1)]
    return lines, next(at for at, line in enumerate(lines) if ADDRESS in line.text)


@pytest.mark.parametrize("offer", OFFERS)
def test_words_on_either_side_tell_a_contact(offer: str) -> None:
    assert is_contact(*lines_of(offer), ADDRESS)


@pytest.mark.parametrize("text", RECIPIENTS)
def test_a_recipient_near_such_words_stays_one(text: str) -> None:
    assert not is_contact(*lines_of(text), ADDRESS)


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_entry_takes_a_contact_for_a_recipient(name: str, offer: str) -> None:
    example = EXAMPLES[name]
    entry = next(one for one in formats() if one.name == name)
    told = offer.format(ADDRESS, ADDRESS)
    for body in (f"{example.body.strip()}\n\n{told}\n", f"{told}\n\n{example.body.strip()}\n"):
        said = read_format(entry, prose_of(mail(body, example.writer, example.subject, **example.fields)))
        assert tuple(addresses(said)) == example.addresses


@pytest.mark.parametrize("offer", OFFERS)
def test_plain_words_take_no_contact_for_a_recipient(offer: str) -> None:
    told = offer.format(ADDRESS, ADDRESS)
    head = "Return-Path: <>\nFrom: postmaster@mx.example\nTo: a@office.example\nSubject: Undelivered\n\n"
    for body in (
        f"The user anna@cust.example is unknown here.\n\n{told}\n",
        f"{told}\n\nThe user anna@cust.example is unknown here.\n",
    ):
        found = understand((head + body).encode())
        assert [one.recipient for one in found.recipients] == ["anna@cust.example"]
