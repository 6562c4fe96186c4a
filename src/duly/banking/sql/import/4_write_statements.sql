-- The statements of the file stand with their verdicts, in the order of the file.
with given as (
    select g.*, nextval('banking_statement_id_seq') as id
    from unnest(%(accounts)s::int[], %(references)s::text[], %(sequences)s::text[], %(from_days)s::date[],
        %(to_days)s::date[], %(openings)s::bigint[], %(closings)s::bigint[], %(lines)s::bigint[], %(sums)s::bigint[],
        %(chain_nos)s::int[], %(states)s::text[], %(waits)s::boolean[],
        %(problems)s::text[], %(adds)s::text[]) with ordinality
        as g (account_id, reference, sequence, from_on, to_on, opening_minor, closing_minor, lines, sum_minor,
            chain_no, state, waits, problem, adds, place)
),
written as (
    insert into banking_statement (entity_id, id, bank_account_id, file_id, reference, sequence, from_on, to_on,
        opening_minor, closing_minor, lines, sum_minor, chain_no, state, waits,
        problem)
    select %(entity)s, id, account_id, %(file)s, reference, sequence, least(from_on, to_on), greatest(from_on, to_on),
        opening_minor, closing_minor, lines, sum_minor, chain_no, state, waits,
        problem
    from given order by place
)
insert into staged_bank_statement (place, statement_id, adds, state)
select place - 1, id, adds, state from given;
