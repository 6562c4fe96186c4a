"""Charge review."""

from __future__ import annotations

from duly.invoicing.models import Chunk


def review_chunk(entity_id: int, chunk: Chunk) -> None:
    """Compare the chunk's drafts with agreements and history."""
