-- A case for every difference that has none. One that a person dropped is not opened again at this very amount, nor while
-- it melts away: paid by plan, or left on account to be used.
insert into matching_case (entity_id, subject, kind, favours, account_id, item_id, line_id, receipt_id, invoice_id,
    invoice_line, amount_minor, currency, happened_on, sentence, facts, owner_id, opened_on, due_on)
select %(entity)s, f.subject, f.kind, f.favours, f.account_id, f.item_id, f.line_id, f.receipt_id, f.invoice_id,
    f.invoice_line, f.amount_minor, f.currency, f.happened_on, f.sentence, f.facts, a.owner_id, %(today)s, %(due_on)s
from found_difference as f
left join receivables_account as a on a.entity_id = %(entity)s and a.id = f.account_id
where not exists (
    select 1 from matching_case as c
    where c.entity_id = %(entity)s and c.subject = f.subject
        and (c.state = 'open'
            or (c.state = 'dropped' and (c.amount_minor = f.amount_minor
                or (f.amount_minor < c.amount_minor
                    and (c.cause = 'instalment' or c.resolution = 'on_account'))))))
order by f.happened_on, f.subject
on conflict (entity_id, subject) where state = 'open' do nothing;
