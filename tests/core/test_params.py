"""params.yaml: a typo is one clear line."""

import pytest

from pipeline.core.errors import ParamsError
from pipeline.core.params import Params, load


class Sample(Params):
    min_chars: int
    name: str


def write(tmp_path, text):
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_section_becomes_its_model(tmp_path):
    path = write(tmp_path, "sample: {min_chars: 3, name: x}")
    assert load("sample", Sample, path) == Sample(min_chars=3, name="x")


def test_a_typo_is_answered_with_the_right_word(tmp_path):
    path = write(tmp_path, "sample: {min_char: 3, min_chars: 3, name: x}")
    with pytest.raises(ParamsError, match=r"sample → min_char: unknown; did you mean min_chars\?"):
        load("sample", Sample, path)


def test_a_missing_value_is_named(tmp_path):
    with pytest.raises(ParamsError, match="sample → name: is missing"):
        load("sample", Sample, write(tmp_path, "sample: {min_chars: 3}"))


def test_a_wrong_type_is_named_with_the_value(tmp_path):
    with pytest.raises(ParamsError, match=r"sample → min_chars: .* not 'three'"):
        load("sample", Sample, write(tmp_path, "sample: {min_chars: three, name: x}"))


def test_a_missing_section_and_a_broken_file_are_named(tmp_path):
    with pytest.raises(ParamsError, match="section sample is missing"):
        load("sample", Sample, write(tmp_path, "other: {}"))
    with pytest.raises(ParamsError, match="not valid YAML"):
        load("sample", Sample, write(tmp_path, "a: [1"))
    with pytest.raises(ParamsError, match="not found"):
        load("sample", Sample, tmp_path / "none.yaml")
