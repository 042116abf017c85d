"""Counts test cases, not test programs: how many passed, failed and were skipped, per kind.

A GoogleTest program leaves its cases in <build>/test-results/<entry>.xml. Any other CTest entry counts by the line
`N passed, N failed` that it closes on, or as one case where it prints none. The kind of a case is its entry's label.
The exit code is 0 only if something ran and nothing failed; with --no-skips a skipped case fails too.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

CLOSING_LINE = re.compile(
    r'^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$', re.MULTILINE)

Count = collections.namedtuple('Count', 'passed failed skipped')


def add(left, right):
    return Count(*(a + b for a, b in zip(left, right)))


def labels_by_entry(build):
    """CTest's own word on which entries exist and what kind each is of."""
    listing = subprocess.run(
        ['ctest', '--test-dir', str(build), '--show-only=json-v1'],
        check=True, capture_output=True, text=True).stdout
    labels = {}
    for entry in json.loads(listing)['tests']:
        properties = {p['name']: p['value'] for p in entry.get('properties', [])}
        labels[entry['name']] = (properties.get('LABELS') or ['unlabelled'])[0]
    return labels


def gtest_cases(path):
    """Counts of one GoogleTest result file and the names of what did not pass."""
    count, notes = Count(0, 0, 0), []
    for case in ElementTree.parse(path).getroot().iter('testcase'):
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find('failure') is not None:
            count = add(count, (0, 1, 0))
            notes.append(('failed', name))
        elif case.find('skipped') is not None or case.get('status') == 'notrun':
            count = add(count, (0, 0, 1))
            notes.append(('skipped', name))
        else:
            count = add(count, (1, 0, 0))
    return count, notes


def plain_entry(case):
    """Counts of an entry that is no GoogleTest program, from CTest's JUnit report."""
    name = case.get('name')
    if case.find('skipped') is not None and 'SKIP_RETURN_CODE' in (
            case.find('skipped').get('message') or ''):
        return Count(0, 0, 1), [('skipped', name)]
    passed = case.get('status') == 'run'
    lines = CLOSING_LINE.findall(case.findtext('system-out') or '')
    if lines:
        count = Count(*(int(number or 0) for number in lines[-1]))
    else:
        count = Count(1, 0, 0) if passed else Count(0, 1, 0)
    if not passed and count.failed == 0:
        count = count._replace(failed=1)
    return count, [('failed', name)] if count.failed else []


def count_entry(case, results):
    path = results / f"{case.get('name')}.xml"
    if not path.exists():
        return plain_entry(case)
    count, notes = gtest_cases(path)
    if case.get('status') != 'run' and count.failed == 0:
        # Every case passed and the program failed all the same: a leak, a race, a crash on the way out.
        count = count._replace(failed=1)
        notes.append(('failed', f"{case.get('name')} (its exit)"))
    return count, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', type=pathlib.Path)
    parser.add_argument('--extra', action='append', default=[], metavar='KIND:PASSED:FAILED',
                        help='cases that ran outside CTest')
    parser.add_argument('--no-skips', action='store_true', help='a skipped case is a failure')
    arguments = parser.parse_args()

    kinds = collections.defaultdict(lambda: Count(0, 0, 0))
    notes = []
    labels = labels_by_entry(arguments.build)
    results = arguments.build / 'test-results'
    junit = results / 'ctest.junit'
    if not junit.exists():
        sys.exit(f'count_results: {junit} is missing: CTest did not run')
    for case in ElementTree.parse(junit).getroot().iter('testcase'):
        count, case_notes = count_entry(case, results)
        kind = labels.get(case.get('name'), 'unlabelled')
        kinds[kind] = add(kinds[kind], count)
        notes += case_notes
    for extra in arguments.extra:
        kind, passed, failed = extra.split(':')
        kinds[kind] = add(kinds[kind], (int(passed), int(failed), 0))

    for verdict, name in sorted(notes):
        print(f'{verdict}: {name}')
    for kind, count in sorted(kinds.items()):
        print(f'{kind:14} {count.passed:6} passed {count.failed:4} failed {count.skipped:4} skipped')
    total = Count(0, 0, 0)
    for count in kinds.values():
        total = add(total, count)
    print(f'{total.passed} passed, {total.failed} failed, {total.skipped} skipped')
    if total.failed or total.passed == 0:
        return 1
    if arguments.no_skips and total.skipped:
        print('count_results: a test was skipped, and here every test has what it needs', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
