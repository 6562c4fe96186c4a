-- What became of each staged agreement.
select place, agreement_id, account_id, number, repeated, problem, about
from staged_agreement order by place;
