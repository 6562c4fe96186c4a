-- Nothing with a warning is exact.
update match_proposal set confidence = 'likely' where confidence = 'exact' and cardinality(warnings) > 0;
