"""`python -m kairos`."""

from kairos.cli.main import main

if __name__ == "__main__":
    main()
