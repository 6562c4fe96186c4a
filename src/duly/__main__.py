"""`python -m duly`: the command line."""

import sys

from duly.site.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
