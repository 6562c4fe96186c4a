-- The day that lies so many business days after another.
select office_business_day(%(entity)s, %(day)s::date, %(days)s);
