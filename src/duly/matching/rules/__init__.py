"""What is decided about bank lines and about differences. Pure."""

from duly.matching.rules.numbers import (
    FIRST_PAYMENT_LIMIT_MAJOR,
    NUMBERED_KINDS,
    Mask,
    digit_lengths,
    mask,
    reference_lengths,
)

__all__ = ["FIRST_PAYMENT_LIMIT_MAJOR", "NUMBERED_KINDS", "Mask", "digit_lengths", "mask", "reference_lengths"]
