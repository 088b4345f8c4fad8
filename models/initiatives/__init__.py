"""The weights by which ``extract`` tells initiatives from other names: fitted here, read there.

``python -m models.initiatives ../shared`` (from the project's root, some minutes) reads the annotated releases and
the judged candidates, fits the weights and writes ``pipeline/extract/components/initiatives/weights.toml``.
The texts are not ours and not in the project; without them the weights can be read and used, but not fitted again.
"""
