-- The draft says what the person entered; what was agreed is kept beside it from the first edit on.
update invoicing_charge
set quantity = %(quantity)s, unit_price = %(unit_price)s, description = %(description)s, bill_on = %(bill_on)s,
    po_number = %(po_number)s, period_from = %(period_from)s, period_to = %(period_to)s,
    agreed_net_minor = case when source_kind in ('agreement', 'usage', 'reversal')
        then coalesce(agreed_net_minor, net_minor) end,
    net_minor = %(net_minor)s, edited_by = %(edited_by)s, note = %(note)s
where entity_id = %(entity)s and id = %(id)s;
