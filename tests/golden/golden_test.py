#!/usr/bin/python3
"""Asks the demo's named personas' questions, and compares the answers with expected/, line by line.

The data is deploy/demo_data alone, without the generated many: thirteen people and the requirements and trainings of
their stories (deploy/demo_data/README.md). Its dates count from today; what is compared holds on every day: order,
eligibility, scores, every line that a score is made of, what each session leads whom to, seen from the person, the
requirement and the session, the ways of each person, how each requirement can be staffed, and what each region has left
over and a training for its requirements would hold. Rows that tie are put in the order of their names.

  golden_test.py --kugged P --kuggectl P
  KUGGE_REGENERATE=1 golden_test.py ...     writes expected/ anew; the diff is to be read and explained
"""

import argparse
import datetime
import difflib
import fractions
import itertools
import json
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import kugge_process  # pylint: disable=wrong-import-position

DEMO_DATA = kugge_process.ROOT / 'deploy/demo_data'
EXPECTED = pathlib.Path(__file__).resolve().parent / 'expected'
# In the order in which they depend on each other.
KINDS = ('tenant', 'region', 'employer', 'requirement', 'provider', 'offering', 'session', 'profile')
PERSON = re.compile(r'tenants/[^/]+/profiles/[^/]+$')
REQUIREMENT = re.compile(r'tenants/[^/]+/employers/[^/]+/requirements/[^/]+$')
SESSION = re.compile(r'tenants/[^/]+/providers/[^/]+/offerings/[^/]+/sessions/[^/]+$')
REGION = re.compile(r'tenants/[^/]+/regions/[^/]+$')
MONTHS = ('januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november',
          'december')
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
# More than there are of anything.
ALL = 100
# Of a training that is proposed: who wants to begin later than its first day isn't counted.
PROPOSAL_WEEKS = 8
PROPOSAL_START = TODAY + datetime.timedelta(days=60)


def dated(text):
    """A day that is written "@today+30@" as a Date."""
    def date(match):
        day = TODAY + datetime.timedelta(days=int(match.group(1)))
        return json.dumps({'year': day.year, 'month': day.month, 'day': day.day})
    return re.sub(r'"@today([+-]\d+)@"', date, text)


def load(server, options):
    """Everything in; returns the names of the people, requirements, sessions and regions."""
    names = []
    kugge_process.Ctl(options.kuggectl, server).run('taxonomy', 'import', DEMO_DATA / 'taxonomy', '--id', 'starter-1')
    for kind in KINDS:
        lines = dated((DEMO_DATA / f'{kind}s.jsonl').read_text(encoding='utf-8')).splitlines()
        by_tenant = {}
        for line in lines:
            name = json.loads(line)['name']
            by_tenant.setdefault(name.split('/')[1], []).append(line)
            if any(form.match(name) for form in (PERSON, REQUIREMENT, SESSION, REGION)):
                names.append(name)
        for tenant, rows in by_tenant.items():
            kugge_process.Ctl(options.kuggectl, server, tenant).run(kind, 'import', '-', text='\n'.join(rows) + '\n')
    return names


# --- answers in words that a diff shows well --------------------------------------------------------------------------


def short(name):
    """`ovansiljan/exempel-lager-mora/godsmottagare-truck`: a name without the collections."""
    return '/'.join(name.split('/')[1::2])


def word(value, prefix):
    return value.removeprefix(prefix).lower().replace('_', ' ')


def contribution(line):
    """One line of a score: what was asked, how it came out, weight × credit = points."""
    parts = [word(line['kind'], 'DEMAND_KIND_')]
    if line.get('strength') == 'STRENGTH_HARD':
        parts.append('(hard)')
    parts.append(line.get('askedLabel', ''))
    if 'askedLevel' in line:
        parts.append(f'from {line["askedLevel"]}')
    if line.get('heldLabel'):
        parts.append(f'<- {line["heldLabel"]} {line.get("heldLevel", "")}')
    if line.get('relation', 'CONCEPT_RELATION_EXACT') != 'CONCEPT_RELATION_EXACT':
        parts.append(f'({word(line["relation"], "CONCEPT_RELATION_")})')
    credits = [f'{line.get(field, 0)}' for field in ('credit', 'potentialCredit')]
    points = [f'{line.get(field, 0)}' for field in ('contribution', 'potentialContribution')]
    parts.append(f': {word(line["outcome"], "DEMAND_OUTCOME_")}, '
                 f'{line.get("weight", 0)} x {" to ".join(unique(credits))} = {" to ".join(unique(points))}')
    return ' '.join(' '.join(parts).split()).replace(' :', ':')


