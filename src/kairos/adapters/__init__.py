"""The outside: journals, FIX connections and their mapping, feeds, the link. Each fulfils a protocol of
`kairos.ports`."""
