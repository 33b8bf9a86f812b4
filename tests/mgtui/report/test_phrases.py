"""What servers say of a failure, in forty languages."""

from pathlib import Path

import pytest

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
