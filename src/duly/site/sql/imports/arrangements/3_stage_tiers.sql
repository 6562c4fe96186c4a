-- Every step of a tiers cell is a step of its line.
insert into staged_tier (place, line, step, up_to, unit_price)
select rows.place, rows.line, steps.step, nullif(trim(split_part(steps.words, ':', 1)), '*')::numeric,
    trim(split_part(steps.words, ':', 2))::numeric
from (
    select min(line) over (partition by agreement) as place,
        row_number() over (partition by agreement order by line) as line, tiers
    from staged_import) as rows
cross join lateral string_to_table(rows.tiers, ';') with ordinality as steps (words, step)
where rows.tiers is not null;
