"""The names that notices give to the fields of a mail, in the languages that mail programs speak."""

from typing import Final

#: Whom a mail was for.
RECIPIENT: Final = (
    r"recipients?|empfänger|destinataires?|destinatari[oae]?|destinatários?|ontvangers?|odbiorca"
    r"|adresat|получател\w{0,2}"
    r"|mottagare|modtager|mottaker|vastaanottaja|příjemce|príjemca|címzett|destinatar|alıcı"
    r"|παραλήπτης|одержувач"
    r"|отримувач|primatelj|prejemnik|người ?nhận|penerima|saaja|gavėjas|saņēmējs|수신자|수신인|受信者|收件者"
    r"|收信人|宛て先"
)
#: The same, as mail programs write it above a quotation.
TO: Final = (
    r"to|an|cc|para|à|a|aan|do|кому|до|till|til|komu|către|catre|kime|προς|prima|đến|kepada"
    r"|받는 ?사람|宛先|收件人|ถึง|kam"
)
#: Whom a mail was from.
FROM: Final = (
    r"from|sender|von|de|da|van|absender|expéditeur|remitente|remetente|mittente|afzender|nadawca"
    r"|od|от|från|fra|avsändare"
    r"|avsender|afsender|lähettäjä|odesílatel|odosielateľ|feladó|kimden|gönderen|от кого|від"
    r"|відправник|отправител\w{0,2}|подател|изпращач"
    r"|από|αποστολέας|dela|de la|expeditor|šalje|pošiljatelj|từ|người ?gửi|dari|pengirim|saatja"
    r"|nuo|siuntėjas|no|sūtītājs|จาก"
    r"|差出人|送信者|送信元|发件人|寄件者|寄件人|보낸 ?사람|발신자|발신인"
)
#: Its subject and its date.
OTHERS: Final = (
    r"subject|sent|date|betreff|gesendet|datum|objet|envoyé|asunto|enviado|assunto|data|fecha"
    r"|oggetto|inviato|onderwerp"
    r"|verzonden|temat|wysłano|тема|относно|отправлено|дата|ämne|skickat|emne|sendt|dato|aihe|lähetetty"
    r"|předmět|predmet|odesláno"
    r"|tárgy|dátum|subiect|konu|tarih|θέμα|ημερομηνία|zadeva|chủ ?đề|tiêu đề|ngày|subjek|tanggal"
    r"|teema|kuupäev|tēma|tema"
    r"|assumpte|제목|날짜|件名|日時|主题|主旨|日期|เรื่อง"
)
