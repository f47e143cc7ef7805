"""`python -m hrm_coprocessor` is `hrm`, for installations whose scripts are not on the PATH."""

from __future__ import annotations

import sys

from hrm_coprocessor.cli import main

if __name__ == "__main__":
    sys.exit(main())
