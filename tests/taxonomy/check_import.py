#!/usr/bin/python3
"""Imports the official JobTech files into a fresh kugged and compares what it serves with the files themselves.

Reads the files on its own, from docs/formats/taxonomy.md and not from the C++ readers: every concept's fields, counts
by type, relations by kind. Then asks the server: GetTaxonomy's counts, relations over all concepts, and random concepts
field by field through kuggectl.

  check_import.py --kugged P --kuggectl P [--concepts 50] [--seed N]

77 (skipped) where the files are not on this machine.
"""

import argparse
import collections
import json
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import kugge_process  # pylint: disable=wrong-import-position

# --- the files, read on our own ---------------------------------------------------------------------------------------

CODES = ('ssyk_code_2012', 'isco_code_08', 'sun_education_field_code_2020', 'sun_education_level_code_2020',
         'sni_level_code_2007', 'iso_3166_1_alpha_2_2013', 'iso_639_1_2002', 'iso_639_2_1998', 'iso_639_3_2007',
         'national_nuts_level_3_code_2019', 'nuts_level_3_code_2021', 'nuts_level_3_code_2013', 'lau_2_code_2015')
# As the old ids spell types; `place` is no type of the taxonomy.
OLD_TYPES = {'driving-license': 'driving-licence', 'occupation-group': 'ssyk-level-4',
             'occupation-experience-years': 'occupation-experience-year'}
NO_TYPE = 'place'
LISTED, MENTIONED, OLD = range(3)


class Expected:
    """What docs/formats/taxonomy.md makes of the files."""

    def __init__(self, folder):
        self.types, self.labels, self.texts = {}, {}, collections.defaultdict(dict)
        self.relations = collections.defaultdict(lambda: collections.defaultdict(set))
        self.legacy = collections.defaultdict(set)
        self.authority, self.by_code, self.refused = {}, [], collections.Counter()
        for path in sorted(folder.glob('*.json')):
            content = json.loads(path.read_text(encoding='utf-8'))
            if 'data' not in content:
                self._read_old_ids(path.name, content)
            else:
                for concept in content['data'].get('concepts', []):
                    self._read(concept, LISTED)
        self._join_by_code()
        self.listed_types = {self.types[each] for each, how in self.authority.items() if how == LISTED}

    def _read(self, concept, authority):
        key = concept.get('id')
        if key is None:
            self.by_code.append(concept)
            return
        self._learn(key, concept['type'], concept['preferred_label'], authority)
        code = next((concept[field] for field in CODES if concept.get(field)), '')
        definition = concept.get('definition') or ''
        self._text(key, 'code', code)
        self._text(key, 'definition', '' if definition == concept['preferred_label'] else definition)
        relations = self.relations[key]
        for below in concept.get('narrower') or []:
            self._read(below, LISTED)
            self.relations[below['id']]['broader'].add(key)
        for other in concept.get('related') or []:
            self._read(other, MENTIONED)
            relations['related'].add(other['id'])
        for other in concept.get('substitutes') or []:
            self._read(other, MENTIONED)
            relations['substitutes'].add((other['id'], int(other['substitutability_percentage'])))
        for other in concept.get('substituted_by') or []:
            self._read(other, MENTIONED)
            self.relations[other['id']]['substitutes'].add((key, int(other['substitutability_percentage'])))

    def _learn(self, key, kind, label, authority):
        assert self.types.setdefault(key, kind) == kind, f'{key} is a {self.types[key]} and a {kind}'
        before = self.authority.get(key)
        if before is None or authority < before:
            self.authority[key], self.labels[key] = authority, label
        elif authority == before:
            self.labels[key] = min(self.labels[key], label, key=str.encode)

    def _text(self, key, field, text):
        if text:
            self.texts[key][field] = min(self.texts[key].get(field, text), text, key=str.encode)

    def _read_old_ids(self, file, content):
        for rows in content.values():
            for row in rows.values():
                kind = OLD_TYPES.get(row['type'], row['type'])
                if kind == NO_TYPE:
                    self.refused[file] += 1
                    continue
                key, old = row['conceptId'], row['legacyAmsTaxonomyId']
                self._learn(key, kind, row['preferredTerm'], OLD)
                self.legacy[key].add(old)
                if kind in ('municipality', 'region'):
                    self._text(key, 'code', old)

    def _join_by_code(self):
        known = {(self.types[key], texts.get('code')): key for key, texts in self.texts.items()}
        for concept in self.by_code:
            code = next(concept[field] for field in CODES if concept.get(field))
            key = known[concept['type'], code]
            self._learn(key, concept['type'], concept['preferred_label'], LISTED)

    def deprecated(self, key):
        kind = self.types[key]
        return self.authority[key] == OLD and (kind in self.listed_types or kind.startswith('deprecated-'))

    def concept(self, key):
        """In the form of plain()."""
        texts, relations = self.texts[key], self.relations[key]
        return {'id': key, 'type': self.types[key], 'label': self.labels[key], 'code': texts.get('code', ''),
                'definition': texts.get('definition', ''), 'broader': sorted(relations['broader']),
                'related': sorted(relations['related']), 'substitutes': sorted(relations['substitutes']),
                'legacy ids': sorted(self.legacy[key]), 'deprecated': self.deprecated(key)}

    def counts(self):
        """Type: concepts in use, concepts no longer in use."""
        counts = collections.defaultdict(lambda: [0, 0])
        for key, kind in self.types.items():
            counts[kind][self.deprecated(key)] += 1
        return {kind: tuple(pair) for kind, pair in counts.items()}


