"""Charts drawn on the server as SVG, with presentation attributes only, so that they pass the strictest CSP.

Colours are classes c1 to c6 of the stylesheet. A chart is decoration beside its words: `aria-hidden` where
the macro
writes the numbers next to it, `role="img"` with a name where it stands alone; the table twin holds the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: how many, what they are, which colour (1 to 6)."""

    label: str
    count: int
    colour: int = 1


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a column chart, one per column."""

    name: str
    values: Sequence[int]
    colour: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall from an opening amount to a balance; amounts in minor units."""

    label: str
    amount_minor: int
    href: str = ""
    note: str = ""
    is_total: bool = False


def segmented_bar(segments: Sequence[Segment], *, height: int = 10) -> Markup:
    """Draw one stacked bar over the full width; the macro writes the legend."""
    whole = sum(segment.count for segment in segments) or 1
    parts, x = Markup(), 0.0
    for segment in segments:
        width = 100 * segment.count / whole
        parts += Markup('<rect class="c{}" x="{:.3f}" width="{:.3f}" height="{}"/>').format(
            segment.colour, x, width, height
        )
        x += width
    head = Markup('<svg width="100%" height="{h}" viewBox="0 0 100 {h}" preserveAspectRatio="none" aria-hidden="true">')
    track = Markup('<rect class="tr" width="100" height="{}"/>').format(height)
    return head.format(h=height) + track + parts + Markup("</svg>")


def scale_bar(amount: int, largest: int, *, colour: int = 1, height: int = 8) -> Markup:
    """Draw a horizontal bar on a scale shared by its neighbours: `largest` fills it."""
    width = 100 * max(amount, 0) / largest if largest > 0 else 0
    return Markup(
        '<svg width="100%" height="{h}" viewBox="0 0 100 {h}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="tr" width="100" height="{h}"/><rect class="c{c}" width="{w:.2f}" height="{h}"/></svg>'
    ).format(h=height, c=colour, w=width)


def weight_bar(points: int, of: int = 100) -> Markup:
    """Draw the small bar of how much one piece of evidence weighs."""
    width = 44 * min(max(points, 0), of) / of if of > 0 else 0
    return Markup(
        '<svg width="44" height="6" aria-hidden="true"><rect class="tr" width="44" height="6" rx="3"/>'
        '<rect class="fl" width="{:.1f}" height="6" rx="3"/></svg>'
    ).format(width)


def sparkline(values: Sequence[int], *, name: str = "", width: int = 72, height: int = 18) -> Markup:
    """Draw a line of about eight points for a row of a table; named when nothing beside it says the same."""
    if len(values) < 2:
        return Markup()
    low, span = min(values), max(values) - min(values) or 1
    xs = [2 + (width - 4) * i / (len(values) - 1) for i in range(len(values))]
    ys = [height - 3 - (height - 6) * (value - low) / span for value in values]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    label = Markup('role="img" aria-label="{}"').format(name) if name else Markup('aria-hidden="true"')
    return Markup(
        '<svg width="{}" height="{}" {}><polyline class="spark-l" points="{}"/>'
        '<circle class="spark-d" cx="{:.1f}" cy="{:.1f}" r="2"/></svg>'
    ).format(width, height, label, path, xs[-1], ys[-1])


def waterfall_spans(steps: Sequence[Step]) -> list[tuple[float, float, int]]:
    """Return for each step where its bar starts and how long it is (percent of the whole) and its colour."""
    ends, running = [], 0
    for step in steps:
        before = 0 if step.is_total else running
        running = step.amount_minor if step.is_total else running + step.amount_minor
        ends.append((before, running))
    low = min([0, *(min(pair) for pair in ends)])
    span = max([0, *(max(pair) for pair in ends)]) - low or 1
    spans: list[tuple[float, float, int]] = []
    for step, (start, end) in zip(steps, ends, strict=True):
        colour = 1 if step.is_total or not spans else 3 if end >= start else 2
        spans.append((100 * (min(start, end) - low) / span, max(100 * abs(end - start) / span, 0.6), colour))
    return spans


def span_bar(span: tuple[float, float, int], *, height: int = 12) -> Markup:
    """Draw one bar of a waterfall."""
    return Markup(
        '<svg width="100%" height="{h}" viewBox="0 0 100 {h}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="c{c}" x="{x:.2f}" width="{w:.2f}" height="{h}"/></svg>'
    ).format(h=height, x=span[0], w=span[1], c=span[2])


def axis_ticks(low: int, high: int, *, about: int = 5) -> list[int]:
    """Return round whole values that cover low to high: steps of 1, 2 or 5 times a power of ten."""
    span = max(high, 0) - min(low, 0) or 1
    step = 1
    while span / step > about:
        step = step * 2 if str(step)[0] in "15" else step * 5 // 2
    first = min(low, 0) // step
    last = -(-max(high, 0) // step)
    return [step * i for i in range(first, max(last, first + 1) + 1)]


def columns(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    name: str,
    text: Callable[[int], str] = str,
    height: int = 220,
) -> Markup:
    """Draw a column chart, such as revenue by month; several series stand side by side.

    `text` writes the axis values (for money: `lambda minor: money_short(minor, currency, language)`).
    """
    values = [value for each in series for value in each.values] or [0]
    ticks = axis_ticks(min(values), max(values))
    chart = _Plane(width=max(460, 56 * len(labels) + 64), height=height, low=ticks[0], high=ticks[-1])
    head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(chart.width, height, name)
    return head + _axis(chart, ticks, text) + _bars(chart, labels, series) + Markup("</svg>")


@dataclass(frozen=True, slots=True)
class _Plane:
    width: int
    height: int
    low: int
    high: int
    left: int = 52
    bottom: int = 22
    top: int = 8

    def y(self, value: int) -> float:
        room = self.height - self.bottom - self.top
        return self.top + room * (self.high - value) / ((self.high - self.low) or 1)


def _axis(chart: _Plane, ticks: Sequence[int], text: Callable[[int], str]) -> Markup:
    lines = Markup()
    for tick in ticks:
        y = chart.y(tick)
        kind = "base-l" if tick == 0 else "grid-l"
        lines += Markup('<line class="{}" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>').format(
            kind, chart.left, chart.width, y=y
        )
        lines += Markup('<text class="axis" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
            chart.left - 8, y + 4, text(tick)
        )
    return lines


def _bars(chart: _Plane, labels: Sequence[str], series: Sequence[Series]) -> Markup:
    slot = (chart.width - chart.left) / max(len(labels), 1)
    each = min(slot * 0.68 / max(len(series), 1), 34)
    parts = Markup()
    for i, label in enumerate(labels):
        middle = chart.left + slot * (i + 0.5)
        for k, row in enumerate(series):
            top, foot = sorted((chart.y(row.values[i]), chart.y(0)))
            parts += Markup('<rect class="c{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2"/>').format(
                row.colour, middle + each * (k - len(series) / 2), top, each - 2, max(foot - top, 0.5)
            )
        parts += Markup('<text class="axis" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            middle, chart.height - 6, label
        )
    return parts
