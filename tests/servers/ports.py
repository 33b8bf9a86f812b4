"""Ports of 127.0.0.1."""

import socket
import time


def free_ports(count: int) -> list[int]:
    """Find ports that nobody uses at the moment."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def answers(port: int, *, seconds: float = 10.0) -> bool:
    """Wait until a server greets on a port; False if none does in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
                return bool(connection.recv(1))
        except OSError:
            time.sleep(0.005)
    return False
