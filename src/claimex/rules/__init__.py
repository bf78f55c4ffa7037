"""Shared package data: word lists and rules of the layers."""
