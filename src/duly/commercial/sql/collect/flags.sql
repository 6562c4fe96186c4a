-- Which of the steps this range of accounts needs.
select count(*) as terms,
    coalesce(bool_or(unit = 'once'), false) as once,
    coalesce(bool_or(meter is not null), false) as metered,
    coalesce(bool_or(meter is not null or model in ('graduated', 'volume', 'package')), false) as stepped,
    coalesce(bool_or(model = 'percentage' and meter is null), false) as percentages,
    coalesce(bool_or(model = 'minimum'), false) as minimums,
    coalesce(bool_or(recheck_from is not null), false) as doubted
from commercial_due;
