"""Idempotency: what was appended before under the same key."""

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256

from eventstore.append import AlreadyAppended, KeyConflict
from eventstore.erasure import TOMBSTONE
from eventstore.proposal import SALT, Proposal, fingerprint, with_salt

COMMIT = "SELECT first_position, last_position, fingerprint FROM commits WHERE key = ?"
STORED = "SELECT data, digest FROM events WHERE position BETWEEN ? AND ? ORDER BY position"


def appended_before(
    connection: sqlite3.Connection, proposal: Proposal
) -> AlreadyAppended | KeyConflict | None:
    """Find the proposal's key in the log; None if it is new."""
    row = connection.execute(COMMIT, (proposal.key,)).fetchone()
    if row is None:
        return None
    first, last, stored = row
    before = connection.execute(STORED, (first, last)).fetchall()
    if same_as_before(proposal, before, stored):
        return AlreadyAppended(first, last)
    return KeyConflict(str(proposal.key), first, last)


def same_as_before(proposal: Proposal, before: Sequence[tuple[str, bytes]], stored: bytes) -> bool:
    """Hash the proposed data with the stored salts; of an erased event only the names compare."""
    if len(before) != len(proposal.plain):
        return False
    digests = [
        digest_as_stored(plain, data, digest)
        for plain, (data, digest) in zip(proposal.plain, before, strict=True)
    ]
    return fingerprint(proposal.streams, proposal.types, proposal.schema_versions, digests) == stored


def digest_as_stored(plain: bytes, stored: str, digest: bytes) -> bytes:
    """Give the digest that `plain` has under the salt of the stored event."""
    if stored.startswith(TOMBSTONE):
        return digest
    salt = json.loads(stored).get(SALT)
    return sha256(with_salt(plain, salt.encode()) if salt else plain).digest()
