"""A Russian or Ukrainian sentence with its phrases and clauses."""

from monitor.rules.grammars.slavic_clauses import Clause, clauses_of
from monitor.rules.grammars.slavic_phrases import Phrase, phrases_of
from monitor.rules.grammars.slavic_words import Line


class Parsed:
    """A sentence with its phrases and clauses."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.phrases, self.phrase_of = phrases_of(line)
        self.clauses, self.clause_of = clauses_of(line)

    def phrases_in(self, clause: Clause) -> list[Phrase]:
        """The noun phrases of a clause."""
        return [phrase for phrase in self.phrases if self.clause_of[phrase.start] is clause]
