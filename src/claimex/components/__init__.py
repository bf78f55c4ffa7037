"""The layers, one spaCy component each; every one can be added to anyone's pipeline by its factory name."""
