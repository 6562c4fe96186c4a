-- Drafts a person edited or dismissed stay so, and know what the agreement says today.
update invoicing_charge as c
set agreed_net_minor = s.net_minor
from staged_charge as s
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s
    and s.account_id = c.account_id and s.charge_key = c.charge_key and s.version = c.version
    and (c.edited_by is not null or c.dismissed_by is not null)
    and c.agreed_net_minor is distinct from s.net_minor;
