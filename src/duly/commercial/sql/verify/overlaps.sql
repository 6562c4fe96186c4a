-- Lines with two versions in force on the same day.
select 'commercial.versions_overlap' as check, 'agreement ' || agreement_id || ' line ' || line as subject,
    'versions from ' || valid_from || ' and ' || next_from || ' overlap' as detail
from (
    select agreement_id, line, valid_from, valid_to,
        lead(valid_from) over (partition by agreement_id, line order by valid_from, id) as next_from
    from commercial_term
    where entity_id = %(entity)s and (valid_to is null or valid_to > valid_from)) as version
where next_from < coalesce(valid_to, 'infinity')
limit 100;
