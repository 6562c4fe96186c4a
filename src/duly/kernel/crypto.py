"""Encryption of single fields (bank accounts of others) and the keyed hash by which they are found.

AES-256-GCM with the key's id in front, so that keys can be rotated; the blind index is HMAC-SHA-256 and keeps its key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_state: dict[str, object] = {}


def configure(*, current: str, keys: Mapping[str, bytes], blind: bytes) -> None:
    """Set the keys of this process: `current` writes, all read, `blind` indexes (32 bytes each)."""
    _state.update(current=current, ciphers={name: AESGCM(key) for name, key in keys.items()}, blind=blind)


def encrypt(text: str) -> bytes:
    """Return `key id : nonce + ciphertext` of the text."""
    current = str(_state["current"])
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return current.encode() + b":" + nonce + _ciphers()[current].encrypt(nonce, text.encode(), current.encode())


def decrypt(stored: bytes) -> str:
    """Return the text; raises InvalidTag when it was tampered with, KeyError when its key is not here."""
    name, _, rest = bytes(stored).partition(b":")
    cipher = _ciphers()[name.decode()]
    return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], name).decode()


def blind_index(text: str) -> bytes:
    """Return the keyed hash by which equal texts are found; spaces and case do not matter."""
    blind = _state["blind"]
    assert isinstance(blind, bytes)
    return hmac.new(blind, "".join(text.split()).upper().encode(), hashlib.sha256).digest()


def _ciphers() -> dict[str, AESGCM]:
    ciphers = _state["ciphers"]
    assert isinstance(ciphers, dict)
    return ciphers
