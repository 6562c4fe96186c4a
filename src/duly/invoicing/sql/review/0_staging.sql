-- What a review finds is collected here before it becomes surprises; empty at the start of each.
create temp table if not exists review_found (
    account_id bigint not null,
    charge_id bigint,
    kind text not null,
    currency char(3) not null,
    sentence text not null,
    facts jsonb not null,
    at_stake_minor bigint not null
) on commit delete rows;
create temp table if not exists review_recent (
    account_id bigint not null,
    currency char(3) not null,
    invoice_id bigint not null,
    place int not null,
    net_minor bigint not null,
    issued_on date not null
) on commit delete rows;
delete from review_found;
delete from review_recent;
