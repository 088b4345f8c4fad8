"""Training of the German press models: corpora → base → teacher → silver → students → evaluate → package."""
