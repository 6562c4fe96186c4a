-- The shipped gates exist, and the rights need them from a day on.
with given as (
    select gate, covers, right_name
    from unnest(%(gates)s::text[], %(covers)s::text[], %(rights)s::text[]) as given (gate, covers, right_name)
), made as (
    insert into access_gate (entity_id, name, covers)
    select distinct %(entity)s::int, gate, covers from given
    on conflict do nothing
)
insert into access_right_gate (entity_id, right_name, gate, valid_from)
select %(entity)s, right_name, gate, %(day)s from given
on conflict do nothing;
