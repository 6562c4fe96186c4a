"""What every office starts with: law packs, policies with their letters, statement rules and loss rates."""

from __future__ import annotations

import json
from datetime import date

from duly.collections.law import shipped
from duly.kernel.sql import run_sql

HERE = "duly.collections"
FROM = date(2000, 1, 1)
EU = frozenset(shipped("contact")[-1]["countries"])
LOSS_RATES = {"not_due": "0.005", "d1_30": "0.02", "d31_60": "0.08", "d61_90": "0.20", "over_90": "0.50"}
STEPS = (
    # step, name, days late, grace, channel, text, charges late costs by law
    (1, "Reminder", 5, 2, "letter", "reminder", False),
    (2, "Second reminder", 19, 0, "letter", "second", False),
    (3, "Final notice", 33, 0, "letter", "final", True),
    (4, "Call", 45, 0, "call", "", False),
)


def make_collections(entity_id: int, *, country: str, currency: str) -> None:
    """Give the entity the shipped law packs and policies; what it has stays as it is.

    Businesses in the European Union are charged what the law allows from the final notice on; consumers nothing.
    """
    laws = [{"params": {}, **law} for law in shipped("contact")]
    run_sql(HERE, "setup/laws.sql", entity=entity_id, laws=json.dumps(laws))
    rates = [
        {**{key: value for key, value in law.items() if key != "base"}, "valid_from": day, "base_rate": rate}
        for law in shipped("late")
        for day, rate in law["base"].items()
    ]
    run_sql(HERE, "setup/late_rates.sql", entity=entity_id, rates=json.dumps(rates))
    late_law = "de-bgb-288" if country == "DE" else "eu-late-payment" if country in EU else ""
    for segment, name, law in (("business", "Businesses", late_law), ("consumer", "Consumers", "")):
        steps = [
            {
                "step": step,
                "name": title,
                "days_late": days,
                "grace_days": grace,
                "channel": channel,
                "charges": charges and bool(law),
                "texts": shipped("texts").get(text, {}),
            }
            for step, title, days, grace, channel, text, charges in STEPS
        ]
        run_sql(
            HERE,
            "setup/policy.sql",
            entity=entity_id,
            segment=segment,
            name=name,
            currency=currency,
            law=law,
            valid_from=FROM,
            steps=json.dumps(steps),
        )
    run_sql(HERE, "setup/statement_rules.sql", entity=entity_id)
    run_sql(
        HERE,
        "setup/loss_rates.sql",
        entity=entity_id,
        buckets=list(LOSS_RATES),
        rates=list(LOSS_RATES.values()),
        valid_from=FROM,
    )
