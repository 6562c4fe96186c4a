-- How many of the wanted charges are to be staged, and how many periods hold nothing to bill.
select count(*) filter (where not settled and net_minor is distinct from 0) as charges,
    count(*) filter (where net_minor = 0 and period_from is not null) as quiet
from commercial_wanted;