def unique(words):
    return list(dict.fromkeys(words))


def sentences(lines):
    """The lines as a case worker reads them; days counted from today, as in the data."""
    def day(match):
        date = datetime.date(int(match.group(3)), 1 + MONTHS.index(match.group(2)), int(match.group(1)))
        return f'@today{(date - TODAY).days:+d}@'
    return [re.sub(rf'(\d+) ({"|".join(MONTHS)}) (\d{{4}})', day, line['sentence']) for line in lines]


def match_row(row):
    return {'name': short(row['name']), 'eligibility': word(row['eligibility'], 'ELIGIBILITY_'),
            'score': row.get('score', 0), 'potential': row.get('potentialScore', 0),
            'reverse': row.get('reverseScore', 0), 'order key': int(row.get('orderKey', 0)),
            'lines': [contribution(line) for line in row.get('contributions', [])],
            'reverse lines': [contribution(line) for line in row.get('reverseContributions', [])],
            'in words': sentences(row.get('contributions', []) + row.get('reverseContributions', []))}


def bridge_row(row):
    return {'name': short(row['match']['name']), 'score': row['match'].get('score', 0),
            'also unknown': row.get('uncertain', False),
            'carried by': [one['sentence'] for one in row['bridges']]}


def covered(row):
    return [f'{word(line["kind"], "DEMAND_KIND_")} {line.get("label", "")}: {line.get("weight", 0)}, '
            f'{"covered" if line.get("covered") else "not covered"}' for line in row.get('demands', [])]


def missing(line):
    """What a training asks first: which, how strictly, and whether that is known to be lacking."""
    level = f' from {line["level"]}' if 'level' in line else ''
    hard = ' (hard)' if line['strength'] == 'STRENGTH_HARD' else ''
    return (f'{word(line["kind"], "DEMAND_KIND_")} {line.get("label", "")}{level}{hard}: '
            f'{"unknown" if line["satisfaction"] == "SATISFACTION_UNKNOWN" else "lacking"}: {line["sentence"]}')


def offering_row(row, figures):
    return {'name': short(row['offering']), **figures, 'coverage': row.get('coverage', 0),
            'weeks': row.get('lengthWeeks', 0), 'session': row.get('session', '').rpartition('/')[2],
            'seats left': row.get('seatsLeft', 0), 'distance hm': row.get('distanceHm'),
            'other sessions': row.get('otherSessions', 0), 'demands': covered(row)}


def person_offering_row(row):
    return {**offering_row(row, {'gain positions': int(row.get('gainPositions', 0)),
                                 'gain requirements': row.get('gainRequirements', 0)}),
            'missing prerequisites': [missing(line) for line in row.get('missingPrerequisites', [])],
            'missing accommodations': [word(one, 'ACCOMMODATION_') for one in row.get('missingAccommodations', [])]}


def requirement_offering_row(row):
    return offering_row(row, {'in time': row.get('inTime', False), 'unlocked people': row.get('unlockedPeople', 0)})


def served_row(row):
    return {'name': short(row['requirement']), 'fillable positions': row.get('fillablePositions', 0),
            'unlocked people': row.get('unlockedPeople', 0),
            'possibly unlocked people': row.get('possiblyUnlockedPeople', 0),
            'eligible people': row.get('eligiblePeople', 0), 'positions': row['positions'],
            'seats left': row['seatsLeft'], 'coverage': row['coverage'], 'in time': row.get('inTime', False),
            'demands': covered(row)}


def helped_row(row):
    return {'name': short(row['profile']), 'gain positions': int(row['gainPositions']),
            'gain requirements': row['gainRequirements']}


def step(row):
    prepared = [missing({**line, 'strength': 'STRENGTH_HARD'}) for line in row.get('preparedPrerequisites', [])]
    return {'name': short(row['session']), 'weeks': row['weeks'], 'seats left': row['seatsLeft'],
            'distance hm': row.get('distanceHm', 0), 'prepared': prepared,
            'missing accommodations': [word(one, 'ACCOMMODATION_') for one in row.get('missingAccommodations', [])]}


