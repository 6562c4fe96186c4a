-- The milestones of an agreement.
select id, line, name, price, planned_on, reached_on from commercial_milestone
where entity_id = %(entity)s and agreement_id = %(agreement)s
order by line, coalesce(reached_on, planned_on), id;
