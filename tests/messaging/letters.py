"""A letter that comes back, as a mail server writes it."""

from messaging.gateways.smtp import envelope

TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
RETURNED = envelope("bounces@example.ru", TOKEN)


def dsn(status: str = "5.1.1", action: str = "failed", to: str = RETURNED) -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.ru
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.ru

Final-Recipient: rfc822; elena@example.ru
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <{TOKEN}@example.ru>

--b--
""".replace("\n", "\r\n").encode()
