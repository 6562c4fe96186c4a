-- Failed attempts in the last quarter of an hour, for this address or from this place.
select count(*)
from access_sign_in_attempt
where at > %(since)s and not succeeded and (email = lower(%(email)s) or address = %(address)s);
