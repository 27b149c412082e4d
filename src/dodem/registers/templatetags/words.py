"""``{{ check.title|in_language }}``: a text of a definition in the language of the page."""

from django import template

from dodem.registers.words import in_language

register = template.Library()
register.filter("in_language", in_language)
