"""May this person be contacted by this channel for this purpose at this moment, and if not, when? Pure.

Each law is a row of data; here stands what each kind of rule means. A moment is allowed when every rule that applies
allows it in every zone the person may be in. What a rule forbids for a while moves the moment forward until all agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from duly.collections.rules.holidays import holidays

FURTHEST = timedelta(days=30)
"""How far ahead the next allowed time is looked for; beyond it, a person has to think."""
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Law:
    """One rule of a law pack that is in force; empty tuples mean any."""

    pack: str
    code: str
    kind: str
    person_kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    valid_from: date = date.min
    valid_to: date | None = None

    @property
    def name(self) -> str:
        """Return what answers cite: `us-reg-f/hours`."""
        return f"{self.pack}/{self.code}"


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody is not to be chased; empty channels mean all of them."""

    kind: str
    channels: tuple[str, ...] = ()
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person. `consent` is the latest word on the channel: None where nothing was said."""

    person_kind: str
    country: str
    region: str
    zones: tuple[str, ...]
    stops: tuple[Stop, ...] = ()
    consent: bool | None = None
    calls: tuple[datetime, ...] = ()
    conversations: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """The contact somebody has in mind."""

    channel: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says; `laws` are the rules that decided. Without a next time a person has to decide."""

    allowed: bool
    reason: str = ""
    next_allowed_at: datetime | None = None
    laws: tuple[str, ...] = ()


Later = tuple[datetime | None, str]
"""When a rule allows again (None: not by waiting), and the reason's code; a rule that allows answers None."""


def may_contact(ask: Ask, facts: Facts, laws: Sequence[Law]) -> Answer:
    """Answer for one contact. Where no law is known only a bill may go: silence of the tables is no permission."""
    if not laws:
        return Answer(ask.purpose == "invoice", "no_law_pack")
    binding = [law for law in laws if applies(law, ask, facts)]
    exempt = [law.name for law in binding if law.kind == "exempt"]
    if exempt:
        return Answer(True, laws=tuple(exempt))
    refusing: list[str] = []
    first, moment = "", ask.at
    for _ in range(ROUNDS):
        later = _next_refusal(binding, ask, facts, moment)
        if later is None:
            break
        again_at, reason, name = later
        first = first or reason
        refusing.append(name)
        if again_at is None or again_at > ask.at + FURTHEST:
            return Answer(False, reason if again_at is None else first, None, tuple(dict.fromkeys(refusing)))
        moment = again_at
    else:
        return Answer(False, first, None, tuple(dict.fromkeys(refusing)))
    if moment == ask.at:
        return Answer(True, laws=tuple(law.name for law in binding if law.kind != "stop_words"))
    return Answer(False, first, moment, tuple(dict.fromkeys(refusing)))


def applies(law: Law, ask: Ask, facts: Facts) -> bool:
    """Return whether a rule speaks about this person, channel and purpose on the day asked about."""
    on = ask.at.date()
    wanted = (
        (law.person_kinds, facts.person_kind),
        (law.countries, facts.country),
        (law.regions, facts.region.strip().upper()),
        (law.channels, ask.channel),
        (law.purposes, ask.purpose),
    )
    return (
        all(not listed or value in listed for listed, value in wanted)
        and facts.country not in law.params.get("except_countries", ())
        and law.valid_from <= on
        and (law.valid_to is None or on < law.valid_to)
    )


def _next_refusal(
    laws: Sequence[Law], ask: Ask, facts: Facts, moment: datetime
) -> tuple[datetime | None, str, str] | None:
    for law in laws:
        check = CHECKS.get(law.kind)
        later = check(law, ask, facts, moment) if check else None
        if later is not None:
            return (*later, law.name)
    return None


