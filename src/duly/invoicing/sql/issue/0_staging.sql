-- The tables an issue works in are there and empty; they belong to the connection and empty themselves at commit.
create temp table if not exists issuing_charge (
    like invoicing_charge,
    own_po_number text not null default ''
) on commit delete rows;
create temp table if not exists issuing_document (
    id bigint not null,
    item_id bigint not null,
    account_id bigint not null,
    currency char(3) not null,
    po_number text not null,
    place bigint not null,
    net_minor bigint not null,
    tax_minor bigint not null,
    period_from date,
    period_to date
) on commit delete rows;
create temp table if not exists issuing_share (
    document_id bigint not null,
    charge_id bigint not null,
    rate_id bigint not null,
    tax_code_id bigint not null,
    net_minor bigint not null,
    tax_minor bigint not null
) on commit delete rows;
delete from issuing_charge;
delete from issuing_document;
delete from issuing_share;
