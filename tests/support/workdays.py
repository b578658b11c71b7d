# SPDX-License-Identifier: GPL-3.0-or-later
"""Working days of England and Wales, counted plainly."""
import datetime
import json
import os
import zoneinfo

LONDON = zoneinfo.ZoneInfo('Europe/London')
OPENS, CLOSES = datetime.time(9), datetime.time(17)
HOLIDAYS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..',
                        '..', 'config', 'bank-holidays.json')


class WorkingDays:
    def __init__(self):
        with open(HOLIDAYS, encoding='utf-8') as f:
            events = json.load(f)['england-and-wales']['events']
        self.holidays = {datetime.date.fromisoformat(e['date'])
                         for e in events}

    def works(self, day):
        return day.weekday() < 5 and day not in self.holidays

    def add(self, day, count):
        step = datetime.timedelta(1 if count > 0 else -1)
        while count:
            day += step
            if self.works(day):
                count -= 1 if count > 0 else -1
        return day

    def counted_day(self, moment):
        """the day on which mail received at moment counts as received"""
        day = moment.date()
        if self.works(day) and moment.time() < CLOSES:
            return day
        return self.add(day, 1)

    def office_moment(self, moment):
        """moment itself in office hours, else when they next begin"""
        day = moment.date()
        if self.works(day) and OPENS <= moment.time() < datetime.time(16, 45):
            return moment
        if not self.works(day) or moment.time() >= OPENS:
            day = self.add(day, 1)
        return datetime.datetime.combine(day, datetime.time(9, 5), LONDON)


def at_clock(day, clock):
    return datetime.datetime.combine(
        day, datetime.time.fromisoformat(clock), LONDON)
