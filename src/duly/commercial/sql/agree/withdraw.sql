-- These agreements count for nothing; the external id is free again, and the next plan withdraws their drafts.
update commercial_agreement as a
set state = 'withdrawn', external_id = null, version = version + 1,
    recheck_from = least(recheck_from, starts_on)
where a.entity_id = %(entity)s and (a.id = any(%(ids)s) or a.import_batch_id = %(batch)s::bigint)
    and a.state <> 'withdrawn';
