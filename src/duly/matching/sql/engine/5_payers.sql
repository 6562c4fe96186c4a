-- Who paid: the accounts of whoever has this bank account, else the account that has exactly this name.
with by_bank as (
    select l.line_id, 'payer_account' as kind, '…' || d.last4 as value, a.id as account_id,
        d.payments_seen as strength
    from match_line as l
    join parties_bank_detail as d on d.entity_id = %(entity)s and d.account_hash = l.payer_hash
    join receivables_account as a on a.entity_id = d.entity_id and a.party_id = d.party_id
    where l.payer_hash is not null
)
insert into match_evidence (line_id, kind, value, account_id, strength)
select line_id, kind, value, account_id, strength from by_bank
union all
select l.line_id, 'payer_name', a.name, a.id, 0
from match_line as l
join receivables_account as a on a.entity_id = %(entity)s and a.search_name = l.payer_name
where l.payer_name <> '' and not exists (select 1 from by_bank as b where b.line_id = l.line_id);
