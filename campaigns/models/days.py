"""On which days programs had their turn: a day that is missing is one on which nobody was chosen, because nothing ran."""

from typing import ClassVar

from django.db import models

from campaigns.models.programs import Program


class ProgramDay(models.Model):
    """A day by the clock of the chain's own zone on which a program ran after its hour, whomever it chose."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="days_run")
    day = models.DateField()

    class Meta:
        verbose_name = "day of a program"
        verbose_name_plural = "days of programs"
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "day"], name="program_day_once")]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.day}"
