-- The bank accounts known of a party: in force first, then those it pays from most.
select id, party_id, last4, source, first_seen_on, payments_seen,
    case when in_force_to is null then in_force_from end as in_force_from, change_id
from parties_bank_detail
where entity_id = %(entity)s and party_id = %(party)s
order by (in_force_from is not null and in_force_to is null) desc, payments_seen desc, id;
