-- What a chunk is worked out in; empty at the beginning and after the commit.
create temp table if not exists dunning_item (
    item_id bigint not null,
    account_id bigint not null,
    party_id bigint not null,
    person_kind text not null,
    policy_id bigint,
    currency char(3) not null,
    kind text not null,
    due_on date not null,
    open_minor bigint not null,
    disputed_minor bigint not null,
    step smallint,
    rest text,
    detail text not null default '',
    until_on date,
    letter_id bigint
) on commit delete rows;
create temp table if not exists dunning_account (
    account_id bigint not null,
    party_id bigint not null,
    reason text,
    detail text not null default '',
    until_on date,
    next_allowed_at timestamptz
) on commit delete rows;
create temp table if not exists dunning_letter (
    letter_id bigint not null default nextval('collections_letter_id_seq'),
    party_id bigint not null,
    account_id bigint not null,
    policy_id bigint not null,
    step smallint not null,
    channel text not null,
    address text not null,
    language char(2) not null,
    currency char(3) not null,
    dunned_minor bigint not null,
    items int not null,
    accounts int not null,
    oldest_due_on date not null,
    reason text,
    next_allowed_at timestamptz
) on commit delete rows;
delete from dunning_item;
delete from dunning_account;
delete from dunning_letter;
