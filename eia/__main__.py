"""`python -m eia` is `eia`, also where no script was installed."""

from eia.cli import main

if __name__ == "__main__":
    main(prog_name="eia")
