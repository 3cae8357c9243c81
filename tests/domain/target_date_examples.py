"""Target dates as people write them, with what each must be read as: the grammar's specification.

Each line: as written | kind | earliest | latest | flags (p provisional, i inferred, ? a person must confirm).
A flag that is not listed must not be set. The plan's period is 2008/09 only where the second table says so.
"""

WITHOUT_PERIOD = """
31.3.10                                   | day            | 2010-03-31 | 2010-03-31 |
31.03.10                                  | day            | 2010-03-31 | 2010-03-31 |
30.06.10                                  | day            | 2010-06-30 | 2010-06-30 |
30/09/2010                                | day            | 2010-09-30 | 2010-09-30 |
31-03-10                                  | day            | 2010-03-31 | 2010-03-31 |
01/02/03                                  | day            | 2003-02-01 | 2003-02-01 |
2.3.09                                    | day            | 2009-03-02 | 2009-03-02 |
31 . 3 . 10                               | day            | 2010-03-31 | 2010-03-31 |
31.3.10.                                  | day            | 2010-03-31 | 2010-03-31 |
2010-03-31                                | day            | 2010-03-31 | 2010-03-31 |
2010-03-31T00:00:00                       | day            | 2010-03-31 | 2010-03-31 |
31 March 2009                             | day            | 2009-03-31 | 2009-03-31 |
31st March 2009                           | day            | 2009-03-31 | 2009-03-31 |
31st of March 2009                        | day            | 2009-03-31 | 2009-03-31 |
1 Apr 09                                  | day            | 2009-04-01 | 2009-04-01 |
31-Mar-09                                 | day            | 2009-03-31 | 2009-03-31 |
31 March '09                              | day            | 2009-03-31 | 2009-03-31 |
31 March ’09                              | day            | 2009-03-31 | 2009-03-31 |
March 31, 2009                            | day            | 2009-03-31 | 2009-03-31 |
March 31st 2009                           | day            | 2009-03-31 | 2009-03-31 |
Tuesday 31 March 2009                     | day            | 2009-03-31 | 2009-03-31 |
Tues 31 March 2009                        | day            | 2009-03-31 | 2009-03-31 |
Monday 31 March 2009                      | day            | 2009-03-31 | 2009-03-31 | i?
Target date: 31 March 2009                | day            | 2009-03-31 | 2009-03-31 |
29 February 2012                          | day            | 2012-02-29 | 2012-02-29 |
31.3.99                                   | day            | 2099-03-31 | 2099-03-31 | i?
13.13.10                                  | unknown        |            |            | ?
30 February 2010                          | unknown        |            |            | ?
29.2.11                                   | unknown        |            |            | ?
3/13/2010                                 | unknown        |            |            | ?
1.2.3.10                                  | unknown        |            |            | ?
March 2009                                | month          | 2009-03-01 | 2009-03-31 |
MARCH 2009                                | month          | 2009-03-01 | 2009-03-31 |
March, 2009                               | month          | 2009-03-01 | 2009-03-31 |
in March 2009                             | month          | 2009-03-01 | 2009-03-31 |
Mar 09                                    | month          | 2009-03-01 | 2009-03-31 |
Mar '09                                   | month          | 2009-03-01 | 2009-03-31 |
Sept 09                                   | month          | 2009-09-01 | 2009-09-30 |
Sept. 2009                                | month          | 2009-09-01 | 2009-09-30 |
Apr-13                                    | month          | 2013-04-01 | 2013-04-30 |
Apr 13                                    | month          | 2013-04-01 | 2013-04-30 | i?
June 30                                   | month          | 2030-06-01 | 2030-06-30 | i?
03/2009                                   | month          | 2009-03-01 | 2009-03-31 |
13/2009                                   | unknown        |            |            | ?
2009-03                                   | month          | 2009-03-01 | 2009-03-31 |
February 2012                             | month          | 2012-02-01 | 2012-02-29 |
March 2009/10                             | month          | 2010-03-01 | 2010-03-31 | i?
June 2009/10                              | month          | 2009-06-01 | 2009-06-30 | i?
Spring 2009                               | season         | 2009-03-01 | 2009-05-31 |
summer 09                                 | season         | 2009-06-01 | 2009-08-31 |
Autumn 2009                               | season         | 2009-09-01 | 2009-11-30 |
Winter 2009                               | season         | 2009-12-01 | 2010-02-28 | i?
Winter 2011/12                            | season         | 2011-12-01 | 2012-02-29 |
Autumn term 2009                          | season         | 2009-09-01 | 2009-11-30 | i?
Spring/Summer 2009                        | span           | 2009-03-01 | 2009-08-31 | i?
2009/10                                   | financial_year | 2009-04-01 | 2010-03-31 |
2013/14                                   | financial_year | 2013-04-01 | 2014-03-31 |
2009/2010                                 | financial_year | 2009-04-01 | 2010-03-31 |
2008/9                                    | financial_year | 2008-04-01 | 2009-03-31 |
1999/00                                   | financial_year | 1999-04-01 | 2000-03-31 |
2013-14                                   | financial_year | 2013-04-01 | 2014-03-31 |
2009–10                                   | financial_year | 2009-04-01 | 2010-03-31 | i?
2009-10                                   | financial_year | 2009-04-01 | 2010-03-31 | i?
financial year 2009/10                    | financial_year | 2009-04-01 | 2010-03-31 |
2009/10 financial year                    | financial_year | 2009-04-01 | 2010-03-31 |
FY 2009/10                                | financial_year | 2009-04-01 | 2010-03-31 |
FY 09/10                                  | financial_year | 2009-04-01 | 2010-03-31 |
during 2009/10                            | financial_year | 2009-04-01 | 2010-03-31 |
13/14                                     | financial_year | 2013-04-01 | 2014-03-31 | i?
09/10                                     | unknown        |            |            | ?
2009-11                                   | unknown        |            |            | ?
FY2009                                    | unknown        |            |            | ?
2010/09                                   | unknown        |            |            | ?
municipal year 2009/10                    | municipal_year | 2009-05-01 | 2010-04-30 | i?
2009/10 municipal year                    | municipal_year | 2009-05-01 | 2010-04-30 | i?
academic year 2009/10                     | span           | 2009-09-01 | 2010-08-31 | i?
2009                                      | span           | 2009-01-01 | 2009-12-31 | i?
calendar year 2009                        | span           | 2009-01-01 | 2009-12-31 |
2009-2011                                 | span           | 2009-01-01 | 2011-12-31 | i?
by 31 March 2009                          | by             |            | 2009-03-31 |
by end of March 2009                      | by             |            | 2009-03-31 |
by the end of March 2009                  | by             |            | 2009-03-31 |
By end March 2009                         | by             |            | 2009-03-31 |
end March 2009                            | by             |            | 2009-03-31 |
end of 2009/10                            | by             |            | 2010-03-31 |
by March 2009                             | by             |            | 2009-03-31 | ?
to be completed by 31 March 2009          | by             |            | 2009-03-31 |
no later than 31/3/09                     | by             |            | 2009-03-31 |
before April 2009                         | by             |            | 2009-03-31 |
before the end of March 2009              | by             |            | 2009-03-31 |
31 March 2009 at the latest               | by             |            | 2009-03-31 |
Report to cabinet by end of March 2009    | by             |            | 2009-03-31 | i?
from April 2009                           | from           | 2009-04-01 |            | ?
April 2009 onwards                        | from           | 2009-04-01 |            | ?
starting in September 2009                | from           | 2009-09-01 |            | ?
with effect from 1 April 2009             | from           | 2009-04-01 |            | ?
after March 2009                          | from           | 2009-04-01 |            | ?
not before April 2009                     | from           | 2009-04-01 |            | ?
April - June 2009                         | span           | 2009-04-01 | 2009-06-30 |
April–June 2009                           | span           | 2009-04-01 | 2009-06-30 |
April to June 2009                        | span           | 2009-04-01 | 2009-06-30 |
between April and June 2009               | span           | 2009-04-01 | 2009-06-30 |
from April 2009 to March 2010             | span           | 2009-04-01 | 2010-03-31 |
Jan 09-March 09                           | span           | 2009-01-01 | 2009-03-31 |
October - March 2010                      | span           | 2009-10-01 | 2010-03-31 |
1-5 June 2009                             | span           | 2009-06-01 | 2009-06-05 |
31.3.10-30.6.10                           | span           | 2010-03-31 | 2010-06-30 |
31.3.10 to 31.3.09                        | unknown        |            |            | ?
w/c 2 March 2009                          | span           | 2009-03-02 | 2009-03-08 |
week ending 6 March 2009                  | span           | 2009-02-28 | 2009-03-06 |
Q2 2009/10                                | span           | 2009-07-01 | 2009-09-30 |
Q4 2009/10                                | span           | 2010-01-01 | 2010-03-31 |
2009/10 Q1                                | span           | 2009-04-01 | 2009-06-30 |
Quarter 3 of 2009/10                      | span           | 2009-10-01 | 2009-12-31 |
first quarter of 2009/10                  | span           | 2009-04-01 | 2009-06-30 |
Q3-Q4 2009/10                             | span           | 2009-10-01 | 2010-03-31 |
Q2 2009                                   | span           | 2009-07-01 | 2009-09-30 | i?
early March 2009                          | span           | 2009-03-01 | 2009-03-10 | i?
mid-2009                                  | span           | 2009-05-01 | 2009-08-31 | i?
late 2009/10                              | span           | 2009-12-01 | 2010-03-31 | i?
2009/10 - 2011/12                         | span           | 2009-04-01 | 2012-03-31 |
March 2009 March 2009 March 2010          | milestones     | 2009-03-01 | 2010-03-31 |
31.3.10 30.06.10 31.03.10                 | milestones     | 2010-03-31 | 2010-06-30 |
March and June 2009                       | milestones     | 2009-03-01 | 2009-06-30 |
March, June & September 2009              | milestones     | 2009-03-01 | 2009-09-30 |
March 2009/March 2010                     | milestones     | 2009-03-01 | 2010-03-31 |
Draft March 2009; final June 2009         | milestones     | 2009-03-01 | 2009-06-30 |
Phase 1 - March 2009, Phase 2 - May 2009  | milestones     | 2009-03-01 | 2009-05-31 |
31.3.10 (north) 30.6.10 (south)           | milestones     | 2010-03-31 | 2010-06-30 |
March 2009 or June 2009                   | milestones     | 2009-03-01 | 2009-06-30 | ?
April 2009 (was March 2009)               | milestones     | 2009-03-01 | 2009-04-30 | ?
March 2009, June                          | milestones     | 2009-03-01 | 2009-06-30 | i?
March 2009 (and continuing to March 2010) | ongoing        | 2009-03-01 | 2010-03-31 |
March 2009 and ongoing                    | ongoing        | 2009-03-01 |            |
March 2009 then annually                  | ongoing        | 2009-03-01 |            |
Ongoing                                   | ongoing        |            |            |
on-going                                  | ongoing        |            |            |
continuous                                | ongoing        |            |            |
quarterly                                 | ongoing        |            |            |
6 monthly                                 | ongoing        |            |            |
every six months                          | ongoing        |            |            |
ongoing from April 2009                   | ongoing        | 2009-04-01 |            |
Half-yearly: March and September 2009     | ongoing        | 2009-03-01 |            |
ongoing to March 2010                     | ongoing        |            | 2010-03-31 |
until March 2010                          | ongoing        |            | 2010-03-31 |
throughout 2009/10                        | ongoing        | 2009-04-01 | 2010-03-31 |
Ongoing programme of training             | ongoing        |            |            | i?
within 3 months of the restructure        | event          |            |            | ?
within 3 months                           | event          |            |            | ?
6 months after approval                   | event          |            |            | ?
following publication of the guidance     | event          |            |            | ?
after the election                        | event          |            |            | ?
once the restructure is agreed            | event          |            |            | ?
on completion of the review               | event          |            |            | ?
at next review                            | event          |            |            | ?
following the March 2009 elections        | event          |            |            | ?
following April 2009                      | from           | 2009-05-01 |            | ?
by                                        | unknown        |            |            | ?
March 2009 (tbc)                          | month          | 2009-03-01 | 2009-03-31 | p?
March 2009 TBC                            | month          | 2009-03-01 | 2009-03-31 | p?
December 2009?                            | month          | 2009-12-01 | 2009-12-31 | p?
c. March 2009                             | month          | 2009-03-01 | 2009-03-31 | p?
approx. March 2009                        | month          | 2009-03-01 | 2009-03-31 | p?
31.3.10 subject to funding                | day            | 2010-03-31 | 2010-03-31 | p?
March 2009 subject to staff               | month          | 2009-03-01 | 2009-03-31 | i?
tbc                                       | unknown        |            |            | p?
To be confirmed                           | unknown        |            |            | p?
                                          | unknown        |            |            | ?
-                                         | unknown        |            |            | ?
n/a                                       | unknown        |            |            | ?
ASAP                                      | unknown        |            |            | ?
at an early stage                         | unknown        |            |            | ?
in the short term                         | unknown        |            |            | ?
in the short to medium term               | unknown        |            |            | ?
Medium term                               | unknown        |            |            | ?
as soon as possible                       | unknown        |            |            | ?
in due course                             | unknown        |            |            | ?
immediately                               | unknown        |            |            | ?
along the agreed timetable                | unknown        |            |            | ?
(along the agreed timetable)              | unknown        |            |            | ?
for the next Municipal Year               | unknown        |            |            | ?
when resources allow                      | unknown        |            |            | ?
as soon as possible after March 2009      | from           | 2009-04-01 |            | i?
before the 2010/11 municipal year         | by             |            | 2010-04-30 | i?
in 2009/10                                | financial_year | 2009-04-01 | 2010-03-31 |
from 1 April 2009 in the short term       | from           | 2009-04-01 |            | i?
Completed                                 | unknown        |            |            | ?
March                                     | unknown        |            |            | ?
31/3                                      | unknown        |            |            | ?
year end                                  | unknown        |            |            | ?
as may be required by law                 | unknown        |            |            | ?
see 4.1 above                             | unknown        |            |            | ?
"""

