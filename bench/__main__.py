"""`make bench`: every measurement, one after the other."""

from __future__ import annotations

from bench import core, fix_ack, journal_commit


def main() -> None:
    for measurement in (core, fix_ack, journal_commit):
        print(f"\n== {measurement.__name__}: {(measurement.__doc__ or '').strip().splitlines()[0]}", flush=True)
        measurement.main()


if __name__ == "__main__":
    main()
