-- Which payment references an entity's documents carry, and which they carried: without a row ISO 11649 (RF).

create table receivables_reference_scheme (
    entity_id int not null,
    scheme text not null check (scheme in ('RF', 'OGM', 'QRR', 'KID', 'VIITE')),
    is_current boolean not null,
    primary key (entity_id, scheme)
);
create unique index receivables_reference_scheme_current on receivables_reference_scheme (entity_id) where is_current;

-- A national payment reference made of kind, year and number, with its check digits, as digits only.
-- Belgium (OGM): ten digits mod 97. Switzerland (QRR): 26 digits, recursive mod 10. Norway (KID): mod 10.
-- Finland (viitenumero): weights 7, 3, 1. What a scheme cannot hold gets an RF reference.
create function duly_national_reference(scheme text, kind_digit int, year int, seq bigint, width int) returns text
language plpgsql immutable parallel safe as $$
declare
    body text := kind_digit::text || year::text || lpad(seq::text, greatest(width, length(seq::text)), '0');
    total int := 0;
    digit int;
begin
    if scheme = 'OGM' and seq < 10000000 then
        body := kind_digit::text || lpad((year % 100)::text, 2, '0') || lpad(seq::text, 7, '0');
        return body || lpad(coalesce(nullif(body::bigint % 97, 0), 97)::text, 2, '0');
    elsif scheme = 'QRR' then
        body := lpad(body, 26, '0');
        for place in 1 .. 26 loop
            total := substr('0946827135', (total + substr(body, place, 1)::int) % 10 + 1, 1)::int;
        end loop;
        return body || ((10 - total) % 10)::text;
    elsif scheme = 'KID' then
        for place in 1 .. length(body) loop
            digit := substr(reverse(body), place, 1)::int * (1 + place % 2);
            total := total + digit / 10 + digit % 10;
        end loop;
        return body || ((10 - total % 10) % 10)::text;
    elsif scheme = 'VIITE' then
        for place in 1 .. length(body) loop
            total := total + substr(reverse(body), place, 1)::int * (array[7, 3, 1])[(place - 1) % 3 + 1];
        end loop;
        return body || ((10 - total % 10) % 10)::text;
    end if;
    return duly_rf_reference(body);
end $$;
