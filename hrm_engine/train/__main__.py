"""`python -m hrm_engine.train CONFIG [--set KEY=VALUE] [--resume]`."""

from __future__ import annotations

import sys

from hrm_engine.train.run import main

if __name__ == "__main__":  # worker processes import this file and must not train again
    sys.exit(main())
