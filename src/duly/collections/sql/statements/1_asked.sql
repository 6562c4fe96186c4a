-- Accounts somebody asked statements of: from the beginning of the year.
insert into statement_due (account_id, party_id, from_on, only_when)
select a.id, a.party_id, date_trunc('year', %(to_on)s::date)::date, 'always'
from receivables_account as a
where a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = any(%(accounts)s::bigint[]);
