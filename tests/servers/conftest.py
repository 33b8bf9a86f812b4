"""Fixtures of the servers' own tests."""

from tests.servers.dovecot import dovecot

__all__ = ["dovecot"]
