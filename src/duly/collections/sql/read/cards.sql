-- Accounts of a stage, most worth doing first, each with what was said last.
with page as (
    select s.* from collections_standing as s
    where s.entity_id = %(entity)s and (%(stage)s::text is null or s.stage = %(stage)s)
        and (%(one)s::bigint is null or s.account_id = %(one)s)
        and (%(score)s::bigint is null or (s.score, -s.account_id) < (%(score)s::bigint, -%(account)s::bigint))
    order by s.score desc, s.account_id
    limit %(limit)s
)
select p.account_id, a.party_id, a.number, a.name, p.stage, p.currency, p.overdue_minor, p.disputed_minor, p.oldest_due_on,
    p.usual_days, p.last_step, p.next_on, p.unplaced_minor, p.score, a.owner_id, coalesce(c.note, '') as last_words
from page as p
join receivables_account as a on a.entity_id = p.entity_id and a.id = p.account_id
left join lateral (
    select c.note from collections_contact as c
    where c.entity_id = p.entity_id and c.account_id = p.account_id and c.note <> ''
    order by c.at desc
    limit 1
) as c on true
order by p.score desc, p.account_id;
