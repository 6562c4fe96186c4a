-- Words every capability's schema uses.

-- uuid version 7 (RFC 9562): the server's own function from PostgreSQL 18 on, the same layout before.
do $$
begin
    if current_setting('server_version_num')::int >= 180000 then
        create function duly_uuid7() returns uuid language sql volatile parallel safe as 'select uuidv7()';
    else
        create function duly_uuid7() returns uuid language sql volatile parallel safe as $f$
            select encode(
                set_bit(set_bit(
                    overlay(uuid_send(gen_random_uuid())
                        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                        from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
        $f$;
    end if;
end $$;

-- Day `day` of the month that lies `months` after the month of `base`, clamped to that month's last day.
-- The anchor day itself is never clamped: Jan 31 + 1 month is Feb 28, + 2 months is Mar 31.
create function duly_month_anchor(base date, months int, day int) returns date
language sql immutable parallel safe as $$
    select least(
        (date_trunc('month', base)::date + make_interval(months => months))::date + (day - 1),
        (date_trunc('month', base)::date + make_interval(months => months + 1))::date - 1
    )
$$;

-- Half up, away from zero, to whole minor units: the one rounding rule (numeric round() does exactly this).
create function duly_round_minor(amount numeric) returns bigint
language sql immutable parallel safe as $$ select round(amount)::bigint $$;

-- How many decimals a currency has (ISO 4217); the same table as kernel/money.py, a test compares them.
create function duly_currency_digits(currency char(3)) returns int
language sql immutable parallel safe as $$
    select case
        when currency in ('BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','UYI','VND','VUV',
                          'XAF','XOF','XPF') then 0
        when currency in ('BHD','IQD','JOD','KWD','LYD','OMR','TND') then 3
        when currency in ('CLF','UYW') then 4
        else 2
    end
$$;

-- ISO 11649 creditor reference of a string of digits: RF + check digits + digits (mod 97-10).
create function duly_rf_reference(digits text) returns text
language sql immutable parallel safe as $$
    select 'RF' || lpad((98 - mod((digits || '271500')::numeric, 97))::text, 2, '0') || digits
$$;

-- Refuses every update and delete of an append-only table, for every role and every session setting.
create function duly_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% rows are never changed or deleted; correct by a reversing row', tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

-- Financial records change their state and are never deleted, whoever asks: the right does not exist, nor the way.
create function duly_refuse_delete() returns trigger language plpgsql as $$
begin
    raise exception '% rows are never deleted; correct by a reversing row', tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

create procedure duly_never_deleted(target regclass) language plpgsql as $$
begin
    execute format('create trigger never_deleted before delete on %s for each row execute function duly_refuse_delete()', target);
    execute format('alter table %s enable always trigger never_deleted', target);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function duly_refuse_delete()', target);
    execute format('alter table %s enable always trigger no_truncate', target);
end $$;

create procedure duly_append_only(target regclass) language plpgsql as $$
begin
    execute format('create trigger append_only before update or delete on %s for each row execute function duly_refuse_change()', target);
    execute format('alter table %s enable always trigger append_only', target);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function duly_refuse_change()', target);
    execute format('alter table %s enable always trigger no_truncate', target);
end $$;
