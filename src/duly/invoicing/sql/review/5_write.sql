-- What was found is a surprise to decide, unless a person said before that it is none.
insert into invoicing_surprise (entity_id, run_id, account_id, charge_id, kind, currency, sentence, facts,
    at_stake_minor, owner_id, deadline_on)
select %(entity)s, %(run)s, f.account_id, min(f.charge_id), f.kind, f.currency, f.sentence,
    (array_agg(f.facts order by f.charge_id))[1], max(f.at_stake_minor), a.owner_id, %(deadline_on)s
from review_found as f
join receivables_account as a
    on a.entity_id = %(entity)s and a.id between %(first)s and %(last)s and a.id = f.account_id
where (
    select true from invoicing_surprise as s
    where s.entity_id = %(entity)s and s.account_id = f.account_id and s.kind = f.kind
        and (s.state = 'always' or (s.state in ('accepted', 'fixed')
            and (s.sentence = f.sentence or s.charge_id = f.charge_id)))
    limit 1) is null
group by f.account_id, f.kind, f.currency, f.sentence, a.owner_id
order by f.account_id;
