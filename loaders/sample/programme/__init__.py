"""The sample programme: 2015 to 2019, played through the operations themselves."""
