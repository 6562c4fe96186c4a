-- Among what is to be accepted together, an item goes to the first that fits; the others are a person's.
update accepting as a
set moved = 'another line pays the same document'
where a.moved is null
    and a.proposal_id in (
        select shares.proposal_id
        from (
            select p.proposal_id, i.open_minor,
                sum(p.amount_minor) over (
                    partition by p.item_id order by p.proposal_id rows between unbounded preceding and current row
                ) as so_far_minor
            from accepting as b
            join matching_proposal_item as p on p.entity_id = %(entity)s and p.proposal_id = b.proposal_id
            join receivables_item as i on i.entity_id = p.entity_id and i.id = p.item_id
            where b.moved is null
        ) as shares
        where shares.so_far_minor > shares.open_minor);
