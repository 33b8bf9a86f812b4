"""What automatic replies tell, a sentence each: the day of return and the new address; the mail is of 2 March 2026."""

import pytest

from mgtui.bounce import understand

HEADER = """\
From: Erika <erika@gone.example>
To: news@club.example
Subject: Automatic reply: news
Auto-Submitted: auto-replied
Return-Path: <>
Date: Mon, 2 Mar 2026 09:00:00 +0100
Content-Type: text/plain; charset=utf-8

"""
DAYS = [
    ("I am out of the office until Friday 13 March.", "2026-03-13"),
    ("I'll be back in the office on Mon 16th March.", "2026-03-16"),
    ("I am away from the 5th of March until the 12th of March 2026", "2026-03-12"),
    ("On leave from 2/3/26 to 13/3/26", "2026-03-13"),
    ("I'm on PTO through 3/13.", "2026-03-13"),
    ("Returning Monday, 3/16/26.", "2026-03-16"),
    ("I will return to work on Wednesday the 18th of March.", "2026-03-18"),
    ("Out of office: 09.03.-20.03.2026", "2026-03-20"),
    ("We are closed between December 24 and January 2.", "2027-01-02"),
    ("I have been out since February 20 and return March 9", "2026-03-09"),
    ("Back in April.", None),
    ("I'll be back on the 15th.", None),
    ("I'm away this week.", None),
    ("I will be back in 2 weeks.", None),
    ("I will respond within 24 to 48 hours.", None),
    ("Office hours: 9.00 to 17.30.", None),
    ("Version 2.5 to 3.1 was released.", None),
    ("Ich bin ab Montag (16.03.) wieder im Büro.", "2026-03-16"),
    ("Ich bin vom 02.03. bis zum 13.03. nicht im Haus.", "2026-03-13"),
    ("Bis einschl. 13.3.2026 bin ich im Urlaub.", "2026-03-13"),
    ("Ich bin bis Ende März im Urlaub.", None),
    ("Ich bin bis auf Weiteres nicht erreichbar.", None),
    ("Am Montag, dem 16. März 2026, bin ich wieder für Sie da.", "2026-03-16"),
    ("Ich kehre am 16.3. zurück.", "2026-03-16"),
    ("Urlaub 2.3. – 13.3.", "2026-03-13"),
    ("Wir haben vom 24.12.2026 bis 03.01.2027 geschlossen.", "2027-01-03"),
    ("Rückruf unter 030/12.03.44", None),
    ("Sprechzeiten: Mo-Fr 8.00 bis 12.30 Uhr", None),
    ("Je suis en congé jusqu'au vendredi 13 mars inclus", "2026-03-13"),
    ("Je suis absente du 2 mars au 13 mars 2026.", "2026-03-13"),
    ("Je serai de retour au bureau le 16/03/2026", "2026-03-16"),
    ("Retour prévu le 16 mars", "2026-03-16"),
    ("Absent jusqu'au 1er avril", "2026-04-01"),
    ("Estoy de vacaciones hasta el próximo 13 de marzo", "2026-03-13"),
    ("Estaré ausente del 2 al 13 de marzo de 2026", "2026-03-13"),
    ("Me reincorporo el lunes 16 de marzo", "2026-03-16"),
    ("Sono in ferie dal 2 al 13 marzo", "2026-03-13"),
    ("Rientrerò in ufficio lunedì 16 marzo", "2026-03-16"),
    ("Sarò assente fino a venerdì 13 marzo", "2026-03-13"),
    ("Ik ben met vakantie van 2 t/m 13 maart", "2026-03-13"),
    ("Vanaf maandag 16 maart ben ik weer bereikbaar", "2026-03-16"),
    ("Ik ben binnen 3 maanden terug", None),
    ("Estou de férias até ao dia 13 de março", "2026-03-13"),
    ("Regresso ao trabalho a 16 de março", "2026-03-16"),
    ("Jestem na urlopie od 2 do 13 marca", "2026-03-13"),
    ("Wracam do pracy 16.03.2026", "2026-03-16"),
    ("Я буду в отпуске с 2 по 13 марта 2026 г.", "2026-03-13"),
    ("Выйду на работу 16.03", "2026-03-16"),
    ("Jag är på semester till och med den 13 mars", "2026-03-13"),
    ("Åter på kontoret måndag 16/3", "2026-03-16"),
    ("Jeg er på ferie til og med 13. mars", "2026-03-13"),
    ("Jeg er tilbage mandag d. 16. marts", "2026-03-16"),
    ("Olen lomalla 2.3.-13.3.2026", "2026-03-13"),
    ("Palaan töihin maanantaina 16.3.", "2026-03-16"),
    ("Jsem mimo kancelář do 13. března", "2026-03-13"),
    ("Vrátím se 16. března 2026", "2026-03-16"),
    ("Március 13-ig szabadságon vagyok", "2026-03-13"),
    ("13 Mart'a kadar izindeyim", "2026-03-13"),
    ("Θα επιστρέψω στις 16 Μαρτίου", "2026-03-16"),
    ("3/13(金)まで不在です", "2026-03-13"),
    ("3月16日から出社いたします。", "2026-03-16"),
    ("2026年3月13日まで休暇", "2026-03-13"),
    ("我将于3月16日回来上班", "2026-03-16"),
    ("3월 16일에 복귀합니다", "2026-03-16"),
]
ADDRESSES = [
    ("I have left the company. Please contact Ann at ann@office.example instead.", "ann@office.example"),
    ("Please note my new e-mail: erika.neu@new.example", "erika.neu@new.example"),
    ("My email address has changed to erika@new.example. Please update your records.", "erika@new.example"),
    ("This address is no longer monitored. Use info@office.example.", "info@office.example"),
    ("Jane no longer works at Office. For help: help@office.example", "help@office.example"),
    ("I retired on 1 March. My successor is Tom Poe <tom.poe@office.example>.", "tom.poe@office.example"),
    ("This mailbox has been closed. Write to desk@office.example", "desk@office.example"),
    ("I'm out today. Urgent: desk@office.example", None),
    ("For urgent matters contact my colleague bo@office.example, I'm no longer in the office today.", None),
    ("Diese Adresse ist nicht mehr gültig. Neue Adresse: erika@neu.example", "erika@neu.example"),
    ("Frau Muster arbeitet nicht mehr bei uns, bitte an team@office.example", "team@office.example"),
    ("Ich bin in Elternzeit. Meine Vertretung: max@office.example", None),
    (
        "Ich habe die Firma gewechselt und bin jetzt unter erika@neufirma.example erreichbar.",
        "erika@neufirma.example",
    ),
    ("Wir sind umgezogen! Unsere neue E-Mail-Adresse lautet kontakt@neu.example", "kontakt@neu.example"),
    ("J'ai quitté l'entreprise. Contactez luc@office.example", "luc@office.example"),
    ("Cette adresse n'est plus utilisée, écrivez à info@office.example", "info@office.example"),
    ("Esta dirección ya no existe. Nueva: eva@nueva.example", "eva@nueva.example"),
    ("He dejado la empresa; contacto: eva@office.example", "eva@office.example"),
    ("Ho lasciato l'azienda. Scrivere a luca@office.example", "luca@office.example"),
    ("Ik werk niet langer bij Office. Mail naar piet@office.example", "piet@office.example"),
    ("Já não trabalho na empresa. Contacte ana@office.example", "ana@office.example"),
    ("Nie pracuję już w Office. Kontakt: ewa@office.example", "ewa@office.example"),
    ("Jag arbetar inte längre på Office. Kontakta ulf@office.example", "ulf@office.example"),
    ("Jeg er ikke længere ansat. Kontakt bo@office.example", "bo@office.example"),
    ("En työskentele enää täällä. Ota yhteyttä: matti@office.example", "matti@office.example"),
    ("Již zde nepracuji. Pište na jana@office.example", "jana@office.example"),
    ("Artık burada çalışmıyorum. Lütfen ali@office.example adresine yazın", "ali@office.example"),
    ("退職いたしました。後任は tanaka@office.example です。", "tanaka@office.example"),
    ("저는 퇴사하였습니다. 문의: kim@office.example", "kim@office.example"),
    ("Я больше не работаю в компании, пишите ivan@office.example", "ivan@office.example"),
    ("Ich lese Mails nicht mehr vor dem 16.3., ab dann wieder. Dringend: bo@office.example", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_of_return_is_read_in_the_forms_in_which_people_write_it(text, day):
    assert understand((HEADER + text).encode()).returns_on == day


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_a_new_address_is_the_one_to_use_from_now_on(text, address):
    assert understand((HEADER + text).encode()).new_address == address
