-- What the review asks about these drafts: of one of them, of what is there twice, or of their item as a whole.
select s.sentence
from invoicing_surprise as s
join invoicing_charge as c on c.entity_id = s.entity_id and c.id = s.charge_id
where s.entity_id = %(entity)s and s.run_id = %(run)s and s.state = 'open'
    and (c.id = any(%(ids)s) or exists (
        select 1 from invoicing_charge as mine
        where mine.entity_id = c.entity_id and mine.id = any(%(ids)s) and mine.account_id = c.account_id
            and mine.item_id = c.item_id))
order by s.at_stake_minor desc, s.id
limit 1;
