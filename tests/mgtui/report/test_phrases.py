"""What servers say of a failure, in forty languages."""

from pathlib import Path

import pytest

from mgtui.bounce import understand
from mgtui.report.phrases import FAILED

SENTENCES = Path(__file__).with_name("failed.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_failure_is_told_as_one(sentence: str) -> None:
    assert FAILED.search(sentence.lower())


@pytest.mark.parametrize(
    "sentence",
    [
        "Your message was delivered.",
        "Ihre Nachricht wurde zugestellt.",
        "Il messaggio è stato consegnato.",
        "Su mensaje fue entregado.",
        "Wiadomość została dostarczona.",
        "Сообщение доставлено.",
        "メールを送信しました。",
        "邮件已送达。",
        "Meddelandet har levererats.",
    ],
)
def test_a_sentence_of_success_is_none(sentence: str) -> None:
    assert FAILED.search(sentence.lower()) is None


HEADS = {
    "server": "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: x\n",
    "postmaster": "From: postmaster@mx.example\nSubject: {}\n",
}
BODIES = {
    "in the sentence": "{} (anna@cust.example).",
    "behind it": "{}: anna@cust.example",
    "beside others": "{}:\n\nanna@cust.example\n\nFrom: news@club.example\nHelp: help@mx.example",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_notice_in_such_words_tells_the_recipient(head: str, body: str) -> None:
    field = "To: news@club.example\nContent-Type: text/plain; charset=utf-8\n\n"
    strays = []
    for sentence in SENTENCES:
        found = understand((head.format(sentence) + field + body.format(sentence)).encode())
        if (found.kind, [one.recipient for one in found.recipients]) != ("bounce", ["anna@cust.example"]):
            strays.append(sentence)
    assert strays == []
