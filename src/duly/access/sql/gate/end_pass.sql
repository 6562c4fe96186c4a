-- The person's passes of the gate end; on a day before they began they last no day at all.
update access_gate_pass
set valid_to = greatest(passed_on, %(on_day)s)
where entity_id = %(entity)s and user_id = %(user)s and gate = %(gate)s
    and (valid_to is null or valid_to > %(on_day)s);
