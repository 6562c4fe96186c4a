-- The mapping once confirmed for files with this header.
select mapping from access_import_mapping
where entity_id = %(entity)s and kind = %(kind)s and header_hash = %(header)s;
