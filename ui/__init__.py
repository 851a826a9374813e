"""The command line and the web page: thin layers without logic of their own."""
