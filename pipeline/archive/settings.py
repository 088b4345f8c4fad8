"""params.yaml, section archive."""

from __future__ import annotations

from pydantic import Field

from pipeline.core.params import Params


class ArchiveParams(Params):
    """Who delivers, under which terms, and what travels along."""

    publisher: str  # institution that delivers the package
    isil: str  # its International Standard Identifier for Libraries and Related Organizations
    institution_type: str  # its branch in the words of EAD(DDB): "Staatliche Archive", "Kommunale Archive" ...
    website: str  # address of the institution; empty for none
    holding: str  # title of the holding
    holding_id: str  # its call number; also the identifier of the finding aid
    rights: str  # rights statement of every record
    rights_uri: str  # the same as an address; empty for none
    metadata_licence: str  # address of the licence under which the descriptions are passed on
    identifier_prefix: str  # put before each release_id
    oai_email: str = Field(pattern=r"^\S+@\S+\.\S+$")  # whom harvesters and archives write to
    oai_page: int = Field(ge=1)  # records in one answer to a harvester
    # releases whose embargo ends later are held back; empty: the newest publication date
    as_of: str = Field(pattern=r"^(\d{4}-\d\d-\d\d(T\d\d:\d\d)?)?$")
    include_originals: bool  # whether the raw files travel along
    include_persons: bool  # whether persons are indexed in the descriptions
    include_contacts: bool  # whether contact zones, telephone numbers and mail addresses travel along
    include_private: bool  # whether names of persons whom the register does not hold travel along
    schemas: str  # folder with the official schemas; empty: only our own rules are checked
    max_cache_mb: int = Field(default=4000, ge=0)  # what is remembered from run to run; nothing depends on it
