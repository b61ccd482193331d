"""A page for each package of the library, from its docstrings, and a list of what each function is for."""

import ast
import html
import re


def write_reference(root, folder):
    """Write a page a package, and the list of modules with what each is for."""
    packages = {}
    for path in sorted((root / "trade_lib").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[-1].startswith("_") or "cli" in parts:
            continue
        packages.setdefault(".".join(parts[:-1]), []).append((".".join(parts), first_line(path)))
    lines = ["# Library", "What each part of the package is for; every public function stands on its package's page."]
    for package, modules in sorted(packages.items()):
        body = "\n\n".join(f"## {name.rpartition('.')[2]}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```"
                           for name, _ in modules)
        (folder / f"{package}.md").write_text(f"# {package}\n\n{body}\n", encoding="utf-8")
        items = "".join(f'<li><a href="{package}.html#{name.rpartition(".")[2].replace("_", "-")}">'
                        f"<code>{name.rpartition('.')[2]}</code></a> {told}</li>" for name, told in modules)
        lines += [f"## {package}", f'<ul class="tables">{items}</ul>']
    names = "\n".join(sorted(packages))
    lines.append(f"```{{toctree}}\n:hidden:\n\n{names}\n```")
    (folder / "index.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def first_line(path):
    """What a module is for, in its own words, as HTML."""
    text = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
    return re.sub(r"`+([^`]+)`+", r"<code>\1</code>", html.escape(" ".join(text.split())))
