-- One sealer at a time: the chain has no forks.
lock table events_block in share row exclusive mode;
