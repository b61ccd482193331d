"""No package that the project installs is under copyleft, and each says what it is under."""

import pytest
from licences import COPYLEFT, EXCUSED, licence, pinned

PINNED = pinned()


def test_the_lock_is_read():
    assert len(PINNED) > 150 and {"numpy", "pandas", "typer"} <= set(PINNED)


def test_every_installed_package_states_a_licence_that_is_no_copyleft():
    stated = {name: licence(name) for name in PINNED}
    stated = {name: text for name, text in stated.items() if text is not None}
    assert len(stated) > 150
    assert [name for name, text in stated.items() if not text] == []
    assert [name for name, text in stated.items() if COPYLEFT.search(text)] == sorted(EXCUSED)


@pytest.mark.parametrize("text", [
    "GPL-3.0-or-later", "LGPL-2.1-only", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", "EUPL-1.2",
    "GNU Lesser General Public License", "CC-BY-SA-4.0", "SSPL-1.0"])
def test_copyleft_is_seen(text):
    assert COPYLEFT.search(text)


@pytest.mark.parametrize("text", ["BSD-3-Clause", "MIT", "Apache-2.0", "MPL-2.0 AND MIT", "PSF-2.0", "ISC"])
def test_permissive_licences_are_let_through(text):
    assert not COPYLEFT.search(text)
