"""A notice that repeats the header of the mail names the recipient and the sender, in any language."""

import pytest

from mgtui.bounce import understand

HEAD = (
    "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: news@club.example\nSubject: x\n"
    "Content-Type: text/plain; charset=utf-8\n\nYour message could not be delivered.\n\n"
)
FORMS = {
    "sender first": "{1}: billing@club2.example\n{0}: anna@cust.example\n{2}: Test\n\n550 user unknown\n",
    "recipient first": "{0}: anna@cust.example\n{2}: Test\n\n{1}: billing@club2.example\n",
    "on lines of their own": "{0}:\nanna@cust.example\n\n{1}:\nbilling@club2.example\n",
}
#: What programs call recipient, sender and subject.
LABELS = """To From Subject|Recipient Sender Subject|An Von Betreff|Empfänger Absender Betreff|À De Objet
Destinataire Expéditeur Objet|Para De Asunto|Destinatario Remitente Asunto|Para De Assunto|A Da Oggetto
Destinatário Remetente Assunto|Destinatario Mittente Oggetto|Aan Van Onderwerp|Ontvanger Afzender Onderwerp
Do Od Temat|Odbiorca Nadawca Temat|Till Från Ämne|Til Fra Emne|Vastaanottaja Lähettäjä Aihe|Komu Od Předmět
Příjemce Odesílatel Předmět|Címzett Feladó Tárgy|Către Dela Subiect|Destinatar Expeditor Subiect|Kime Kimden Konu
Alıcı Gönderen Konu|Προς Από Θέμα|Παραλήπτης Αποστολέας Θέμα|Кому От Тема|Получатель Отправитель Тема
Кому Від Тема|Одержувач Відправник Тема|До От Тема|Получател Подател Тема|Prima Šalje Predmet
Primatelj Pošiljatelj Predmet|Prejemnik Pošiljatelj Zadeva|Kepada Dari Subjek|Penerima Pengirim Subjek
Saaja Saatja Teema|Kam Nuo Tema|Gavėjas Siuntėjas Tema|Saņēmējs Sūtītājs Tēma|A De Assumpte|ถึง จาก เรื่อง
받는사람 보낸사람 제목|수신자 발신자 제목|宛先 差出人 件名|受信者 送信者 件名|收件人 发件人 主题|收件者 寄件者 主旨"""


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("labels", LABELS.replace("\n", "|").split("|"))
def test_the_repeated_header_tells_the_recipient(labels: str, form: str) -> None:
    found = understand((HEAD + form.format(*labels.split())).encode())
    assert [one.recipient for one in found.recipients] == ["anna@cust.example"]


@pytest.mark.parametrize(
    "sentence",
    [
        "There is no anna@cust.example here",
        "There is no user <anna@cust.example> at this host",
        "La boîte de <anna@cust.example> est pleine",
        "Das Postfach von anna@cust.example ist voll",
        "El buzón de usuario <anna@cust.example> está lleno",
        "La casella di posta di anna@cust.example è piena",
        "A mail from your server to <anna@cust.example> was refused",
        "The message was returned to the sender because the mailbox of anna@cust.example is full",
    ],
)
def test_small_words_before_a_recipient_make_no_sender_of_him(sentence: str) -> None:
    found = understand((HEAD + sentence).encode())
    assert [one.recipient for one in found.recipients] == ["anna@cust.example"]
