-- The staged opening items are about to carry account, amount in minor units, and the ids of item and entry.
alter table staged_import
    add column account_id bigint, add column ccy char(3), add column amount_minor bigint,
    add column item_id bigint, add column entry_id bigint;