def goal(row):
    return {'name': short(row['requirement']), 'order key': int(row.get('orderKey', 0))}


def pathway_row(row):
    return {'name': ' '.join(short(one['session']) for one in row['steps']),
            'gain positions': int(row['gainPositions']), 'gain requirements': row['gainRequirements'],
            'weeks': row['weeks'], 'steps': [step(one) for one in row['steps']],
            'goals': without_chance(row['goals'], lambda one: one.get('orderKey', 0), goal)}


def distance(row):
    """What is given at a distance stands beside what is given next door."""
    return max(0, row.get('distanceHm', 0))


def staffing(answer):
    """What an area can do for a requirement."""
    return {**{name: int(answer.get(field, 0)) for name, field in (
                ('people', 'people'), ('eligible', 'eligiblePeople'), ('uncertain', 'uncertainPeople'),
                ('shortfall', 'shortfall'), ('after the plan', 'shortfallAfterPlan'))},
            'plan': [{'name': short(one['session']), 'adds': int(one['adds']),
                      'unlocked people': int(one['unlockedPeople'])} for one in answer.get('plan', [])],
            'lacked': [one['sentence'] for one in answer.get('lacked', [])]}


def leftover(row):
    nearest = row.get('nearest')
    return {'name': short(row['name']),
            'nearest': f'{word(nearest["eligibility"], "ELIGIBILITY_")}: {short(nearest["name"])}' if nearest else ''}


def proposal(answer):
    """What a training for a region's requirements would hold."""
    return {**{name: int(answer.get(field, 0)) for name, field in (
                ('requirements', 'requirements'), ('open positions', 'openPositions'), ('weeks', 'weeks'),
                ('filled positions', 'filledPositions'), ('at most', 'filledPositionsBound'),
                ('unlocked people', 'unlockedPeople'))},
            **{part: [one['sentence'] for one in answer.get(part, [])]
               for part in ('modules', 'prerequisites', 'uncovered')}}


def day(date):
    return tuple(date[part] for part in ('year', 'month', 'day'))


def end_day(row):
    return day(row['sessionEndDate'])


# What rows are ordered by before their tie: docs/scoring.md.
def match_key(row):
    return row['eligibility'], row.get('orderKey', 0)


def bridge_key(row):
    return row.get('uncertain', False), row['match'].get('orderKey', 0)


def leftover_key(row):
    """Those whom something uncertain is nearest to come first, by its order key; the others by chance alone."""
    nearest = row.get('nearest', {})
    return nearest.get('orderKey', 0) if nearest.get('eligibility') == 'ELIGIBILITY_UNCERTAIN' else None


def person_offering_key(row):
    return (*(row.get(field, 0) for field in ('gainPositions', 'gainRequirements', 'lengthWeeks')), distance(row))


def requirement_offering_key(row):
    return (*(row.get(field, 0) for field in ('inTime', 'coverage', 'unlockedPeople')), end_day(row), distance(row))


def served_key(row):
    return tuple(row.get(field, 0) for field in ('fillablePositions', 'unlockedPeople', 'coverage'))


def helped_key(row):
    return row['gainPositions'], row['gainRequirements']


def pathway_key(row):
    positions = int(row['gainPositions'])
    return fractions.Fraction(positions, row['weeks']), positions, day(row['endDate'])


def without_chance(rows, key, shown):
    """Ties are settled by a key of the data folder, so by name here."""
    runs = itertools.groupby(rows, key=key)
    return [row for _, run in runs for row in sorted(map(shown, run), key=lambda row: row['name'])]


def ask(ctl, name, *question):
    answer = json.loads(ctl.run('--output', 'json', 'match', *question, '--explain', '--language', 'sv',
                                '--page-size', ALL))
    if 'nextPageToken' in answer:
        raise RuntimeError(f'{name} has more than {ALL} matches: a golden answer is to be read by people')
    return answer


def ask_for_pathways(ctl, name):
    answer = json.loads(ctl.run('--output', 'json', 'match', 'pathways', name, '--page-size', ALL))
    if any(row['gainRequirements'] > len(row['goals']) for row in answer.get('pathways', [])):
        raise RuntimeError(f'{name} has a way to more goals than are told: which ones may be chance')
    return answer


