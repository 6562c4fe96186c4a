-- Drafts of items that are not to be billed now stay drafts.
delete from issuing_charge as c
using invoicing_run_item as i
where i.entity_id = %(entity)s and i.run_id = %(run)s and i.account_id between %(first)s and %(last)s
    and i.account_id = c.account_id and i.currency = c.currency and i.state <> 'planned';
