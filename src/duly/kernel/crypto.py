"""Encrypted columns and the keyed hash by which they can still be found.

An encrypted value names the key it was made with, so keys can change while old values stay readable. The blind index
has a key of its own that never changes with them, or nothing would be found again. The edge gives the keys
(`configure`); nothing here reads a file.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Unreadable(Exception):
    """An encrypted value that none of the keys of this home opens, or that somebody changed."""


@dataclass(frozen=True, slots=True)
class _Keys:
    current: str
    ciphers: Mapping[str, AESGCM]
    blind: bytes


_configured: list[_Keys] = []


def configure(*, current: str, keys: Mapping[str, bytes], blind: bytes) -> None:
    """Set the keys (32 bytes each, by key id) this process works with; `current` makes new values."""
    ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
    _configured[:] = [_Keys(current, ciphers, blind)]


def encrypt(text: str) -> bytes:
    """Return `text` encrypted and authenticated (AES-256-GCM): key id length, key id, nonce, ciphertext."""
    keys = _keys()
    key_id = keys.current.encode()
    nonce = os.urandom(NONCE_BYTES)
    sealed = keys.ciphers[keys.current].encrypt(nonce, text.encode(), key_id)
    return bytes([len(key_id)]) + key_id + nonce + sealed


def decrypt(value: bytes) -> str:
    """Return the text; raises Unreadable when the key is not here or the value was changed."""
    keys, value = _keys(), bytes(value)
    key_id = value[1 : 1 + value[0]]
    rest = value[1 + len(key_id) :]
    cipher = keys.ciphers.get(key_id.decode(errors="replace"))
    if cipher is None:
        raise Unreadable(f"made with key {key_id!r}, which this home does not have")
    try:
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], key_id).decode()
    except InvalidTag as error:
        raise Unreadable("the value or its key was changed") from error


def blind_index(text: str) -> bytes:
    """Return the keyed hash (HMAC-SHA-256) under which equal texts are found; the caller normalises the text."""
    return hmac.digest(_keys().blind, text.encode(), sha256)


def _keys() -> _Keys:
    assert _configured, "the edge has not configured the keys (duly.site.boot does)"
    return _configured[0]