def _stop(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    for stop in facts.stops:
        if stop.kind in law.params.get("kinds", ()) and (not stop.channels or ask.channel in stop.channels):
            if stop.until_on is None:
                return None, f"stop_{stop.kind}"
            opens_at = datetime.combine(stop.until_on + timedelta(days=1), time(), ZoneInfo(facts.zones[0]))
            if moment < opens_at:
                return opens_at.astimezone(UTC), f"stop_{stop.kind}"
    return None


def _consent(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    if facts.consent is False:
        return None, "opted_out"
    if law.params.get("needed") and facts.consent is None:
        return None, "no_consent"
    return None


def _banned(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    return None, "channel_banned"


@lru_cache(maxsize=4096)
def _next_open(zones: tuple[str, ...], opens: time, closes: time, moment: datetime) -> datetime | None:
    """Return the first moment from `moment` on that lies within the hours in every zone; None within a fortnight."""

    def inside(at: datetime) -> bool:
        return all(opens <= at.astimezone(ZoneInfo(zone)).time() < closes for zone in zones)

    if inside(moment):
        return moment
    openings = sorted(
        datetime.combine(
            moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=day), opens, ZoneInfo(zone)
        ).astimezone(UTC)
        for zone in zones
        for day in range(4)
    )
    return next((at for at in openings if at >= moment and inside(at)), None)


def _hours(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    opens, closes = (time.fromisoformat(law.params[name]) for name in ("from", "to"))
    opening = _next_open(facts.zones, opens, closes, moment)
    return None if opening == moment else (opening, "outside_hours")


def _next_midnight(zones: tuple[str, ...], moment: datetime) -> datetime:
    """Return when the day has changed in the zone where it changes last."""
    return max(
        datetime.combine(
            moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone)
        ).astimezone(UTC)
        for zone in zones
    )


def _weekdays(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    days = law.params["days"]
    if all(moment.astimezone(ZoneInfo(zone)).isoweekday() in days for zone in facts.zones):
        return None
    return _next_midnight(facts.zones, moment), "day_of_rest"


def _holidays(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    days = {moment.astimezone(ZoneInfo(zone)).date() for zone in facts.zones}
    if not any(day in holidays(facts.country, day.year) for day in days):
        return None
    return _next_midnight(facts.zones, moment), "public_holiday"


def _after(zones: tuple[str, ...], contact: datetime, days: int) -> datetime:
    """Return when `days` calendar days, the contact's own the first of them, are over in every zone."""
    return max(
        datetime.combine(
            contact.astimezone(ZoneInfo(zone)).date() + timedelta(days=days), time(), ZoneInfo(zone)
        ).astimezone(UTC)
        for zone in zones
    )


def _calls_in_days(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    most, days = int(law.params["most"]), int(law.params["days"])
    over = sorted(_after(facts.zones, call, days) for call in facts.calls if call <= moment)
    counting = [at for at in over if at > moment]
    return (counting[len(counting) - most], "called_too_often") if len(counting) >= most else None


def _after_conversation(law: Law, ask: Ask, facts: Facts, moment: datetime) -> Later | None:
    over = [_after(facts.zones, talk, int(law.params["days"])) for talk in facts.conversations if talk <= moment]
    latest = max(over, default=moment)
    return (latest, "spoken_lately") if latest > moment else None


CHECKS = {
    "stop": _stop,
    "consent": _consent,
    "banned": _banned,
    "calls_in_days": _calls_in_days,
    "after_conversation": _after_conversation,
    "weekdays": _weekdays,
    "holidays": _holidays,
    "hours": _hours,
}
"""What each kind of rule means; `exempt` and `stop_words` are looked at elsewhere."""


def asks_to_stop(text: str, laws: Sequence[Law]) -> str | None:
    """Return the stop word a reply begins with or consists of, None when it asks for nothing of the kind."""
    words = " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
    listed = [str(word) for law in laws if law.kind == "stop_words" for word in law.params.get("words", ())]
    return next((word for word in listed if words == word or words.startswith(f"{word} ")), None)
