"""The trusted part: terms, judgements, certificates and their checker."""
