-- The change is ours until commit.
select state from parties_bank_change where entity_id = %(entity)s and id = %(id)s for update;
