-- Customers are asked to pay to this account, unless another was named before.
update access_entity set bank = %(bank)s::jsonb where id = %(entity)s and bank = '{}';
