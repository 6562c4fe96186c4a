-- Agreements newest first: of an account, with words in their name, by how they stand on a day.
select a.id
from commercial_agreement as a
where a.entity_id = %(entity)s and a.id < %(before)s and a.state <> 'withdrawn'
    and (%(account)s::bigint is null or a.account_id = %(account)s)
    and (%(words)s::text is null or a.name ilike %(words)s)
    and (%(standing)s::text is null or %(standing)s = case
        when a.starts_on > %(today)s then 'to_come'
        when a.ends_on <= %(today)s then 'ended'
        else 'in_force' end)
order by a.id desc
limit %(limit)s;
