-- The whole office is swept a minute from now rather than a quarter of an hour after the last time.
update matching_case_sweep set swept_at = least(swept_at, %(at)s) where entity_id = %(entity)s;
