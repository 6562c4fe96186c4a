-- Everybody who is overdue lies in one chunk; a payer with all accounts in the same.
insert into collections_run_chunk (entity_id, run_id, chunk, first_party_id, last_party_id)
select %(entity)s, %(run)s, chunk, min(party_id), max(party_id)
from (
    select party_id, (row_number() over (order by party_id) - 1) / %(size)s as chunk
    from (
        select distinct a.party_id
        from receivables_item as i
        join receivables_account as a on a.entity_id = i.entity_id and a.id = i.account_id
        where i.entity_id = %(entity)s and i.open_minor > 0 and i.due_on < %(through_on)s
            and (%(accounts)s::bigint[] is null or i.account_id = any(%(accounts)s::bigint[]))
    ) as overdue
) as placed
group by chunk;
