#!/usr/bin/python3
"""Kills kugged with SIGKILL at random moments of imports, and checks that every row it acknowledged is there.

What kuggectl's verdict journal holds as created or replaced is acknowledged. After each kill the server starts again on
the same folder, and every acknowledged row so far must be there as the full resource that was sent; any other row that
is there must be whole as well, and one that was sent. The import then goes on with the rows that nobody answered.

Behind the last commit in the log the drill writes the beginning of another, as a power cut may leave it: the next start
must drop it.

kill -9 leaves the operating system's page cache alone: this checks the order of writing and answering and the recovery
of the log, not that the disk keeps what was synced.

  import_kill.py --kugged P --kuggectl P                                        as a test: small, under a minute
  import_kill.py ... --people 50000 --requirements 5000 --offerings 2000 --kills 20     as a drill

Fails where a row is lost or wrong. The seconds until ready are a figure for people: machines differ.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import kugge_process  # pylint: disable=wrong-import-position
import population  # pylint: disable=wrong-import-position

# An orchestrator's patience, and short enough that nobody is called.
READY_GOAL_SECONDS = 5
# Of RocksDB's log.
BLOCK = 32768
ACKNOWLEDGED = ('IMPORT_VERDICT_CREATED', 'IMPORT_VERDICT_REPLACED')


class Journal:
    """Reads a verdict file while it grows."""

    def __init__(self, path):
        self.path, self._file, self._rest = path, None, ''
        self.acknowledged, self.refused = set(), []

    def read(self):
        if self._file is None:
            if not self.path.exists():
                return
            self._file = open(self.path, encoding='utf-8')  # pylint: disable=consider-using-with
        lines = (self._rest + self._file.read()).split('\n')
        self._rest = lines.pop()
        for line in lines:
            verdict = json.loads(line)
            if verdict['verdict'] in ACKNOWLEDGED:
                self.acknowledged.add(verdict['name'])
            else:
                self.refused.append(line)

    def close(self):
        self.read()
        if self._file is not None:
            self._file.close()


def lost_rows(acknowledged, sent, found):
    """Acknowledged names that are not there, or not as sent; sent and found are bytes by name."""
    return [name for name in acknowledged if name not in found or found[name] != sent.get(name)]


def broken_rows(acknowledged, sent, found):
    """What nobody acknowledged and is there all the same, in another form than it was sent."""
    return [name for name, held in found.items() if name not in acknowledged and held != sent.get(name)]


def check_the_check():
    """The checks notice what they are for."""
    sent = {'a': b'1', 'b': b'2', 'c': b'3'}
    assert not lost_rows({'a', 'b'}, sent, {'a': b'1', 'b': b'2'})
    assert lost_rows({'a', 'b'}, sent, {'a': b'1'}) == ['b'], 'a missing row'
    assert lost_rows({'a', 'b'}, sent, {'a': b'1', 'b': b''}) == ['b'], 'a row cut short'
    assert lost_rows({'z'}, sent, {'a': b'1'}) == ['z'], 'a row that was never sent'
    assert broken_rows({'a'}, sent, {'a': b'1', 'c': b''}) == ['c']
    assert not broken_rows({'a'}, sent, {'a': b'1', 'c': b'3'})


def tear_log(folder):
    """Leaves the beginning of a commit behind the last one in the newest log, if that log has its full size."""
    logs = sorted(folder.glob('*.log'), key=lambda path: int(path.stem))
    if not logs:
        return False
    with open(logs[-1], 'r+b') as log:
        held = log.read()
        end = len(held.rstrip(b'\0'))
        # A header, which must be within a block, and a part of its 4,096 bytes.
        if end + 8192 > len(held) or BLOCK - end % BLOCK < 200:
            return False
        log.seek(end)
        log.write(b'\x12\x34\x56\x78\x00\x10\x01' + b'torn' * 25)
    return True


class Drill:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.random = random.Random(options.seed)
        self.server = kugge_process.Server(options.kugged, folder / 'data')
        self.ctl = kugge_process.Ctl(options.kuggectl, self.server)
        self.reader = population.Reader()
        self.acknowledged = {kind: set() for kind in population.KINDS}
        self.lost, self.broken, self.refused = set(), set(), []
        self.ready, self.import_seconds, self.imports, self.checked = [], 0.0, 0, 0
        self.population, self.kill_at, self.torn = None, [], 0

    def total(self):
        return sum(map(len, self.acknowledged.values()))

    def run(self):
        options = self.options
        self.population = population.Population(self.ctl, self.folder / 'population', options.taxonomy, options.people,
                                                options.requirements, options.offerings, options.seed)
        # One in each of as many equal stretches, anywhere within it.
        step = self.population.size / max(1, options.kills)
        self.kill_at = [int((i + self.random.random()) * step) for i in range(options.kills)]
        self.ready.append(self.server.start())
        population.load_basics(self.ctl, options.taxonomy)
        for kind in population.KINDS:
            while self.import_rest(kind):
                self.ready.append(self.server.start())
                self.check()
        # All there, after one more start.
        self.server.kill()
        self.ready.append(self.server.start())
        self.check()
        for kind, rows in self.population.rows.items():
            self.lost.update({row.name for row in rows} - self.acknowledged[kind])
        self.check_against_a_false_journal()

    def import_rest(self, kind):
        """Imports what is not acknowledged yet. True: the server was killed meanwhile."""
        rest = [row for row in self.population.rows[kind] if row.name not in self.acknowledged[kind]]
        self.imports += 1
        path = self.folder / f'{self.imports}-{kind}s.jsonl'
        path.write_text(''.join(row.line + '\n' for row in rest), encoding='utf-8')
        journal = Journal(self.folder / f'{self.imports}-verdicts.jsonl')
        before, begin = self.total(), time.monotonic()
        client = self.ctl.start(kind, 'import', path, '--verdicts', journal.path)
        is_killed = False
        while client.poll() is None:
            journal.read()
            if self.kill_at and before + len(journal.acknowledged) >= self.kill_at[0]:
                self.kill_at.pop(0)
                self.wait(client, self.random.uniform(0, 0.02))
                self.server.kill()
                self.torn += tear_log(self.folder / 'data' / 'rocksdb')
                is_killed = True
                break
            self.wait(client, 0.002)
        client_words = client.communicate(timeout=60)[0]
        self.import_seconds += time.monotonic() - begin
        journal.close()
        self.acknowledged[kind] |= journal.acknowledged
        self.refused += journal.refused
        if not is_killed and client.returncode != 0:
            raise RuntimeError(f'{kind} import: {client_words}')
        if is_killed:
            print(f'  killed at {self.total()} of {self.population.size} rows, {kind}s', flush=True)
        return is_killed

    @staticmethod
    def wait(client, seconds):
        try:
            client.wait(seconds)
        except subprocess.TimeoutExpired:
            pass

    def compare(self, kind, acknowledged):
        sent = {row.name: self.reader.expected(kind, row) for row in self.population.rows[kind]}
        found = self.reader.read(self.server.address, kind)
        return lost_rows(acknowledged, sent, found), broken_rows(acknowledged, sent, found)

    def check(self):
        for kind, acknowledged in self.acknowledged.items():
            lost, broken = self.compare(kind, acknowledged)
            self.checked += len(acknowledged)
            for name in lost[:5]:
                print(f'  LOST {name}')
            for name in broken[:5]:
                print(f'  BROKEN {name}')
            self.lost.update(lost)
            self.broken.update(broken)

    def check_against_a_false_journal(self):
        """A journal that claims a row too many is found out on this very server."""
        false = population.TENANT + '/profiles/never-sent'
        lost, _ = self.compare('profile', self.acknowledged['profile'] | {false})
        assert false in lost, 'a row that does not exist was not missed'

    def report(self):
        slowest = max(self.ready)
        kugge_process.figure('I2.crash.lost', 'rows', len(self.lost), 'count', 0, not self.lost)
        kugge_process.figure('I2.crash.broken', 'rows', len(self.broken), 'count', 0, not self.broken)
        kugge_process.figure('I2.crash.ready_max', 'seconds', slowest, 's', READY_GOAL_SECONDS,
                             slowest <= READY_GOAL_SECONDS)
        kugge_process.figure('I2.crash.import_rate', 'rows', self.population.size / self.import_seconds, 'rows/s', None,
                             True)
        print(f'{self.options.kills - len(self.kill_at)} kills, {self.torn} torn logs, {len(self.ready)} starts, '
              f'{self.checked} acknowledged rows compared, {len(self.refused)} refused')
        for line in self.refused[:5]:
            print(f'  refused: {line}')
        return not (self.lost or self.broken or self.refused or self.kill_at)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--kugged', required=True)
    parser.add_argument('--kuggectl', required=True)
    parser.add_argument('--people', type=int, default=2000)
    parser.add_argument('--requirements', type=int, default=200)
    parser.add_argument('--offerings', type=int, default=80)
    parser.add_argument('--kills', type=int, default=5)
    parser.add_argument('--seed', type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument('--taxonomy', default=str(kugge_process.STARTER_TAXONOMY))
    options = parser.parse_args()
    check_the_check()
    print(f'seed {options.seed}', flush=True)
    with tempfile.TemporaryDirectory(prefix='kugge-crash.') as folder:
        drill = Drill(options, pathlib.Path(folder))
        with drill.server:
            drill.run()
            is_met = drill.report()
    print('1 passed, 0 failed' if is_met else '0 passed, 1 failed')
    return 0 if is_met else 1


if __name__ == '__main__':
    sys.exit(main())
