"""Exchange in its generations and languages."""

import pytest

from tests.mgtui.report.dialects.mails import addresses, mail, read

FAILED = {
    "English": (
        "Delivery has failed to these recipients or groups:",
        "Diagnostic information for administrators:",
    ),
    "English 2007": (
        "Delivery has failed to these recipients or distribution lists:",
        "Diagnostic information for administrators:",
    ),
    "German": (
        "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:",
        "Diagnoseinformationen für Administratoren:",
    ),
    "French": (
        "Échec de la remise à ces destinataires ou groupes :",
        "Informations de diagnostic pour les administrateurs :",
    ),
    "Spanish": (
        "Error de entrega a estos destinatarios o grupos:",
        "Información de diagnóstico para los administradores:",
    ),
    "Italian": (
        "Il recapito non è riuscito per i seguenti destinatari o gruppi:",
        "Informazioni di diagnostica per gli amministratori:",
    ),
    "Portuguese": (
        "Falha na entrega a estes destinatários ou grupos:",
        "Informações de diagnóstico para administradores:",
    ),
    "Dutch": (
        "Het bezorgen bij deze ontvangers of groepen is mislukt:",
        "Diagnostische gegevens voor beheerders:",
    ),
    "Swedish": (
        "Det gick inte att leverera till följande mottagare eller grupper:",
        "Diagnostisk information för administratörer:",
    ),
    "Polish": (
        "Dostarczenie do następujących adresatów lub grup nie powiodło się:",
        "Informacje diagnostyczne dla administratorów:",
    ),
    "Russian": (
        "Сбой доставки следующим получателям или группам:",
        "Диагностические сведения для администраторов:",
    ),
    "Japanese": ("次の受信者またはグループへの配信に失敗しました:", "管理者向けの診断情報:"),
    "Chinese": ("未能将邮件传递给下列收件人或组:", "管理员的诊断信息:"),
}


@pytest.mark.parametrize("language", FAILED)
def test_the_diagnosis_for_administrators_is_read_in_every_language(language: str) -> None:
    start, diagnosis = FAILED[language]
    said = read(
        mail(
            f"""\
{start}

Anna Muster (anna@example.org)<mailto:anna@example.org>
...

bert@example.org<mailto:bert@example.org>
...

{diagnosis}

X: mx.example.net

anna@example.org
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

bert@example.org
Remote Server returned '550 5.2.2 STOREDRV.Deliver; mailbox full'
""",
            "Microsoft Outlook <postmaster@example.net>",
        )
    )
    assert said is not None and said.reader == "exchange"
    assert [(one.final_recipient, one.status, one.reply_code) for one in said.recipients] == [
        ("anna@example.org", "5.1.1", 550),
        ("bert@example.org", "5.2.2", 550),
    ]


def test_headers_of_the_original_below_the_diagnosis_are_left_out() -> None:
    said = read(
        mail(
            "Delivery has failed to these recipients or groups:\n\nanna@example.org\nNo.\n\n"
            "Diagnostic information for administrators:\n\nanna@example.org\n#550 5.1.1 gone ##\n\n"
            "Original message headers:\n\nReceived: from a\nTo:\nbert@example.org\n"
        )
    )
    assert addresses(said) == ["anna@example.org"]


def test_a_warning_is_delayed() -> None:
    said = read(
        mail(
            "Delivery is delayed to these recipients or groups:\n\nanna@example.org\n\n"
            "This message hasn't been delivered yet. Delivery will continue to be attempted.\n",
            "Microsoft Outlook <postmaster@example.net>",
            "Delivery delayed: News",
        )
    )
    assert said is not None and said.kind_hint == "delayed"


@pytest.mark.parametrize(
    "line",
    [
        "anna@example.org on Thu, 29 Apr 2007 16:51:51 -0500",
        "      'anna@example.org' on 4/29/2007 9:15 AM",
        "c=US;a= ;p=X;o=Y;dda:SMTP=anna@example.org; on Fri, 4 Oct 2002",
    ],
)
def test_exchange_2003_names_address_and_date(line: str) -> None:
    said = read(
        mail(
            "Your message\n\n  To:      bert@example.org\n  Subject: News\n\n"
            f"did not reach the following recipient(s):\n\n{line}\n    The recipient name is not recognized\n"
            "            <mx.example.net #5.1.1>\n",
            "System Administrator <postmaster@example.net>",
            "Undeliverable: News",
        )
    )
    assert said is not None and said.reader == "exchange-2003"
    assert [(one.final_recipient, one.status) for one in said.recipients] == [("anna@example.org", "5.1.1")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Your message to anna@example.org couldn't be delivered.",
        "Ihre Nachricht an anna@example.org konnte nicht zugestellt werden.",
        "Votre message à anna@example.org n'a pas pu être remis.",
        "No se pudo: Su mensaje a anna@example.org no se pudo entregar.",
    ],
)
def test_exchange_online_names_the_recipient_in_a_sentence(sentence: str) -> None:
    said = read(
        mail(
            f"{sentence}\n\nanna wasn't found at example.org.\n\nError Details\n"
            "Reported error: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found\n",
            "Microsoft Outlook <postmaster@example.net>",
        )
    )
    assert said is not None and said.reader == "exchange-online"
    one = said.recipients[0]
    assert (one.final_recipient, one.status, one.reply_code) == ("anna@example.org", "5.1.10", 550)
