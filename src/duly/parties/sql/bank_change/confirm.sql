-- A second person stands for the change; it cools until that day.
update parties_bank_change
set state = 'confirmed', confirmed_by = %(by_id)s, confirmed_by_name = %(by)s, confirmed_on = %(today)s,
    cooling_until_on = %(until)s
where entity_id = %(entity)s and id = %(id)s and state = 'called_back';
