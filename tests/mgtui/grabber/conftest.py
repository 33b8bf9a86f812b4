"""Fixtures of the grabber tests."""

from tests.servers.dovecot import dovecot

__all__ = ["dovecot"]
