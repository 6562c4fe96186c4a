-- The proposals stand, each with the evidence that spoke for it; only for lines that are still open.
insert into matching_proposal (entity_id, id, line_id, line_version, account_id, rank, rule, confidence, amount_minor,
    left_minor, returns_receipt_id, sentence, warnings, evidence, made_at)
select %(entity)s, p.proposal_id, p.line_id, l.version, p.account_id, p.rank, p.rule, p.confidence, p.amount_minor,
    p.left_minor, p.returns_receipt_id, p.sentence, p.warnings, coalesce(e.evidence, '[]'), %(at)s
from match_proposal as p
join match_line as l on l.line_id = p.line_id
join banking_line as b on b.entity_id = %(entity)s and b.id = p.line_id and b.state = 'open' and b.version = l.version
left join (
    select line_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('kind', kind, 'value', value,
        'document_kind', document_kind, 'document_id', document_id, 'account_id', account_id,
        'seen', case when kind = 'payer_account' then strength end))
        order by kind, value) as evidence
    from match_evidence group by line_id
) as e on e.line_id = p.line_id;
