-- Lines of agreements that cannot be read say why; the other lines of the same agreement come back with them.
update staged_import as s
set (problem, remedy) = (
    coalesce(
        case
            when s.tiers is not null and s.tiers !~ '^\s*([0-9.]+|\*)\s*:\s*[0-9.]+(\s*;\s*([0-9.]+|\*)\s*:\s*[0-9.]+)*\s*$'
                then 'tiers ' || s.tiers || ' cannot be read'
            when s.model in ('graduated', 'volume') and s.tiers is null then 'model ' || s.model || ' needs tiers'
        end,
        'line ' || bad.line || ' of the same agreement is not right'),
    'write tiers as 100:0.10;1000:0.08;*:0.05')
from staged_import as t
join (
    select agreement, min(line) as line
    from staged_import
    where problem is not null
        or (tiers is not null and tiers !~ '^\s*([0-9.]+|\*)\s*:\s*[0-9.]+(\s*;\s*([0-9.]+|\*)\s*:\s*[0-9.]+)*\s*$')
        or (model in ('graduated', 'volume') and tiers is null)
    group by agreement) as bad on bad.agreement = t.agreement
where s.line = t.line and s.problem is null;
