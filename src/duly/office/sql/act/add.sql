-- A task or question made by hand is work.
insert into office_work (entity_id, kind, subject_kind, subject_id, subject, who, account_id, account_number, language,
    reason, money_minor, currency, since_on, deadline_on, deadline_given, owner_id, made_by)
select %(entity)s, %(kind)s, 'by_hand', nextval('office_work_by_hand'), %(subject)s, coalesce(a.name, ''), a.id, a.number,
    a.language, %(reason)s, %(money_minor)s, %(currency)s, %(today)s, %(deadline_on)s, true, %(owner)s, %(by_id)s
from (select 1) as one
left join receivables_account as a on a.entity_id = %(entity)s and a.id = %(account)s
returning id;
