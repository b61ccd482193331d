"""The licence of every installed package of requirements.lock, as its own metadata state it (`make licences`)."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPYLEFT = re.compile(r"GPL|General Public|EUPL|European Union Public|OSL-|Open Software Lic|SSPL|CC-BY-SA|CeCILL")
# Why what looks like copyleft is none. (MPL binds its own files only, and lets everything else use them.)
EXCUSED = {"docutils": "public domain and BSD; the GPL is that of one file for the Emacs editor, not installed"}


def pinned():
    """The names in requirements.lock."""
    return re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.M)


def licence(name):
    """What a package states of its licence, or None where it is not installed (a pin of another system)."""
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        return None
    classes = [text.rpartition("::")[2].strip() for text in stated.get_all("Classifier", [])
               if text.startswith("License ::")]
    free = (stated.get("License") or "").strip().splitlines()
    return stated.get("License-Expression") or "; ".join(classes) or (free[0][:80] if free else "")


def main():
    for name in pinned():
        if (stated := licence(name)) is not None:
            print(f"{name:28}{stated}{f'  ({EXCUSED[name]})' if name in EXCUSED else ''}")


if __name__ == "__main__":
    main()
