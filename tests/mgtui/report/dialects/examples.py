"""For every entry of formats.toml a mail of its form, and what is to be read out of it."""

from dataclasses import dataclass, field

from mgtui.report.parsed import ParsedMail
from tests.mgtui.report.dialects.mails import DAEMON, mail


@dataclass(frozen=True, slots=True)
class Example:
    """A notice in the form of a format; `said` is a piece of the diagnosis."""

    body: str
    said: str = ""
    addresses: tuple[str, ...] = ("anna@example.org",)
    kind: str = "bounce"
    writer: str = DAEMON
    subject: str = "Undelivered Mail"
    fields: dict[str, str] = field(default_factory=dict)

    def mail(self) -> ParsedMail:
        """Make the mail."""
        return mail(self.body, self.writer, self.subject, **self.fields)


EXAMPLES: dict[str, Example] = {
    "interscan": Example(
        "****** Message from InterScan Messaging Security Suite ******\n\nSent <<< RCPT TO:<anna@example.org>\n"
        "Received >>> 550 5.1.1 unknown user.\n"
        "Unable to deliver message to <anna@example.org> (and other recipients in the same domain).\n",
        "550 5.1.1",
    ),
    "imail": Example(
        "Unknown user: anna@example.org\nRCPT TO generated following response:\n553 5.3.0 no such person\n\n"
        "Invalid final delivery userid: bert@example.org\n\nundeliverable  to cora@example.org\n\n"
        "Delivery failed 20 attempts: dora@example.org\n\nOriginal message follows.\n\nTo: evi@example.org\n",
        "553 5.3.0",
        ("anna@example.org", "bert@example.org", "cora@example.org", "dora@example.org"),
        fields={"x_mailer": "<SMTP32 v8.15>"},
    ),
    "imail-words": Example(
        "User mailbox exceeds allowed size: anna@example.org\n", "exceeds", subject="Undeliverable Mail"
    ),
    "mailmarshal": Example(
        "Your message:\n   From:    sender@office.example\n\nCould not be delivered because of\n\n"
        "550 5.1.1 User unknown\n\nThe following recipients were affected:\n    anna@example.org\n\n"
        "Additional Information\n======================\nOriginal Sender:    <sender@office.example>\n",
        "550 5.1.1",
    ),
    "m-filter": Example(
        "以下のメールアドレスへの送信に失敗しました。\nanna@example.org\n\n"
        "-------server message\n550 5.4.1 Access denied\n\n"
        ""
        "-------SMTP command\nDATA\n\n-------original mail info\nFrom: sender@office.example\n",
        "550 5.4.1",
    ),
    "mimecast": Example(
        "An email that you attempted to send to the following address could not be delivered:\n"
        "-- anna@example.org\n\n"
        "The problem appears to be :\n-- Recipient email address is possibly incorrect\n\n"
        "Additional information follows :\n-- 5.4.1 Recipient address rejected\n",
        "5.4.1 Recipient address rejected",
    ),
    "x6": Example(
        "We had trouble delivering your message. Full details follow:\n\n1 error(s):\n\n"
        "SMTP Server <mx.example.org> rejected recipient <anna@example.org> (Error following RCPT command). "
        "It responded as follows: [550 5.1.1 User unknown]\n",
        "550 5.1.1",
    ),
    "zoho-delay": Example(
        "THIS IS A WARNING MESSAGE ONLY.\n\n----- The following had errors -----\n"
        "[Status: Error, Address: <anna@example.org>, ResponseCode 421, , Host not reachable.]\n",
        "421",
        kind="delayed",
    ),
    "zoho": Example(
        "A message that you sent could not be delivered to some. This is a permanent error.\n\n"
        "anna@example.org Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <anna@example.org>... User Unknown\n",
        "5.1.1",
    ),
    "smail": Example(
        "|------------------------- Message log follows: -------------------------|\n"
        " no valid recipients were found for this message\n"
        "|------------------------- Failed addresses follow: ---------------------|\n"
        " <anna@example.org> ... unknown user\n"
        "|------------------------- Message text follows: ------------------------|\nTo: bert@example.org\n",
        "unknown user",
    ),
    "spamlion": Example(
        "Your Message\n\nTo:      <list@example.net>\n\nDid not reach the following recipient: anna@example.org\n"
    ),
    "kddi": Example(
        "Your mail sent on: Thu, 29 Apr 2013 00:00:00 +0900\n     Could not be delivered to: <anna@example.org>\n"
        "     As their mailbox is full.\n",
        "mailbox is full",
    ),
    "intermail": Example(
        "This Message was undeliverable due to the following reason:\n\n"
        "Each of the following recipients was rejected by a remote mail server.\n\n"
        "    Recipient: <anna@example.org>\n    Reason:    550 5.1.1 unknown\n\nPlease reply to Postmaster.\n",
        "550 5.1.1",
    ),
    "james-gateway": Example(
        "Error: Invalid user address\n\nError message below:\n550 - Requested action not taken: no such user here\n\n"
        "Message details:\n  MAIL FROM: sender@office.example\n  RCPT TO: anna@example.org\n"
        "  From: sender@office.example\n",
        "no such user here",
    ),
    "james": Example(
        "This is the James mail server at mx.example.net.\nThese are the following addresses\n\nanna@example.org\n"
        "No route\n"
    ),
    "opensmtpd": Example(
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.\n\n"
        "    An error has occurred while attempting to deliver a message for\n"
        "    the following list of recipients:\n\n"
        "anna@example.org: 550 5.1.1 unknown\nbert@example.org: Domain does not exist\n\n"
        "    Below is a copy of the original message:\n\nTo: cora@example.org\n",
        "550 5.1.1",
        ("anna@example.org", "bert@example.org"),
    ),
    "dragonfly": Example(
        "This is the DragonFly Mail Agent v0.13 at mx.example.net.\n\n"
        "There was an error delivering your mail to <anna@example.org>.\n\n"
        "192.0.2.1: 550 5.1.1 unknown\n\nMessage headers follow.\n\nTo: bert@example.org\n",
        "550 5.1.1",
    ),
    "courier": Example(
        "This is a delivery status notification from mx.example.net,\n"
        "running the Courier mail server, version 0.65.\n\n"
        "---------------------------------------------------------------------------\n\n"
        "                           UNDELIVERABLE MAIL\n\n"
        "Your message to the following recipients cannot be delivered:\n\n<anna@example.org>:\n"
        "    mx.example.org [192.0.2.1]:\n>>> RCPT TO:<anna@example.org>\n<<< 550 5.1.1 unknown\n\n"
        "---------------------------------------------------------------------------\n\n"
        "If your message was also sent to additional recipients, their status is not included.\n",
        "550 5.1.1",
    ),
    "groupwise": Example(
        "The message that you sent was undeliverable to the following:\n\tanna@example.org (Mailbox is full)\n",
        "Mailbox is full",
    ),
    "domino": Example(
        "Your message\n\n  Subject: News\n\nwas not delivered to:\n\n  anna@example.org\n\nbecause:\n\n"
        "  User anna (anna@example.org) not listed in Domino Directory\n",
        "not listed in Domino Directory",
    ),
    "amavis": Example(
        "A message from you to one recipient WAS NOT RELAYED TO:\n  <anna@example.org>:\n"
        "   550 5.7.1 refused by policy\n",
        "550 5.7.1",
    ),
    "ecelerity": Example(
        "This message was created automatically by the mail system (ecelerity).\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. "
        "The following address(es) failed:\n\n>>> anna@example.org (reading confirmation): 550 5.1.1 unknown\n",
        "550 5.1.1",
    ),
    "mmdf": Example(
        "Your message could not be delivered to\n"
        "'anna@example.org (host: mx.example.org)' for the following\nreason:\n"
        "' Unknown user name'\n",
        "Unknown user name",
    ),
    "notes": Example(
        "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nanna@example.org\n\n\n"
        "------- Returned Message --------\n\nTo: bert@example.org\n",
        "not listed in public",
    ),
    "mdaemon": Example(
        "The attached message had PERMANENT fatal delivery errors!\n\n"
        "The following addresses did NOT receive a copy of your message:\n\n> anna@example.org\n\n"
        "--- Session Transcript ---\n RCPT To:<anna@example.org>\n 550 5.1.1 unknown\n--- End Transcript ---\n",
        "550 5.1.1",
    ),
    "mdaemon-unknown": Example(
        "anna@example.org - no such user here.\n\nThere is no user by that name at this server.\n",
        "no such user here",
        writer="MDaemon@mx.example.org",
    ),
    "hmailserver": Example(
        "Your message did not reach some or all of the intended recipients.\n\n   Sent: Fri, 13 Feb 2009\n\n"
        "The following recipients could not be reached:\n\nanna@example.org\n   Error Type: SMTP\n"
        "   Remote server replied: 550 5.1.1 unknown\n\nhMailServer\n",
        "550 5.1.1",
    ),
    "mailenable": Example(
        "MailEnable: Message could not be delivered to some recipients.\n\n"
        "\tRecipient: [SMTP:anna@example.org]\n\tReason: Remote SMTP Server Returned: 550 not local\n",
        "550 not local",
    ),
    "smartermail": Example(
        "Could not deliver message to the recipients:\n\nFailed Recipient: anna@example.org\n"
        "Reason: Remote host said: 550 unknown user\n",
        "550 unknown user",
    ),
    "lsmtp": Example(
        "--> Error description:\n\nError-for:  anna@example.org\nError-Code: 0\n"
        'Error-Text: Mailer mx.example.org said:\n            "554 Message looping"\n\n'
        "Error-End:  One error reported.\n",
        "554 Message looping",
    ),
    "communigate": Example(
        "Failed to deliver to '<anna@example.org>'\nSMTP module(domain example.org) reports:\n mx.example.org says:\n"
        " 550 5.1.1 unknown\n",
        "550 5.1.1",
    ),
    "xmail": Example("[00] XMail bounce: Rcpt=[anna@example.org];Error=[550 5.1.1 unknown]\n", "550 5.1.1"),
    "mercury": Example(
        "Mercury says: some were not reached.\n\n*** anna@example.org\n550 5.1.1 unknown\n",
        "550 5.1.1",
        subject="Postmaster Notify: Delivery Failure.",
    ),
    "vade": Example(
        'Server "192.0.2.1:25" returned an error:\n\t* [anna@example.org]: 550 User account is overquota\n',
        "overquota",
    ),
    "x3": Example(
        "============================================================================\n"
        "      This is an automatically generated Delivery Status Notification.\n\n"
        "Delivery to the following recipients failed permanently:\n\n   * anna@example.org\n\n"
        "============================================================================\n"
        "                             Technical details:\n\n"
        "SMTP:RCPT host 192.0.2.1: 553 5.3.0 No such user here\n",
        "553 5.3.0",
    ),
    "mailfoundry": Example(
        "Unable to deliver message to: <anna@example.org>\nDelivery failed for the following reason:\n\n"
        "Server mx.example.org[192.0.2.1] failed with: 550 5.1.1 unknown\n",
        "550 5.1.1",
    ),
    "surfcontrol": Example(
        "Your message could not be sent.\nA transcript of the attempts to send the message follows.\n"
        "The number of attempts made: 1\nAddressed To: anna@example.org\n\nFailed to send to identified host,\n"
        "anna@example.org: [192.0.2.1], 550 No such user\n",
        "550 No such user",
    ),
    "fml-not-member": Example(
        "You are not a member of this mailing list <list@example.org>.\n",
        "not a member",
        ("list@example.org",),
        writer="list-admin@example.org",
        fields={"x_mlserver": "fml [fml 4.0.3 release]"},
    ),
    "fml-loop": Example(
        "Duplicated Message-ID in <list@example.org>.\n",
        "Duplicated",
        ("list@example.org",),
        writer="list-admin@example.org",
        fields={"x_mlserver": "fml [fml 4.0.3 release]"},
    ),
    "aol-screen-name": Example(
        "Your mail to the following recipients could not be delivered because they are not accepting mail:\n"
        "\tscreenname\n",
        "not accepting mail",
        ("screenname@aol.com",),
        writer="MAILER-DAEMON@aol.com",
    ),
    "yale-phquery": Example(
        " --------Message not delivered to the following:\n\n anna    No matches to nameserver query\n\n"
        " --------Error Detail (phquery V4.1):\n\n",
        "No matches",
        writer="MAILER-DAEMON@example.org",
    ),
    "symantec-gateway": Example(
        "Your message with Subject: News\ncould not be delivered to the following recipients:\n\nanna@example.org\n\n"
        "Please do not resend your original message.\n"
    ),
    "smtp-error-code": Example(
        "------ Failed Recipients ------\n <anna@example.org>: Requested action not taken. [SMTP Error Code 550]\n\n"
        "-------- Returned Mail --------\nReceived: from a\n",
        "550",
    ),
    "hotpop": Example(
        "Undeliverable Address: anna@example.org\n\nReason: The recipient is over disk quota.\n",
        "over disk quota",
    ),
    "demon": Example(
        "The following message, addressed to 'anna@example.org',\n"
        "failed because it has not been collected after 30 days\n",
        "not been collected",
    ),
    "llnl": Example(
        "The address to\nwhich your message was addressed, anna@example.org, did not exactly match an\n"
        "email address.\n",
        "did not exactly match",
    ),
    "usa-net": Example(
        "Intended recipient: anna@example.org\n\nThe following mail has been returned because of an error.\n",
        "because of an error",
    ),
    "prodigy": Example(
        "User's mailbox is full: <anna@example.org>\nUnable to deliver mail.\n", "mailbox is full"
    ),
    "full-mailbox-notice": Example(
        'Delivery of email to this address\n\n"anna@example.org"\n\nhas failed due to a full mailbox.\n',
        "full mailbox",
    ),
    "cdo": Example(
        "--- Non-Delivery Report ---\n\nThe email below could not be delivered to the following user:\n\n"
        '"anna@example.org" <anna@example.org>\n\nOld message:\n\nTo: <bert@example.org>\n'
    ),
    "local-user": Example(
        "Your message has encountered delivery problems\nto local user anna.\n"
        "(Originally addressed to anna@example.org)\n\n"
        "User not known\n",
        "User not known",
    ),
    "quota-violation": Example(
        "Sorry, unable to deliver your message to anna@example.org for\nthe following reason:\n\n"
        " 552 Quota violation for bert@example.org\n",
        "552 Quota violation",
        ("anna@example.org", "bert@example.org"),
    ),
    "dovecot-lda": Example(
        "Your message to <anna@example.org> was automatically rejected:\nQuota exceeded\n", "Quota exceeded"
    ),
    "not-yet-delivered": Example(
        "Your message to:\n\n\tanna@example.org\n\nhas not yet been delivered because the server did not respond.\n"
        "This is just a warning.\n",
        "did not respond",
        kind="delayed",
    ),
    "local-address": Example(
        "Your message to anna@example.org has reached our server,\n"
        "but this email address is wrong or no longer valid.\n",
        "no longer valid",
        subject="Your message could not be delivered: failure",
    ),
    "messaging-server": Example(
        "This report relates to a message you sent with the following header fields:\n\n  To: bert@example.org\n\n"
        "Your message cannot be delivered to the following recipients:\n\n"
        "  Recipient address: @mx.example.org:anna@example.org\n  Original address: old@example.org\n"
        "  Reason: Remote SMTP server has rejected address\n  Diagnostic code: smtp;550 5.1.1 unknown\n",
        "550 5.1.1",
    ),
    "barracuda": Example(
        "Your message to: anna@example.org\nwas blocked by our Spam Firewall. The email has NOT BEEN DELIVERED.\n",
        "blocked by our Spam",
    ),
    "powermta": Example(
        "Hello, this is the mail server on mx.example.net.\n\n"
        "I am sending you this message to inform you on the delivery "
        "status of a\nmessage you previously sent.\n\n  <anna@example.org>\n"
        "    delivery failed; will not continue trying\n",
        "will not continue trying",
    ),
    "ironport": Example(
        "The following message to <anna@example.org> was undeliverable.\nThe reason for the problem:\n"
        "5.1.0 - Unknown address error 550-'5.1.1 unknown'\n",
        "550-'5.1.1",
    ),
    "amazon-ses": Example(
        "An error occurred while trying to deliver the mail to the following recipients:\nanna@example.org\n"
    ),
    "sendgrid": Example(
        "This is an automatically generated message from SendGrid.\n\n"
        "anna:0:<anna@example.org> : Connection timed out in connect\n",
        "Connection timed out",
    ),
    "mail-delivery-service": Example(
        " - This is only a notification about a delay in the delivery of your message.\n"
        " - The following recipients have not yet received your message:\n\nanna@example.org; Action: Delayed\n\n"
        " - The server will continue trying for up to 21 hours.\n",
        kind="delayed",
    ),
    "still-awaiting-delivery": Example(
        "Your message has been delayed and is still awaiting delivery\nto the following recipient(s):\n\n"
        "anna@example.org\n"
        "Message delayed\n\nCan't connect to host\n",
        "Can't connect",
        kind="delayed",
    ),
    "not-delivered-to": Example("A message could not be delivered to:\nanna@example.org\nSubject: News\n"),
    "ntmail": Example(
        "Your message was not delivered to\n\n    anna@example.org\n\nThis mail has exceeded the maximum size.\n",
        "maximum size",
    ),
    "iis-smtp": Example(
        "This is an automatically generated Delivery Status Notification.\n\n"
        "Delivery to the following recipients failed.\n\n       anna@example.org\n"
    ),
    "french-host": Example(
        "***********************\nVotre message n'a pas pu être délivré à\n\nanna@example.org\n\n"
        "***********************\n"
    ),
    "german-mailbox-full": Example(
        "Das Postfach des Benutzers anna@example.org ist voll\n(Speicherplatz überschritten).\n", "ist voll"
    ),
    "german-not-delivered": Example(
        "Ihre Nachricht konnte nicht zugestellt werden an die folgenden Empfänger:\n\n  anna@example.org\n"
        "    Das Postfach ist voll\n",
        "Das Postfach ist voll",
    ),
    "german-delayed": Example(
        "Die Zustellung an folgende Empfänger verzögert sich:\n\nanna@example.org\n", kind="delayed"
    ),
    "spanish-not-delivered": Example(
        "No se pudo entregar su mensaje a:\n\nanna@example.org\n\nEl buzón está lleno\n", "lleno"
    ),
    "italian-not-delivered": Example(
        "Impossibile recapitare il messaggio a:\n\nanna@example.org\nCasella piena\n", "piena"
    ),
    "dutch-not-delivered": Example(
        "Uw bericht kon niet worden bezorgd bij deze persoon:\n\nanna@example.org\nPostvak vol\n", "vol"
    ),
    "polish-not-delivered": Example(
        "Wiadomość nie mogła zostać dostarczona do:\n\nanna@example.org\nSkrzynka pełna\n", "pełna"
    ),
    "portuguese-not-delivered": Example(
        "A mensagem não pôde ser entregue a:\n\nanna@example.org\nCaixa cheia\n", "cheia"
    ),
    "russian-not-delivered": Example(
        "Ваше письмо не может быть доставлено:\n\nanna@example.org\nЯщик переполнен\n", "переполнен"
    ),
    "japanese-not-delivered": Example(
        "次のあて先へのメッセージは送信できませんでした。\n\n<anna@example.org>\n550 User unknown\n",
        "550 User unknown",
    ),
    "chinese-recipient": Example(
        "退信原因: 550 User not found\n收件人：anna@example.org\n", "550 User not found"
    ),
    "chinese-not-delivered": Example("邮件投递失败\n\n(anna@example.org) 用户不存在\n", "用户不存在"),
}
