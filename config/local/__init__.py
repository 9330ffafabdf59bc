"""What ./run and ./test do before there is anything to run with: the standard library only, no Django."""
