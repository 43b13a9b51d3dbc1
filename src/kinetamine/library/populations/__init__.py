"""Whom the trials and surveys saw: how their covariates are spread and hang together."""
