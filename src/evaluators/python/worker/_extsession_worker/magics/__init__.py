"""IPython's way of writing: `%magic`, `%%magic`, `!command`, `name?`. Nothing here is loaded before one is used."""
