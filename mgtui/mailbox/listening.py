"""Waiting on a socket whose reader may hold bytes already, encrypted or not."""

import imaplib
import select
import socket
import ssl
from typing import Any

AT_ONCE = 1 << 20  #: bytes that are read from a connection; memory is taken for what comes only


def has_input(client: imaplib.IMAP4, seconds: float, usual_timeout: float, bell: int) -> bool:
    """Wait until there is something to read, or the peer hung up; False at once when `bell` is readable.

    Raises `OSError` for a lost connection.
    """
    connection: Any = client.sock
    reader: Any = client.file
    connection.settimeout(0)
    try:
        if _buffered(reader):
            return True
        poller = select.poll()
        poller.register(connection, select.POLLIN)
        poller.register(bell, select.POLLIN)
        ready = [handle for handle, _ in poller.poll(max(0.0, seconds) * 1000)]
        if connection.fileno() not in ready:
            return False
        # Under TLS the socket also wakes for records without content.
        return not isinstance(connection, ssl.SSLSocket) or _buffered(reader, at_end=True)
    finally:
        connection.settimeout(usual_timeout)


def _buffered(reader: Any, *, at_end: bool = False) -> bool:
    """Look without waiting whether anything can be read; `at_end` is the answer for a closed connection."""
    try:
        return bool(reader.peek(1)) or at_end
    except (ssl.SSLWantReadError, BlockingIOError):
        return False


def read_much_at_once(client: imaplib.IMAP4) -> None:
    """Give a connection a larger buffer, as long as nothing is in the one that it has.

    Whoever looks at the socket waits for a turn of the interpreter afterwards, for half a millisecond where another
    thread is busy: that is to be once for many mails, not some times for each.
    """
    name = "_file" if "_file" in vars(client) else "file"
    reader = getattr(client, name)
    setattr(client, name, client.sock.makefile("rb", AT_ONCE))
    reader.close()


def keep_alive(connection: socket.socket) -> None:
    """Have the system notice a peer that is gone, within about two minutes."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
