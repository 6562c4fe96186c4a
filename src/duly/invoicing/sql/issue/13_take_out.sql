-- What a document took over is no draft any more.
delete from invoicing_charge as c
using issuing_charge as t
where c.entity_id = %(entity)s and c.account_id between %(first)s and %(last)s and c.id = t.id;
