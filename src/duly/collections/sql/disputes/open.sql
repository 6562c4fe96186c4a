-- A part of an open item is disputed, up to what is open and not disputed yet; the item's row orders who comes first.
with item as (
    select i.id, i.account_id, i.currency, i.kind, i.document_id, i.open_minor
    from receivables_item as i
    where i.entity_id = %(entity)s and i.id = %(item)s and i.open_minor > 0
    for update
)
insert into collections_dispute (entity_id, account_id, item_id, invoice_id, line, amount_minor, currency, reason, note,
    owner_id, opened_on, due_on, made_by, made_at)
select %(entity)s, i.account_id, i.id, case when i.kind = 'invoice' then i.document_id end, %(line)s, %(amount)s,
    i.currency, %(reason)s, %(note)s, %(owner)s, %(on)s, %(due_on)s, %(by)s, %(at)s
from item as i
where %(amount)s > 0 and %(amount)s <= i.open_minor - (
    select coalesce(sum(d.amount_minor), 0) from collections_dispute as d
    where d.entity_id = %(entity)s and d.item_id = i.id and d.state = 'open')
    and not exists (
        select 1 from collections_dispute as d
        where d.entity_id = %(entity)s and d.item_id = i.id and d.state = 'open'
            and coalesce(d.line, 0) = coalesce(%(line)s::smallint, 0))
returning id;
