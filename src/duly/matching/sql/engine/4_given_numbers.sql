-- Numbers that documents brought along from elsewhere, as whole words; those of digits only count as weak.
insert into match_evidence (line_id, kind, value, document_kind, document_id, strength)
select distinct l.line_id, case when word ~ '[A-Z]' then 'number' else 'number_plain' end, n.number, n.document_kind,
    n.document_id, case when word ~ '[A-Z]' then 2 else 0 end
from match_line as l
cross join lateral regexp_split_to_table(l.words, '[\s,;:()]+') as printed
cross join lateral trim(both '.-/#' from printed) as word
join receivables_number as n on n.entity_id = %(entity)s and n.number = word and n.document_kind = 'opening'
where length(word) >= 5 and word ~ '[0-9]{3}'
    and not exists (
        select 1 from match_evidence as e
        where e.line_id = l.line_id and e.document_kind = n.document_kind and e.document_id = n.document_id);
