"""``python -m innograph`` does what ``innograph`` does."""

from innograph.cli import main

if __name__ == "__main__":
    main()
