"""The contrast of two colours as WCAG 2.2 (1.4.3) counts it."""

from __future__ import annotations


def poorest(tokens: dict[str, tuple[str, str]], pair: str) -> float:
    """Return the lower contrast of a pair of tokens `front/back` in light and in dark."""
    front, back = (tokens[name] for name in pair.split("/"))
    return min(contrast(front[i], back[i]) for i in (0, 1))


def contrast(one: str, other: str) -> float:
    """Return the ratio, 1 to 21, of two colours as #rrggbb."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


SETTLED = (
    "Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().iterations !== Infinity)"
    ".map(a => a.finished.catch(() => null)))"
)
"""Resolves when everything that fades in has done so."""
