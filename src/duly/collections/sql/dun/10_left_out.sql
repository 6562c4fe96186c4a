-- Whoever was due for a step and is not written to stands here with the reason; so does each part in dispute.
insert into collections_left_out (entity_id, run_id, account_id, party_id, reason, detail, items, amount_minor, currency,
    until_on, next_allowed_at)
select %(entity)s, %(run)s, account_id, party_id, reason, detail, count(*), sum(minor), currency, min(until_on),
    min(next_allowed_at)
from (
    select w.account_id, w.party_id, w.currency, w.open_minor as minor,
        coalesce(w.rest, o.reason, l.reason) as reason,
        case when w.rest is not null then w.detail when o.reason is not null then o.detail else '' end as detail,
        case when w.rest is not null then w.until_on else o.until_on end as until_on, l.next_allowed_at
    from dunning_item as w
    join dunning_account as o on o.account_id = w.account_id
    left join dunning_letter as l on l.party_id = w.party_id
    where (w.step is not null or w.rest is null and l.letter_id is not null and o.reason is null)
        and coalesce(w.rest, o.reason, l.reason) is not null
) as out
group by account_id, party_id, reason, detail, currency
union all
select %(entity)s, %(run)s, w.account_id, w.party_id, 'disputed_part', min(w.detail), 0, sum(w.disputed_minor), w.currency,
    min(w.until_on), null
from dunning_item as w
join dunning_account as o on o.account_id = w.account_id and o.reason is null
join dunning_letter as l on l.party_id = w.party_id and l.reason is null
where w.rest is null and w.disputed_minor > 0
group by w.account_id, w.party_id, w.currency;
