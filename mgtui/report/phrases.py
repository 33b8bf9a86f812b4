"""Words by which any report can be told, in many languages; matched against lower-case text."""

from typing import Final

from mgtui.report.lazy import AnyOf, LazyPattern

_FAILED: Final = (
    # English
    (
        r"(?:could|can|was|were|has|have|been|be|is|are|did|will|would|might) ?(?:n[o']t|not"
        r"|never) (?:be |been |have been |yet been |successfully )?(?:successfully )?(?:deliver|reach"
        r"|sent|send|accept|process|relay|forward|complete|receiv|found)"
    ),
    r"cannot (?:be )?(?:deliver|send|accept|relay|open mailbox|find|route|forward)",
    (
        r"could(?: not|n't) (?:be )?(?:deliver|send|find|open|accept|connect|route)"
        r"|unable to (?:deliver|send|complete|relay|process|route|forward|accept|find)"
    ),
    (
        r"(?:wasn't|not) able to deliver|not deliver(?:ed|able)|undeliver|non-?deliver"
        r"|failed to (?:deliver|send|accept)|fail(?:ed|ure) (?:to|of|in|while|for|permanently|sending"
        r"|recipient|address|notice|deliver)"
    ),
    (
        r"deliver(?:y|ing|ed)? (?:to .{0,120} )?(?:has |was |is )?(?:fail|unsuccess|problem|error|not"
        r"|impossible|permanently|status)|delivery attempt|(?:problem|trouble"
        r"|error)s? (?:with )?(?:deliver|in deliver|sending|while|occurred|has occurred)"
    ),
    (
        r"error (?:sending|deliver|occurred|while|message|in deliver|from)|had (?:trouble"
        r"|problems?) deliver|return(?:ed|ing) (?:to (?:the )?sender|your|mail|message|undeliver)"
        r"|returned (?:as )?undeliver|bounced"
    ),
    (
        r"did not reach|didn't reach|not reached|no such (?:user|mailbox|recipient|address|account"
        r"|person|local)|(?:user|recipient|address|mailbox|account|addressee|host"
        r"|domain)s? ?(?:name )?(?:is |was |has been |are )?(?:unknown|not known|not found|invalid"
        r"|unavailable|disabled|inactive|suspended|closed|deactivated|deleted|rejected|full"
        r"|over ?quota|not listed|not valid|does(?: not|n't) exist|doesn't|no longer)"
    ),
    (
        r"(?:unknown|invalid|bad|illegal|incorrect|non-?existent|inactive|disabled"
        r"|nonexistent) (?:or illegal )?(?:e-?mail )?(?:user|recipient|address|mailbox|account|domain"
        r"|host|destination|local|addressee)"
    ),
    (
        r"(?:not|isn't|doesn't|does not|don't) (?:have|exist|a (?:valid|known|local|current|yahoo)"
        r"|listed|recogni[sz]ed|our customer|match)|no (?:user|account|mailbox|recipient|one) (?:by"
        r"|with|of|at|found|here|named|exist)|over (?:its |his |the |her |disk |their )?(?:quota"
        r"|limit)|quota (?:is |has been |was )?(?:exceed|full|reach)|exceed(?:s|ed|ing)? (?:the |its "
        r"|his |storage |mailbox |message )?(?:quota|limit|size|allow|maximum|storage)"
    ),
    (
        r"mailbox (?:is |was |has been )?(?:full|exceed|unavail|not|disab|inactiv|locked)|(?:message"
        r"|mail|e-?mail|delivery|content|attachment) (?:was |has been |is |were |been "
        r"|contain\w* .{0,60} and was )?(?:reject|refus|block|denied|discard|return|quarantin|bounced"
        r"|delet|drop)"
    ),
    (
        r"(?:rejected|refused|blocked|denied|declined) (?:by|your|the|because|due|for|as|from"
        r"|recipient|this)|relay(?:ing)? (?:is |was |access )?(?:denied|not|refus|prohib|disallow)"
        r"|access denied|permission denied|(?:we|i) (?:do not|don't|cannot|can't|can not) (?:accept"
        r"|deliver|relay|find)"
    ),
    (
        r"(?:address|user|person|account|mailbox|e-?mail)[^.]{0,60}(?:no longer"
        r"|has (?:been )?(?:changed|left|moved|closed)|changed to|is wrong|is incorrect|expired"
        r"|terminated|cancell?ed)|no longer (?:valid|active|exist|in use|available|accept|with|a valid"
        r"|on (?:this )?server|here|works?|employed)"
    ),
    (
        r"giving up|given up|gave up|timed out|time-?out|expired|too (?:large|big|many hops"
        r"|many recipients|long)|mail(?:ing)? loop|loop(?:ing|s)? detected|hop count|too old"
        r"|retry timeout|permanent (?:fatal )?(?:error|failure)|fatal error|transmission fail"
        r"|has the following (?:error|problem)|following (?:errors?|problems?|recipients?|address)"
        r"|nonexistent|service unavailable"
    ),
    # German
    (
        r"nicht (?:zugestellt|zustell|ausgeliefert|erreich|gefunden|angenommen|übermittelt"
        r"|uebermittelt|weitergeleitet|versendet|versandt|zugelassen|existiert|bekannt|abgeliefert"
        r"|zustande)|unzustellbar|zustell(?:fehler|ung fehl|ung ist fehl|ung nicht|ungsfehler)"
        r"|(?:benutzer|empfänger|empfaenger|adresse|postfach|mailbox|nutzer)[^.]{0,50}(?:unbekannt"
        r"|nicht|existiert|ungültig|ungueltig|voll|überschritten|gesperrt|deaktiviert|gelöscht"
        r"|abgelehnt)"
    ),
    (
        r"(?:unbekannte[rn]?|ungültige[rn]?) (?:benutzer|empfänger|adresse|nutzer)|kein (?:benutzer"
        r"|empfänger|postfach|konto)|(?:nachricht|mail|annahme|e-mail)[^.]{0,60}(?:abgelehnt"
        r"|verweigert|zurückgewiesen|zurückgesandt|blockiert|abgewiesen)"
        r"|speicherplatz[^.]{0,30}(?:überschritten|voll|erschöpft)|fehlgeschlagen|gescheitert"
    ),
    # French
    (
        r"n'(?:a|ont|est|existe|y a|ai)[^.]{0,40}(?:pas|pu)[^.]{0,30}(?:remis|délivr|delivr|être|etre"
        r"|distribu|achemin|trouv|aboutir|reconnu|exist)|non remis|non délivr"
        r"|impossible de (?:remettre|délivrer|delivrer|distribuer|livrer)|(?:adresse|utilisateur"
        r"|destinataire|boîte|boite)[^.]{0,40}(?:inconnu|invalide|introuvable|pleine|n'existe|rejet"
        r"|refus|désactiv)|échec (?:de|d')|echec de|a été (?:rejet|refus|bloqu)|a échoué|erreur (?:de"
        r"|lors)"
    ),
    # Spanish, Portuguese
    (
        r"no (?:se )?(?:ha |han |pudo|puede|pudieron|fue|existe|ha podido)[^.]{0,40}(?:entreg|enviar"
        r"|enviad|encontr|existe|recib|acept|ser)|(?:usuario|buzón|buzon|dirección|direccion|cuenta"
        r"|destinatario|dominio)[^.]{0,40}(?:desconocid|no existe|inexistente|inválid|invalid|llen[oa]"
        r"|rechazad|deshabilitad|no válid|no encontrad)|(?:mensaje|correo)[^.]{0,40}(?:rechazad"
        r"|devuelto|no entregad|bloquead)|error (?:de|al) (?:entrega|envi)|fall[oó] (?:en |de |al "
        r"|la )?(?:entrega|envi)"
    ),
    (
        r"não (?:pôde|pode|foi|existe|conseg|é possível)[^.]{0,40}(?:entreg|envi|encontr|exist"
        r"|localiz)|nao (?:pode|foi|existe)[^.]{0,40}(?:entreg|envi|encontr|exist)|(?:usuário"
        r"|caixa postal|endereço|conta|destinatário)[^.]{0,40}(?:desconhecid|não existe|inexistente"
        r"|inválid|chei[oa]|rejeitad|não encontrad|lotad)|(?:mensagem|e-?mail)[^.]{0,40}(?:rejeitad"
        r"|devolvid|não entreg|bloquead)|falha (?:na|de|ao) (?:entreg|envi)"
    ),
    # Italian, Dutch
    (
        r"non (?:è stat|è possibile|può|puo|e' stat|e' possibile|ha potuto|sono stat"
        r"|esiste)[^.]{0,50}(?:consegn|recapit|invia|inoltr|raggiung|esist|essere)|(?:utente|casella"
        r"|indirizzo|destinatario|mailbox)[^.]{0,40}(?:sconosciut|inesistente|non esiste|piena"
        r"|non valid|rifiutat|disabilitat|non trovat)|(?:messaggio|mail)[^.]{0,40}(?:respint|rifiutat"
        r"|non consegnat|restituit|bloccat)|mancat[ao] (?:consegna|recapito)|impossibile (?:consegnare"
        r"|recapitare|inviare)"
    ),
    (
        r"(?:kon|kan|konden|is|zijn|werd) (?:helaas )?niet (?:worden )?(?:bezorg|aflever|afgelever"
        r"|verstuur|verzonden|gevonden|bereikt|geleverd)|(?:niet|onbe)stelbaar|onbezorgbaar"
        r"|(?:gebruiker|ontvanger|adres|mailbox|postvak)[^.]{0,40}(?:onbekend|bestaat niet|ongeldig"
        r"|vol|niet gevonden|geweigerd)|(?:bericht|e-mail|mail)[^.]{0,40}(?:geweigerd|geblokkeerd"
        r"|teruggestuurd|niet afgeleverd|niet bezorgd)|mislukt"
    ),
    # Polish, Czech, Nordic, Turkish, Hungarian
    (
        r"nie (?:mo(?:ż|z)na|uda(?:ł|l)o|zosta(?:ł|l)|istnieje|może|moze|ma)[^.]{0,50}(?:dor(?:ę|e)cz"
        r"|dostarcz|wys(?:ł|l)a|odbiorc|taki|konta|skrzynk|użytk|uzytk|istni)|niedostarcz|(?:adres"
        r"|użytkownik|skrzynka|konto|odbiorca)[^.]{0,40}(?:nieznan|nie istnieje|pełna|przepełni"
        r"|nieprawid|odrzuc)|(?:wiadomo(?:ść|sc)|list)[^.]{0,50}(?:odrzuc|zwróc|nie (?:zosta|dor"
        r"|dost))"
    ),
    (
        r"nelze (?:doru|odesl|dopr)|nebyla? doru|nedoru|kunde inte (?:levereras|skickas|nå)"
        r"|kunne ikke (?:leveres|sendes|nå)|ikke leveret|ei voitu (?:toimittaa|lähettää)|iletilemedi"
        r"|teslim edilemedi|nem (?:sikerült|kézbesíthető|létezik)|sikertelen"
    ),
    (
        r"nepoda(?:ř|r)il[ao]? .{0,30}doru|nemohl[ao]? být doru|nepodarilo .{0,30}doru"
        r"|(?:blev|ble|kunne) ikke (?:blive |bli )?(?:leveret|levert|sendt)|(?:har"
        r"|kunde) inte (?:kunnat )?(?:lever|skick)"
        r"|toimitus epäonnistui|gönderilemedi|nu a putut fi (?:livrat|transmis)|nije (?:moguće )?isporu"
        r"|neisporu"
        r"|ni bilo mogoče dostav|nepavyko pristaty|neizdevās piegādāt|no s'ha pogut lliurar"
        r"|không thể (?:gửi|chuyển|phân phối)"
    ),
    # Greek, Arabic, Hebrew, Thai
    (
        r"δεν (?:ήταν δυνατή|παραδόθηκε|μπόρεσε|κατέστη)|αποτυχία παράδοσης|تعذر تسليم|لم يتم تسليم"
        r"|فشل (?:في )?تسليم"
        r"|לא ניתן (?:היה )?למסור|לא נמסרה|ไม่สามารถส่ง"
    ),
    # Russian
    (
        r"не вдалося доставити|не може да бъде доставен|не (?:доставлен|может быть доставлен|могло быть"
        r"|удалось|было доставлен|удаётся|удается"
        r"|найден|существует|принят|смог)|невозможно доставить|(?:адрес|пользователь|получатель|ящик"
        r"|домен)[^.]{0,50}(?:не существует|не найден|неизвестен|переполнен|недоступен|заблокирован"
        r"|отклон|неверн)|ошибк[аи] (?:при )?(?:достав|отправ)|отклонен|сбой доставки"
    ),
    # Japanese, Chinese, Korean
    (
        r"(?:送信|配信|配送|配達|お届け|送達|転送)(?:することが)?(?:でき(?:ませ|な)|に失敗|不能|エラー)"
        r"|届(?:きません|けられ|ける(?:こと|事))"
        r"|見つかりません|存在しません|不明です|容量(?:を|が)?(?:超|いっぱい)"
        r"|拒否(?:され|しま)|エラーが発生|送れませんでした|受信できません|エラーのため"
    ),
    (
        r"(?:无法|不能|未能|没有|無法|未)(?:被)?(?:成功)?(?:投递|送达|发送|递送|投遞|傳送|寄達|送達|寄送"
        r"|到达|到達|找到|被投)"
        r"|投递失败|发送失败|传送失败"
        r"|寄送失敗"
        r"|退信|退回|被拒|拒绝|拒收|不存在|邮箱已满|信箱已滿|已满|已滿|失败|失敗|错误|錯誤"
        r"|배달(?:하지|되지|할 수|에 실패)|전(?:송|달)(?:하지|되지"
        r"|할 수|에 실패|실패)|존재하지 않"
    ),
)
#: What is said less often, each with few enough words to be told at a glance.
_FAILED_IN_OTHER_WORDS: Final = (
    (
        r"(?:message|mail)s? not (?:sent|delivered)|sending (?:of .{0,60} )?failed|(?:you sent|mail"
        r"|message) was refused"
        r"|delivery (?:was |has been )?(?:abort|cancel)|(?:message|mail) did(?: not|n't) go through"
        r"|fehler (?:bei|während) der (?:zustellung|auslieferung)|fehler beim? (?:zustellen|versand|versenden)"
        r"|(?:nachricht|mail) kommt zurück"
        r"|niet (?:bezorgd|afgeleverd)|niet gelukt .{0,60}(?:bezorg|aflever|verzend|verstur)"
    ),
    (
        r"(?:gick|går) (?:inte|ej) att (?:leverera|skicka|nå)|(?:kan|kunde|kunne|ble|blev|har|er|blir"
        r"|blivit) (?:inte|ikke"
        r"|ej) (?:kunnat |blive |bli |blevet |blitt )?(?:lever|skick|send)|lever(?:ans"
        r"|ing)(?:en)? (?:.{0,60} )?(?:misslyck"
        r"|mislykke|mislyk)|(?:toimitus|toimittaminen|lähetys|lähettäminen) .{0,80}epäonnistui"
        r"|ei (?:voitu|voida|pystytty|ole voitu|onnistuttu) (?:toimit|lähet)"
    ),
    (
        r"(?:recapito|consegna|invio) (?:.{0,60} )?(?:non riuscit|fallit|impossibil)|errore (?:nella|durante la"
        r"|di) consegna"
        r"|(?:error|fallo|problema)s? (?:en|durante|de) la entrega|entrega (?:.{0,60} )?(?:fallid|fallado|falló"
        r"|imposible|falhou"
        r"|falhada|mal ?sucedida)|imposible entregar|impossível entregar|erro (?:na|de|durante a) entrega"
        r"|ne (?:peut|pouvait|pourra) (?:pas )?être (?:remis|délivr|distribu|achemin|livr|transmis)"
        r"|remise (?:.{0,60} )?(?:échou|impossible)|non se pui?do (?:entregar|enviar)"
        r"|no s'ha (?:pogut )?(?:lliur|envi|entreg)"
        r"|ezin izan da .{0,60}(?:bidali|entregatu)|livrarea (?:.{0,60} )?(?:eșuat|esuat|nereuși)"
        r"|nu a (?:putut fi |fost )(?:livrat|transmis|trimis)|nu a fost livrat"
    ),
    (
        r"dostarcz\w{1,6} (?:.{0,60} )?nie powiod|niepowodzenie (?:dostarcz|dor)|nie mog\w{1,2} (?:zostać "
        r"|być )?(?:dostarcz|dor)"
        r"|błąd (?:dostarcz|dor|wysył)|doruč\w{1,4} (?:.{0,60} )?(?:nezdařil|selhal|zlyhal|nepodaril)"
        r"|nie je možné doru"
        r"|nebol[ao]? doru|isporuka (?:.{0,60} )?nije uspje|dostava (?:.{0,60} )?ni uspela"
        r"|kohaletoimetamine .{0,40}ebaõnnestus|ei (?:saanud|saa|õnnestunud) .{0,40}toimetada"
        r"|pristatymas .{0,40}nepavyko"
        r"|piegāde .{0,40}neizdevās|kézbesítés\w{0,3} .{0,40}sikertelen"
        r"|teslim\w{0,6} başarısız|gönderim\w{0,3} başarısız|iletilemedi"
    ),
    (
        r"доставк[аиу] (?:.{0,60} )?не (?:удал|вдал|выполн|возмож)|не може бути (?:доставлен|надіслан)"
        r"|не (?:беше|бе|можа да бъде) достав"
        r"|(?:παράδοση|αποστολή) (?:.{0,40} )?απέτυχε|(?:מסירת|שליחת) .{0,40}נכשלה|การส่ง.{0,30}ล้มเหลว"
        r"|không (?:được|thể) (?:được )?(?:gửi|chuyển|phân phối)|(?:gửi|chuyển) (?:thư |tin )?thất bại"
        r"|tidak (?:dapat|bisa|boleh|berhasil) di(?:kirim|hantar|sampaikan)|peng(?:iriman"
        r"|hantaran) (?:.{0,40} )?gagal"
        r"|gagal di(?:kirim|hantar)|tidak terkirim"
    ),
    (
        r"受信され(?:ません|なか)|返送され(?:まし|てき)|(?:无法|不能|未能|無法)(?:被)?(?:成功)?(?:寄达|寄達|傳遞|遞送|寄出|传送|送出|发出|發送|派送)"
        r"|(?:보내지|보낼 수|발송되지|발송하지|발송할 수|수신되지) ?(?:못|않|없)|발송(?:에)? ?실패|반송"
    ),
)
_DELAYED: Final = (
    (
        r"(?:has|have) not yet been delivered|not yet be(?:en)? (?:fully |completely )?delivered"
        r"|attempts? (?:to deliver .{0,40} |of delivery )?"
        r"(?:will continue|(?:are|is) still pending)|not yet been delivered|not been delivered (?:yet"
        r"|after|for)|delivery (?:to .{0,80} )?(?:has been |is |was |temporarily )?delay"
        r"|delayed (?:mail|message|delivery|\d)|(?:message|mail) (?:is |has been |was "
        r"|still )?(?:delayed|undelivered after|deferred)|been delayed|will (?:continue to|be retr"
        r"|keep|try again|retry)|still (?:trying|being retried|attempting|in (?:the )?queue"
        r"|undelivered)|warning message only|just a warning|this is (?:only )?a warning"
        r"|you do not need to resend|no action is required|temporarily (?:delayed|deferred|undeliver)"
        r"|delivery attempts will continue|temporary (?:problem|failure).{0,120}(?:retr|try)"
        r"|not (?:yet )?been able to deliver|(?:hasn't|has not) been delivered yet|(?:placed|put) on hold"
        r"|hold for review"
    ),
    (
        r"verzögert|wird weiter versucht|weiterhin versuch|noch nicht zugestellt|vorübergehend nicht"
        r"|retardé|sera (?:réessay|retent)|n'a pas encore|retras(?:ado|ada|o en)|atrasad[oa]|ainda não foi"
        r"|todavía no|aún no|non è ancora stat|nog niet (?:bezorgd|afgeleverd|verzonden)|blijft het proberen"
        r"|jeszcze nie|nie zosta\w{1,2} jeszcze|ponawi|försenad|ännu inte|forsinket|endnu ikke|ennå ikke|zpožděn"
        r"|zatím nebyl|dosud nebyl"
        r"|ritard|vertraag|opóźni|задерж|ещё не|еще не|遅延|遅れて|再送を|延迟|延遲|지연"
    ),
)
FAILED: Final = AnyOf([LazyPattern("|".join(_FAILED)), *map(LazyPattern, _FAILED_IN_OTHER_WORDS)])
DELAYED: Final = LazyPattern("|".join(_DELAYED))
#: Words that tell the failure of a mail from that of a parcel, a payment or a plan.
OF_MAIL: Final = LazyPattern(
    r"\b(?:e-?mail|mail|message)s? (?:could|was|has|can|cannot|is)\b.{0,12}(?:not|n't)\b"
    r"|(?:your|the|this|that|following|original|attached|a|an|e-?mail|outgoing) (?:e-?)?(?:mail"
    r"|message)s?\b.{0,100}"
    r"(?:not|n't|never|unable|fail|reject|return|undeliver|bounc|block|refus|delay|warning|error|could"
    r"|problem|discard|quarantin)"
    r"|(?:unable|fail\w{0,3}|could not|couldn't|cannot|trying|error|problem\w?|trouble) (?:in |to |when "
    r"|while )?(?:deliver|send)\w{0,3}"
    r" (?:of )?(?:your |the |this |following |a )*(?:e-?)?(?:mail|message)"
    r"|undeliver\w{1,8} (?:e-?)?(?:mail|message|to)|returned (?:mail|message)|return to sender"
    r"|mail (?:system|delivery|server)"
    r"|delivery (?:to|of) .{1,120}(?:fail|delay|not|abort)|delivery (?:status|notification|subsystem"
    r"|attempt|failure)"
    r"|(?:user|recipient|addressee|mailbox|account|address)s? ?(?:name )?(?:is |was |has been "
    r"|are )?(?:unknown|not found|not known|full"
    r"|over quota|unavailable|disabled|inactive|rejected)|(?:unknown|no such|invalid) (?:user|recipient"
    r"|mailbox|local|address|addressee)"
    r"|(?:mailbox|quota).{0,40}(?:full|exceed|over)|does(?: not|n't) (?:have an? .{1,40} account"
    r"|like recipient)|smtp|mailer[- ]daemon|postmaster"
    r"|(?:ihre|die|eine|diese|folgende|deine|der|von ihnen gesendete) (?:nachricht|e-?mail"
    r"|mail)\b.{0,100}(?:nicht|unzustellbar|fehl|abgelehnt|zurück|verzög)"
    r"|unzustellbar|(?:postfach|mailbox|konto).{0,60}(?:voll|existiert|gesperrt|unbekannt)|(?:empfänger"
    r"|benutzer|nutzer|adresse).{0,40}(?:unbekannt"
    r"|existiert nicht|nicht gefunden|nicht bekannt|ungültig)"
    r"|(?:message|courriel|e-?mail|mail).{0,80}(?:n'a p|n'ont p|non remis|non délivr|rejet|refus|retourn)"
    r"|(?:destinataire|adresse|boîte).{0,40}(?:inconnu|pleine|n'existe)"
    r"|(?:mensaje|correo|e-?mail).{0,80}(?:no |rechaz|devuel)|(?:usuario|buzón|buzon|destinatario"
    r"|casilla).{0,40}(?:no existe|desconocid|llen|inexist)"
    r"|(?:mensagem|e-?mail).{0,80}(?:não|nao|devolv|rejeit)|(?:usuário|caixa"
    r"|destinatário).{0,40}(?:não existe|desconhecid|chei|inexist)"
    r"|(?:messaggio|mail|e-?mail).{0,80}(?:non |respint|rifiut|restituit)|(?:utente|casella"
    r"|destinatario).{0,40}(?:sconosciut|piena|inesist|non esiste)"
    r"|(?:bericht|mail|e-?mail).{0,80}(?:niet|geweigerd|terug|mislukt)|(?:gebruiker|ontvanger|mailbox"
    r"|postvak).{0,40}(?:onbekend|vol\b|bestaat niet)"
    r"|(?:wiadomoś|mail|e-?mail|list).{0,80}(?:nie |odrzuc|zwróc)|(?:skrzynk|użytkownik|odbiorc"
    r"|konto).{0,40}(?:peł|nie istnieje|nieznan)"
    r"|(?:письм|сообщени|почт).{0,80}(?:не |отклон|возвращ|ошибк)|(?:пользовател|ящик|адресат"
    r"|получател).{0,40}(?:не |перепол|неизвест)"
    r"|(?:mail|message)s? (?:that )?you (?:have )?sent|teslim edil|posta kutu|メール|メッセージ|宛先|邮件"
    r"|郵件|信件|退信|邮箱|信箱|메일|메시지|meddelande|besked|melding|viesti"
    r"|zpráv|ileti|üzenet|mesaj|μήνυμα|رسال|הודע"
    r"|meddelelse|sähköposti|levelet|správ[auy]\b|poruk[aeu]\b|sporočil|pranešim|ziņojum|kirja (?:kohale|ei)|съобщение"
    r"|\bлист (?:не|було)|лист .{0,40}доставлен|\bpesan\b|\bmesej\b|missatge|mensaxe|\bthư\b|ข้อความ|e-posta"
    r"|(?:entrega\w{0,2}|enviar) .{0,40}(?:mensaje|mensagem|correo|e-?mail)|(?:consegn|recapit)\w{1,6} .{0,40}"
    r"(?:messaggio|destinatar)|(?:remettre|remise|délivrer) .{0,40}(?:message|courriel)|bericht (?:te )?bezorg"
    r"|wiadomości"
    r"|доставить (?:ваше )?(?:письм|сообщ)|zustellung (?:ihrer|der|einer) (?:nachricht|e-?mail)"
)
#: What else is delivered, paid or booked and fails.
OF_GOODS: Final = LazyPattern(
    r"\b(?:parcel|package|shipment|courier|your order|order (?:no|number)|invoice|payment|bank statement"
    r"|tracking (?:number|no|id))\b"
    r"|\bpaket|sendung(?:snummer|sverfolgung)|lieferung|bestellung|\bcolis\b|paquete|\bpacco\b|spedizione"
    r"|pakket|bezorging van uw pakket|encomenda"
    r"|paczk|przesyłk|посылк|荷物|包裹|快递|快遞|택배"
)
#: What a report of success says, whatever else it says.
SUCCEEDED: Final = LazyPattern(
    r"successfully (?:delivered|relayed|sent|received)"
    r"|(?:has|have|was|were) (?:been )?(?:delivered|relayed) (?:to|successfully)"
    r"|erfolgreich (?:an .{1,80} )?(?:zugestellt|übermittelt)|wurde zugestellt|remis avec succès"
    r"|entregado correctamente"
)
#: What says so where no word of a failure stands.
COMPLETE: Final = LazyPattern(
    r"delivery to (?:these|the following) recipients? .{0,30}is complete"
    r"|wurde an .{0,40}empfänger.{0,20} zugestellt"
    r"|zustellung (?:an|der nachricht an) .{0,60}abgeschlossen"
    r"|a été remis(?:e)? aux destinataires suivants|remise à ces destinataires .{0,40}terminée"
    r"|se (?:entregó|ha entregado) (?:el mensaje )?a los|entrega a estos destinatarios .{0,40}complet"
    r"|è stato (?:recapitato|consegnato) (?:ai|al|a|con)|recapito a questi destinatari .{0,40}complet"
    r"|is bezorgd bij|bezorging bij deze .{0,60}voltooid|foi entregue (?:aos|ao|com)"
    r"|entrega para estes .{0,60}concluída"
    r"|(?:została|zostało) dostarczon|доставлено следующим|доставка .{0,60}завершена|配信されました"
    r"|配信が完了|已送达|已成功"
)
#: How the subject of a failure begins; no warning is titled so.
FAILURE_SUBJECT: Final = LazyPattern(
    r"\W{0,8}(?:undelivered mail returned|mail delivery failed|failure notice"
    r"|delivery status notification \(failure\)"
    r"|returning message to sender|delivery failure|permanent delivery failure|undeliver(?:able|ed):"
    r"|unzustellbar:|non remis :"
    r"|onbestelbaar:|non recapitabile:|no se puede entregar:|não é possível entregar:|niedostarczalne:"
    r"|недоставлено:|配信不能:|无法送达:)"
)