def region_answer(ctl, name):
    """What a region has left over, and what a training for the requirements in it would hold."""
    left = json.loads(ctl.run('--output', 'json', 'match', 'leftovers', name.rpartition('/regions/')[0],
                              '--region', name, '--page-size', ALL))
    proposed = json.loads(ctl.run('--output', 'json', 'match', 'proposal', '--weeks', PROPOSAL_WEEKS,
                                  '--start', PROPOSAL_START, '--work-region', name, '--language', 'sv'))
    return {'people left over': without_chance(left.get('profiles', []), leftover_key, leftover),
            'requirements left over': without_chance(left.get('requirements', []), leftover_key, leftover),
            'proposal': proposal(proposed)}


def answers(server, options, name):
    ctl = kugge_process.Ctl(options.kuggectl, server, name.split('/')[1])
    if REGION.match(name):
        return region_answer(ctl, name)
    if SESSION.match(name):
        served, helped = ask(ctl, name, 'requirements', name), ask(ctl, name, 'profiles', name)
        return {'requirements': without_chance(served.get('servedRequirements', []), served_key, served_row),
                'profiles': without_chance(helped.get('helpedProfiles', []), helped_key, helped_row)}
    person = PERSON.match(name)
    question = 'requirements' if person else 'profiles'
    offered = (person_offering_key, person_offering_row) if person else (requirement_offering_key,
                                                                         requirement_offering_row)
    found = ask(ctl, name, question, name, '--near-misses', '--bridges')
    offerings = ask(ctl, name, 'offerings', '--for', name)
    result = {question: without_chance(found.get('matches', []), match_key, match_row),
              'near misses': without_chance(found.get('nearMisses', []), match_key, match_row),
              'bridges': without_chance(found.get('bridgeMatches', []), bridge_key, bridge_row),
              'offerings': without_chance(offerings.get('matches', []), *offered)}
    if person:
        planned = ask_for_pathways(ctl, name)
        result['pathways'] = without_chance(planned.get('pathways', []), pathway_key, pathway_row)
    else:
        result['uncovered'] = {'share': offerings.get('uncoveredShare', 0), 'demands': [
            one['sentence'] for one in offerings.get('uncovered', [])]}
        result['staffing'] = staffing(json.loads(ctl.run('--output', 'json', 'match', 'staffing', name,
                                                         '--language', 'sv')))
    return result


# --- comparison -------------------------------------------------------------------------------------------------------


def as_text(answer):
    return json.dumps(answer, ensure_ascii=False, indent=1) + '\n'


def differences(expected, answered):
    """Lines of a diff; none where the texts are the same."""
    return list(difflib.unified_diff(expected.splitlines(), answered.splitlines(), 'expected', 'answered', lineterm=''))


def check_the_check():
    """A changed order and a changed score are noticed."""
    rows = [{'name': name, 'order': order} for name, order in (('a', 2), ('b', 1))]

    def settled(rows):
        return as_text(without_chance(rows, lambda row: row['order'], lambda row: row))
    assert not differences(settled(rows), as_text(rows))
    assert differences(settled(rows[::-1]), as_text(rows))
    assert differences(as_text(rows), as_text([rows[0], {**rows[1], 'order': 0}]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--kugged', required=True)
    parser.add_argument('--kuggectl', required=True)
    options = parser.parse_args()
    check_the_check()
    with tempfile.TemporaryDirectory(prefix='kugge-golden.') as data, \
            kugge_process.Server(options.kugged, data) as server:
        server.start()
        answered = {short(name).replace('/', '.') + '.json': as_text(answers(server, options, name))
                    for name in load(server, options)}
    known = {path.name: path.read_text(encoding='utf-8') for path in EXPECTED.glob('*.json')}
    if os.environ.get('KUGGE_REGENERATE') == '1':
        EXPECTED.mkdir(exist_ok=True)
        for file in known.keys() - answered.keys():
            (EXPECTED / file).unlink()
        for file, text in answered.items():
            (EXPECTED / file).write_text(text, encoding='utf-8')
        print(f'wrote {len(answered)} answers to {EXPECTED}')
        return 0
    failed = 0
    for file in sorted(known.keys() | answered.keys()):
        diff = differences(known.get(file, ''), answered.get(file, ''))
        failed += bool(diff)
        if diff:
            print(f'{file}:', *diff[:60], sep='\n')
    print(f'{len(known.keys() | answered.keys()) - failed} passed, {failed} failed')
    return 1 if failed or not answered else 0


if __name__ == '__main__':
    sys.exit(main())
