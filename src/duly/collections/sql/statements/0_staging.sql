-- Where statements are worked out; empty at the beginning and after the commit.
create temp table if not exists statement_due (
    account_id bigint not null,
    party_id bigint not null,
    from_on date,
    only_when text not null
) on commit delete rows;
create temp table if not exists statement_made (
    statement_id bigint not null default nextval('collections_statement_id_seq'),
    account_id bigint not null,
    party_id bigint not null,
    currency char(3) not null,
    from_on date not null,
    opening_minor bigint not null,
    moved_minor bigint not null,
    past_due_minor bigint not null,
    documents int not null,
    channel text not null,
    address text not null,
    language char(2) not null,
    reason text not null default ''
) on commit delete rows;
delete from statement_due;
delete from statement_made;
