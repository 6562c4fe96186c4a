-- What is not as it was when it was proposed is marked: a line changed, an item with another open amount.
update accepting as a
set moved = coalesce(
    (
        select 'the bank line was changed or placed meanwhile'
        from banking_line as l
        where l.entity_id = %(entity)s and l.id = a.line_id
            and (l.state <> 'open' or l.version <> a.line_version)
    ),
    (
        select 'an open item has moved: ' || min(i.open_minor) || ' is open now'
        from matching_proposal_item as p
        join receivables_item as i on i.entity_id = p.entity_id and i.id = p.item_id
        where p.entity_id = %(entity)s and p.proposal_id = a.proposal_id and i.open_minor <> p.open_minor
        having count(*) > 0
    ),
    (
        select 'the receipt was reversed meanwhile'
        from payments_receipt as r
        where r.entity_id = %(entity)s and r.id = a.returns_receipt_id and r.state <> 'recorded'
    ));