# --- the server's answers ---------------------------------------------------------------------------------------------


def plain(concept):
    """A Concept of the API's JSON, as Expected.concept() has it."""
    return {'id': concept['id'], 'type': concept['type'], 'label': concept['preferredLabel'],
            'code': concept.get('code', ''), 'definition': concept.get('definition', ''),
            'broader': sorted(concept.get('broader', [])), 'related': sorted(concept.get('related', [])),
            'substitutes': sorted((edge['concept'], edge['grade']) for edge in concept.get('substitutes', [])),
            'legacy ids': sorted(concept.get('legacyIds', [])), 'deprecated': concept.get('deprecated', False)}


def edges(concepts):
    """Kinds of relation, counted over concepts of plain()'s form."""
    types = {concept['id']: concept['type'] for concept in concepts}
    counts = collections.Counter()
    for concept in concepts:
        counts['broader'] += len(concept['broader'])
        for other in concept['related']:
            counts[f'{concept["type"]} to {types[other]}'] += 1
        for _, grade in concept['substitutes']:
            counts[f'substitutes {grade}'] += 1
    return counts


class Served:
    """All concepts, a thousand ids a call."""

    def __init__(self, address, ids):
        import grpc  # pylint: disable=import-outside-toplevel
        from google.protobuf import json_format  # pylint: disable=import-outside-toplevel
        calls, stubs = kugge_process.load_stubs('taxonomy_service_pb2', 'taxonomy_service_pb2_grpc')
        self.concepts = []
        options = [('grpc.max_receive_message_length', -1), ('grpc.enable_http_proxy', 0)]
        with grpc.insecure_channel(address, options=options) as channel:
            stub = stubs.TaxonomyServiceStub(channel)
            self.taxonomy = stub.GetTaxonomy(calls.GetTaxonomyRequest(name='taxonomies/-'), timeout=60)
            for begin in range(0, len(ids), 1000):
                answer = stub.ResolveConcepts(calls.ResolveConceptsRequest(ids=ids[begin:begin + 1000]), timeout=60)
                self.concepts += [plain(json_format.MessageToDict(each.resolved_concept))
                                  for each in answer.concepts if each.HasField('resolved_concept')]


# --- the comparison ---------------------------------------------------------------------------------------------------


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def same(self, what, served, expected):
        if served == expected:
            self.passed += 1
            return
        self.failed += 1
        print(f'DIFFERENT {what}: served {served!r}, the files say {expected!r}')


def compare(tally, expected, server, ctl, options):
    ids = sorted(expected.types)
    served = Served(server.address, ids)
    counted = {count.type: (count.active, count.deprecated) for count in served.taxonomy.concept_counts}
    wanted = expected.counts()
    for kind in sorted(counted.keys() | wanted.keys()):
        tally.same(f'count of {kind} (in use, no longer)', counted.get(kind), wanted.get(kind))
    from_files = [expected.concept(key) for key in ids]
    found_edges, file_edges = edges(served.concepts), edges(from_files)
    for kind in sorted(found_edges.keys() | file_edges.keys()):
        tally.same(f'relations {kind}', found_edges[kind], file_edges[kind])
        print(f'{kind}: {found_edges[kind]}')
    tally.same('relations in all', served.taxonomy.relations, sum(file_edges.values()))
    for file in served.taxonomy.files:
        tally.same(f'refused rows of {file.file}', file.refused, expected.refused[file.file])
    different = [(one, other) for one, other in zip(served.concepts, from_files) if one != other]
    tally.same('concepts that differ from the files', len(different) + abs(len(served.concepts) - len(ids)), 0)
    for key in random.Random(options.seed).sample(ids, min(options.concepts, len(ids))):
        answer = json.loads(ctl.run('--output', 'json', 'taxonomy', 'show', key).splitlines()[0])
        shown, wanted_concept = plain(answer.get('expandedConcept', answer)), expected.concept(key)
        for field in wanted_concept:
            tally.same(f'{key} {field}', shown[field], wanted_concept[field])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--kugged', required=True)
    parser.add_argument('--kuggectl', required=True)
    parser.add_argument('--concepts', type=int, default=50)
    parser.add_argument('--seed', type=int, default=random.SystemRandom().randrange(1_000_000))
    options = parser.parse_args()
    folder = kugge_process.shared_data('jobtech')
    if folder is None:
        print('skipped: no official files in data/jobtech of $KUGGE_SHARED or ../shared')
        return kugge_process.SKIPPED
    print(f'seed {options.seed}')
    expected, tally = Expected(folder), Tally()
    with tempfile.TemporaryDirectory(prefix='kugge-taxonomy.') as data, \
            kugge_process.Server(options.kugged, data) as server:
        server.start()
        ctl = kugge_process.Ctl(options.kuggectl, server)
        begin = time.monotonic()
        ctl.run('taxonomy', 'import', folder, '--id', 'jobtech-25')
        print(f'imported {len(expected.types)} concepts in {time.monotonic() - begin:.2f} seconds')
        compare(tally, expected, server, ctl, options)
        server.kill()
        print(f'ready after a restart in {server.start():.2f} seconds')
    print(f'{tally.passed} passed, {tally.failed} failed')
    return 1 if tally.failed else 0


if __name__ == '__main__':
    sys.exit(main())