IN_2008_09 = """
March                                     | month          | 2009-03-01 | 2009-03-31 | i?
May                                       | month          | 2008-05-01 | 2008-05-31 | i?
31 March                                  | day            | 2009-03-31 | 2009-03-31 | i?
31/3                                      | day            | 2009-03-31 | 2009-03-31 | i?
Autumn                                    | season         | 2008-09-01 | 2008-11-30 | i?
Q2                                        | span           | 2008-07-01 | 2008-09-30 | i?
Q4                                        | span           | 2009-01-01 | 2009-03-31 | i?
by end of March                           | by             |            | 2009-03-31 | i?
by the end of the financial year          | by             |            | 2009-03-31 | i?
year end                                  | by             |            | 2009-03-31 | i?
within the financial year                 | financial_year | 2008-04-01 | 2009-03-31 | i?
April - June                              | span           | 2008-04-01 | 2008-06-30 | i?
ongoing                                   | ongoing        | 2008-04-01 | 2009-03-31 | i
quarterly                                 | ongoing        | 2008-04-01 | 2009-03-31 | i
annually each September                   | ongoing        | 2008-04-01 | 2009-03-31 | i?
March 2009 (and continuing to March 2010) | ongoing        | 2009-03-01 | 2010-03-31 |
April 2009 - ongoing                      | ongoing        | 2008-04-01 | 2009-04-30 | i?
29 Feb                                    | unknown        |            |            | ?
March 2007                                | month          | 2007-03-01 | 2007-03-31 | ?
June 30                                   | month          | 2030-06-01 | 2030-06-30 | i?
Mar 10                                    | month          | 2010-03-01 | 2010-03-31 |
"""
