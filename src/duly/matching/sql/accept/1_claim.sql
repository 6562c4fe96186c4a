-- The proposals are ours until commit, in id order; whoever comes second finds them decided.
with mine as (
    select p.id, p.line_id, p.line_version, p.account_id, p.amount_minor, p.returns_receipt_id
    from matching_proposal as p
    where p.entity_id = %(entity)s and p.id = any(%(ids)s) and p.state = 'proposed'
    order by p.id
    for update
)
insert into accepting (proposal_id, line_id, line_version, account_id, amount_minor, returns_receipt_id)
select id, line_id, line_version, account_id, amount_minor, returns_receipt_id from mine;
