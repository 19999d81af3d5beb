"""Mangle snippets, a hundred thousand times by default: only quoted forms and Elixir errors may come out.

python -m tests.syntax.fuzz [count] [first seed]
"""

from __future__ import annotations

import sys

from tests.syntax.test_fuzz import mangled, reads


def main() -> int:
    """Return how many texts brought a Python error; each is printed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    failures = 0
    for seed in range(first, first + count):
        text = mangled(seed)
        try:
            reads(text)
        except Exception as error:  # whatever it is, it is what is looked for
            failures += 1
            print(f"seed {seed}: {text!r}: {error!r}")
    print(f"{count} texts, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
