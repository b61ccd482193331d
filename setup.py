"""What pyproject.toml cannot say: a built distribution carries the data folder inside the package."""

from pathlib import Path
from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithData(build_py):
    """Copy data/ to trade_lib/shipped/, where the loader looks when there is no checkout around it."""

    def run(self):
        super().run()
        if not self.editable_mode:
            copytree(Path(__file__).parent / "data", Path(self.build_lib) / "trade_lib" / "shipped",
                     ignore=ignore_patterns("builders", "__pycache__"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithData})
