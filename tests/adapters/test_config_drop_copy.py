"""Drop copy sessions in kairos.toml."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.test_config_file import errors_of, load

from kairos.adapters.config_file import check_against_reference
from kairos.adapters.config_fix import DropCopyConfig
from kairos.adapters.file_errors import FileErrors
from kairos.model.commands import DefineAccount, DefineClient

COPY = '[[fix.session]]\nbegin_string = "FIX.4.4"\nsender_comp_id = "K"\ntarget_comp_id = "RISK"\n'


def test_a_drop_copy_session_has_no_client_of_its_own(tmp_path: Path) -> None:
    (session,) = load(tmp_path, COPY + "drop_copy = {}\n").fix.sessions
    assert (session.client_id, session.drop_copy) == ("", DropCopyConfig())
    (session,) = load(tmp_path, COPY + 'drop_copy = { clients = ["CL"], accounts = ["A", "B"] }\n').fix.sessions
    assert session.drop_copy == DropCopyConfig(("CL",), ("A", "B"))


def test_a_session_without_one_needs_a_client(tmp_path: Path) -> None:
    assert any("client_id" in error for error in errors_of(tmp_path, COPY))


def test_whom_it_copies_must_be_in_the_reference_data(tmp_path: Path) -> None:
    config = load(tmp_path, COPY + 'drop_copy = { clients = ["CL"], accounts = ["A", "B"] }\n')
    known = [DefineClient("CL", "", True, ""), DefineAccount("A", "CL", "", "TWD", 0, True, "")]
    with pytest.raises(FileErrors) as caught:
        check_against_reference(config, known)
    assert [error.field for error in caught.value.errors] == ["drop_copy.accounts"]
