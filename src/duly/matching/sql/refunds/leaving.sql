-- Open lines out that name one refund on its way by its number, of the same amount; or a whole file by its number, of
-- the file's amount. A line that names more than one is left to a person.
with line as (
    select l.id, l.amount_minor, l.currency, l.bank_account_id,
        upper(l.text || ' ' || l.end_to_end_id || ' ' || l.structured_reference || ' ' || l.bank_reference) as words
    from banking_line as l
    where l.entity_id = %(entity)s and l.state = 'open' and l.amount_minor < 0
),
way as (
    select r.id, r.amount_minor, r.currency, n.number, f.bank_account_id, f.message_id, f.total_minor, f.id as file_id
    from payments_refund as r
    join payments_refund_file as f on f.entity_id = r.entity_id and f.id = r.file_id and f.state = 'made'
    join receivables_number as n on n.entity_id = r.entity_id and n.document_kind = 'refund' and n.document_id = r.id
    where r.entity_id = %(entity)s and r.state = 'released'
),
single as (
    select l.id as line_id, w.id as refund_id, count(*) over (partition by l.id) as refunds,
        count(*) over (partition by w.id) as lines
    from line as l
    join way as w
        on w.bank_account_id = l.bank_account_id and w.currency = l.currency and w.amount_minor = -l.amount_minor
        and l.words ~ ('(?<![0-9A-Z])' || w.number || '(?![0-9])')
),
whole as (
    select l.id as line_id, w.file_id, array_agg(w.id order by w.id) as refund_ids
    from line as l
    join way as w
        on w.bank_account_id = l.bank_account_id and w.currency = l.currency and w.total_minor = -l.amount_minor
        and l.words ~ ('(?<![0-9A-Z])' || w.message_id || '(?![0-9])')
    where l.id not in (select line_id from single)
    group by l.id, w.file_id
    having sum(w.amount_minor) = -min(l.amount_minor)
)
select line_id, array[refund_id] as refund_ids from single where refunds = 1 and lines = 1
union all
select min(line_id), refund_ids from whole group by file_id, refund_ids having count(*) = 1
order by line_id;
