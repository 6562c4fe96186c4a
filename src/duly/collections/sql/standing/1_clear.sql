-- The accounts stand nowhere.
delete from collections_standing
where entity_id = %(entity)s and (%(accounts)s::bigint[] is null or account_id = any(%(accounts)s::bigint[]));
