"""`python -m avskrift`."""

from avskrift.cli import main

if __name__ == "__main__":
    main()
