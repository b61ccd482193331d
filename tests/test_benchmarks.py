"""The list of benchmarks says what their results say."""

import subprocess
import sys


def test_the_list_is_what_the_results_say(root):
    stored = (root / "benchmarks" / "README.md").read_text(encoding="utf-8")
    code = "import sys; sys.path.insert(0, 'benchmarks'); import summary; print(summary.summary(), end='')"
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout == stored, "python benchmarks/summary.py writes it anew"
    assert stored.count("| yes |") + stored.count("| **no** |") >= 20
