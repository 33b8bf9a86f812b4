"""The words of automatic replies: titles that only machines write, and what the text of an absence says."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line

#: What mail programs put before the subject of what they answer, as often as they answer it.
REPLY_MARKS: Final = re.compile(r"^(?:(?:re|aw|sv|antw|odp|rv|ha|回复|答复)(?:\[\d\])?\s?[:：]\s*){1,3}")
#: Exchange, Outlook and their kin put these before the subject that they answer: `Automatic reply: Newsletter`.
TITLE: Final = LazyPattern(
    r"(?:auto(?:matic|mated|matisches?)?[ -]?(?:e-?mail )?(?:reply|response|replied)"
    r"|out of (?:the )?office(?: auto-?reply)?"
    r"|automatische(?:r|s|) (?:antwort|abwesenheits\w{1,12})|abwesenheits\w{1,16}(?: von [^:]{1,60})?|abwesend"
    r"|(?:ich bin )?(?:au(?:ß|ss)er haus|nicht im b(?:ü|ue)ro)"
    r"|r[ée]ponse automatique|absence du bureau|message d'absence|absent(?:e)? du bureau"
    r"|respuesta autom[áa]tica|fuera de (?:la )?oficina|resposta autom[áa]tica|aus[êe]ncia(?: tempor[áa]ria)?"
    r"|risposta automatica|fuori (?:ufficio|sede)|automatis(?:ch antwoord|che reactie|ch bericht)"
    r"|afwezig(?:heid\w{0,12})?"
    r"|odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]|nieobecno[śs][ćc]"
    r"|автоматический ответ|автоответ(?:чик)?|нет на (?:месте|работе)|自動(?:応答|返信|回覆)|不在(?:通知"
    r"|連絡)|自动(?:答复|回复)"
    r"|자동 ?(?:회신|응답)|부재 ?중|autosvar|automatis[kt]t? svar|fr[åa]nvaro|frav[æe]r\w{0,12}"
    r"|automaattinen vastaus"
    r"|automatick[áa] odpov[ěe][ďd]|mimo kancel[áa][řr]|automatikus v[áa]lasz|otomatik yan[ıi]t"
    r"|r[ăa]spuns automat"
    r"|αυτόματη απάντηση|autom[āa]tisk[āa] atbilde|.{0,40}automatisk[aā] atbilde|automatinis atsakymas"
    r"|automatski odgovor|samodejni odgovor)\s{0,2}[:：]",
)
#: Titles that are sentences of their own: Lotus Notes and vacation(1) write no other.
SENTENCE: Final = LazyPattern(
    r"auto: .{1,80}\b(?:is |ist |est |está |è )|.{1,80} (?:is out of the office|will be out of the office"
    r"|ist au(?:ß|ss)er haus|est absent(?:\(?e?\)?)? du bureau|est[áa] fuera de la oficina"
    r"|[èe] fuori (?:sede|ufficio)"
    r"|is niet op kantoor|est[áa] ausente do escrit[óo]rio)\b|away from my (?:e-?)?mail"
)
#: What the text of an absence says, in lower case.
_WORDS: Final = LazyPattern(
    r"out of (?:the |my )?office|(?:i am|i'm|i will be|i'll be) (?:currently |presently )?(?:away|absent"
    r"|on (?:vacation|holiday"
    r"|(?:annual |parental |maternity |paternity |sick |medical )?leave))"
    r"|limited access to (?:my )?(?:e-?)?mail"
    r"|not be (?:reading|checking) (?:my |this )?(?:e-?)?mail|no longer (?:with|work(?:s|ing)? (?:at|for"
    r"|here|with)|employed)"
    r"|automat(?:ic|ed|ically) (?:generated )?(?:reply|response|answer)|this is an auto-?(?:reply|response)"
    r"|(?:nicht|derzeit nicht|momentan nicht) (?:im b(?:ü|ue)ro|im hause?|am arbeitsplatz|erreichbar)|(?:im"
    r"|in) urlaub|in elternzeit"
    r"|au(?:ß|ss)er haus|\babwesend|automatische antwort|automatisch (?:erzeugt|generiert|erstellt)e antwort"
    r"|ab dem .{1,30} wieder (?:da|erreichbar|im)|nicht mehr (?:für .{1,40} tätig|in unserem|im unternehmen)"
    r"|absente? (?:du bureau|jusqu|du \d|de mon bureau)|en cong[ée]s?\b|de retour (?:le|au bureau)"
    r"|réponse automatique"
    r"|fuera de la oficina|de vacaciones|estar[ée] ausente|respuesta automática"
    r"|fuori (?:ufficio|sede)|in ferie|sar[òo] assente|sono assente|risposta automatica"
    r"|niet (?:aanwezig|op kantoor)|\bafwezig|(?:op|met) vakantie|automatisch antwoord"
    r"|(?:jestem|będę) nieobecn|na urlopie|poza biurem|przebywam na|automatyczna odpowied"
    r"|fora do escrit[óo]rio|de f[ée]rias|resposta automática"
    r"|в отпуске|вне офиса|буду отсутствовать|автоматический ответ"
    r"|不在にし|休暇(?:中|を)|外出(?:中|して)|自動(?:返信|応答)|休假|不在办公室|出差|自动(?:回复|答复)"
    r"|已收到您的"
    r"|휴가|부재|p[åa] semester|inte p[åa] kontoret|ikke p[åa] kontoret|p[åa] ferie|na dovolen[ée]|mimo kancel"
    r"|thank you for (?:your (?:e-?mail|message|enquiry|inquiry|request)|contacting|reaching out)"
    r"|received your (?:e-?mail|message|enquiry|inquiry|request)|got your (?:e-?mail|message|request)"
    r"|(?:your|the|this) (?:support |help )?(?:request|ticket|enquiry|inquiry|case|message|e-?mail)\b.{0,40}"
    r"(?:has been|was) (?:successfully )?(?:received|created|opened|logged|registered|assigned)"
    r"|ticket (?:has been|was) (?:created|opened)"
    r"|(?:ihre|deine) (?:nachricht|e-?mail|anfrage|mail)\b.{0,60}(?:ist|sind) (?:bei uns )?eingegangen"
    r"|wir haben ihre.{0,60}(?:erhalten|empfangen)|unter der (?:ticket|vorgangs|bearbeitungs)-?nummer"
    r"|votre (?:demande|message|courriel).{0,40}(?:a (?:bien )?été (?:reçue?|enregistrée?|prise? en compte))"
    r"|(?:su|tu) (?:solicitud|mensaje|consulta).{0,30}ha sido (?:recibid|registrad|cread)"
    r"|(?:la|sua) (?:tua |sua )?richiesta.{0,30}è stata (?:ricevuta|registrata|presa in carico)"
    r"|(?:uw|je) (?:bericht|aanvraag|verzoek|e-?mail|vraag).{0,40}(?:ontvangen|in behandeling|geregistreerd)"
    r"|(?:twoje|państwa) zgłoszenie.{0,30}(?:przyjęt|zarejestrowan)|ваш (?:запрос|обращение).{0,40}(?:получен|принят"
    r"|зарегистрирован)"
    r"|dank für ihre (?:nachricht|e-?mail|mail|anfrage)|ihre (?:nachricht|e-?mail|anfrage) erhalten"
    r"|merci (?:de|pour) votre (?:message|courriel|mail|demande)|accus\w{0,3} réception de votre"
    r"|gracias por (?:su|tu) (?:mensaje|correo)|hemos recibido su (?:mensaje|correo)|grazie per (?:il tuo"
    r"|il suo) messaggio"
    r"|bedankt voor uw (?:bericht|e-?mail|mail)|dziękujemy za (?:wiadomość|kontakt)"
    r"|obrigado por (?:sua mensagem|seu e-?mail)"
    r"|estarei ausente|спасибо за (?:ваше )?(?:обращение|письмо)|нет на (?:рабочем )?месте|邮件已收到"
    r"|olen lomalla|poissa toimistosta"
    r"|szabadságon|zindeyim|ofis dışında"
)
_LINES: Final = 25
_CHARACTERS: Final = 1_500


def line_of_absence(lines: Sequence[Line]) -> Line | None:
    """Give the line that says that somebody is away, or that a machine answers; None where none does."""
    size = 0
    for line in lines[:_LINES]:
        text = line.text[:_CHARACTERS]
        if text.lstrip().startswith((">", "|")):
            break
        if _WORDS.search(text.lower().replace("’", "'")):
            return line
        size += len(text)
        if size > _CHARACTERS:
            break
    return None


def is_title(subject: str) -> bool:
    """Tell a subject that only a machine writes; lower case, without the marks of a reply."""
    return TITLE.match(subject) is not None or SENTENCE.match(subject) is not None
