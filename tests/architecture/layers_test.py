#!/usr/bin/python3
"""Checks every #include, and a few words, of the C++ tree against the layer picture of docs/architecture.md.

All system headers share one include folder, so a missing link dependency does not stop a wrong #include: this does. The
picture is data: FOLDERS says for each folder what it may include, WORDS what may not be written where. A new folder
needs a row here, which is the moment to think about where it stands. Seeded faults show first that each rule bites.

Usage: layers_test.py [ROOT]    (the checkout; default: the one this file is in)
"""

import pathlib
import re
import subprocess
import sys

# --- the picture -----------------------------------------------------------------------------------------------------

# What an included path stands for; the first match counts.
KINDS = (
    (r'.*\.grpc\.pb\.h$', 'grpc'),
    (r'kugge/storage/.*\.pb\.h$', 'disk messages'),
    (r'kugge/config/.*\.pb\.h$', 'config messages'),
    (r'kugge/v\d+/\w+_service\.pb\.h$', 'call messages'),
    (r'.*\.pb\.h$', 'messages'),
    (r'google/protobuf/', 'messages'),
    (r'(grpcpp|grpc\+\+|grpc)/', 'grpc'),
    (r'rocksdb/', 'rocksdb'),
    (r'prometheus/', 'prometheus'),
    (r'simdjson\.h$', 'simdjson'),
    (r'(gtest|gmock)/', 'gtest'),
    (r'benchmark/', 'benchmark'),
)

# Folders of ours, longest name first where one holds another: each `#include "a/b/c.h"` belongs to one of them.
CORE = {'base'}
ENGINE = CORE | {'matching', 'matching/taxonomy'}
RECORDS = CORE | {'storage', 'messages', 'disk messages'}
CALLS = CORE | {'messages', 'call messages', 'grpc', 'services/rpc', 'services/auth'}
BRIDGE = ENGINE | {'storage', 'messages', 'services/features'}
SERVICE = CALLS | BRIDGE | {'services/index', 'services/resource'}
STORES = {'storage/memory', 'storage/rocksdb', 'storage/decorators', 'storage/migrations'}

FOLDERS = {
    'base': CORE | {'prometheus'},
    'base/testing': CORE | {'gtest', 'messages'},
    'matching': ENGINE,
    'matching/taxonomy': ENGINE | {'simdjson'},
    'storage': RECORDS,
    # A store brings its data up to the current schema when it opens.
    'storage/memory': RECORDS | {'storage/migrations'},
    'storage/rocksdb': RECORDS | {'storage/migrations', 'rocksdb'},
    'storage/decorators': RECORDS,
    'storage/migrations': RECORDS,
    'services/rpc': CALLS,
    'services/auth': CALLS,
    'services/features': BRIDGE,
    'services/index': BRIDGE,
    # What is written once for every kind of resource.
    'services/resource': SERVICE,
    # Every other folder of services/ is a service: it never includes another service.
    'services/*': SERVICE,
    # The wiring sees all below it.
    'services/server': SERVICE | STORES | {'services/*', 'config messages', 'prometheus'},
    # Clients speak the public API; of the engine they may use the pure readers.
    'clients': ENGINE | {'messages', 'call messages', 'grpc'},
    # What crosses folders may see all of them.
    'tests': None,
}
# A unit test may besides build what its folder only knows by a seam.
UNIT_TESTS = {'gtest', 'base/testing', 'storage/memory', 'storage/rocksdb', 'messages'}

# The engine is pure: no clock, no log, no thread, no input or output. Its tests may do as they like.
PURE = ('matching',)
# A column that is made when a strategy is first used, and shared by readers.
# ADR 0016: weights of strategies, and the buffers that questions are lent.
IMPURE_BY_DECISION = {('matching/index/requirement_segment.h', 'base/mutex.h'), ('matching/index/block.cc', 'base/mutex.h'),
                      ('matching/index/kept_sets.h', 'base/mutex.h')}
IMPURE_HEADERS = re.compile(
    r'(base/(clock|log|metrics|id_source|mutex)\.h|absl/time/clock\.h|absl/(synchronization|random|flags)/.*'
    r'|fstream|iostream|cstdio|filesystem|thread|mutex|condition_variable|future|random|ctime|chrono'
    r'|(sys|net|arpa|netinet)/.*|unistd\.h|fcntl\.h)$')

# (where, not where, pattern, why)
WORDS = (
    ('', 'base/mutex.h', r'\babsl::(Mutex|MutexLock|CondVar)\b',
     'absl::Mutex: Debian does not instrument it, so TSan calls correct use a race; use base/mutex.h'),
    ('', '', r'\bstd::w?regex(_\w+)?\b', 'std::regex: its recursion is as deep as the input is long'),
    ('', '', r'\bthrow\b', 'throw: errors are absl::Status'),
    ('', 'tests/', r'\b(sleep_for|sleep_until|absl::SleepFor|usleep)\b',
     'a sleep: wait for the event, or take the clock as an argument'),
)
BANNED_HEADERS = {
    'regex': 'std::regex: its recursion is as deep as the input is long',
    'absl/synchronization/mutex.h': 'absl::Mutex: use base/mutex.h',
}

# Never an input of the ranking. As whole words of an identifier: `age`, `birth_country`, `IsDisabled`, not `language`.
PROTECTED = frozenset('''
    sex sexes gender genders male female man men woman women age ages birth birthdate birthday birthplace born
    disability disabilities disabled handicap ethnicity ethnic religion religious belief pregnant pregnancy
    nationality citizenship orientation transgender personnummer firstname lastname surname
'''.split())
# JobTech's list of concept types holds it; no person's features do.
NOT_OF_A_PERSON = {('matching/taxonomy', 'kCitizenship')}

# --- reading ---------------------------------------------------------------------------------------------------------

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<raw>[^(\s]*)\(.*?\)(?P=raw)"'
    r'|"(?:[^"\\\n]|\\.)*"|(?<![0-9A-Fa-f])\'(?:[^\'\\\n]|\\.)+\'', re.DOTALL)
IDENTIFIER = re.compile(r'[A-Za-z_]\w*')
IDENTIFIER_WORD = re.compile(r'[A-Z]+(?![a-z])|[A-Z]?[a-z]+')


def code_only(text):
    """Blanks comments, strings and include lines; keeps the line numbers."""
    def blank(match):
        return '\n' * match.group(0).count('\n') or ' '
    return NOT_CODE.sub(blank, INCLUDE.sub('', text))


def folder_of(path):
    """The row of FOLDERS that a file of ours belongs to; None where there is no row."""
    folder = str(pathlib.PurePosixPath(path).parent)
    while folder != '.':
        if folder in FOLDERS:
            return folder
        if re.fullmatch(r'services/\w+', folder):
            return 'services/*'
        folder = str(pathlib.PurePosixPath(folder).parent)
    return None


def top_folders():
    return {row.split('/')[0] for row in FOLDERS}


def kind_of(include):
    """What an include stands for: a kind, a folder of ours, or None (the standard library, Abseil, the system)."""
    for pattern, kind in KINDS:
        if re.match(pattern, include):
            return kind
    if include.split('/')[0] in top_folders():
        return folder_of(include) or include
    return None


def service_of(path):
    return '/'.join(path.split('/')[:2])


# --- the rules -------------------------------------------------------------------------------------------------------

def is_test(path):
    return re.search(r'_(test|fuzz|benchmark)\.cc$|_for_test\.(cc|h)$', path) is not None or '/testing/' in path


def include_faults(path, text):
    row = folder_of(path)
    if row is None:
        yield 0, f'{pathlib.PurePosixPath(path).parent}/ has no row in the layer picture'
        return
    allowed = FOLDERS[row]
    for match in INCLUDE.finditer(text):
        line = text.count('\n', 0, match.start(1)) + 1
        include = match.group(1)
        if include in BANNED_HEADERS and not path.startswith('base/mutex'):
            yield line, f'{include}: {BANNED_HEADERS[include]}'
        if (path.startswith(PURE) and not is_test(path) and IMPURE_HEADERS.match(include)
                and (path, include) not in IMPURE_BY_DECISION):
            yield line, f'{row} is pure and may not include {include}'
        kind = kind_of(include)
        if allowed is None or kind is None:
            continue
        if kind == 'services/*' and row == 'services/*':
            if service_of(include) != service_of(path):
                yield line, f'a service may not include another: {include}'
            continue
        if kind in allowed or kind == row or (is_test(path) and kind in UNIT_TESTS):
            continue
        yield line, f'{row} may not include {kind} ({include})'


def word_faults(path, text):
    code = code_only(text)
    for where, not_where, pattern, why in WORDS:
        if not path.startswith(where) or (not_where and path.startswith(not_where)):
            continue
        for match in re.finditer(pattern, code):
            yield code.count('\n', 0, match.start()) + 1, why
    if path.startswith('matching/') and not is_test(path):
        for match in IDENTIFIER.finditer(code):
            if (folder_of(path), match.group(0)) in NOT_OF_A_PERSON:
                continue
            words = {word.lower() for word in IDENTIFIER_WORD.findall(match.group(0))}
            for word in sorted(words & PROTECTED):
                line = code.count('\n', 0, match.start()) + 1
                yield line, f'a protected attribute in the engine: {word} in {match.group(0)}'


def faults_of(path, text):
    yield from include_faults(path, text)
    yield from word_faults(path, text)


# --- seeded faults ---------------------------------------------------------------------------------------------------

MUST_FAIL = (
    ('base/a.h', '#include "storage/keys.h"\n'),
    ('matching/ranker.cc', '#include "storage/keys.h"\n'),
    ('matching/ranker.cc', '#include "kugge/v1/profile.pb.h"\n'),
    ('matching/ranker.cc', '#include <google/protobuf/message.h>\n'),
    ('matching/taxonomy/reader.cc', '#include <grpcpp/grpcpp.h>\n'),
    ('matching/ranker.cc', '#include "rocksdb/db.h"\n'),
    ('matching/ranker.cc', '#include "base/clock.h"\n'),
    ('matching/geo/distance.cc', '#include <fstream>\n'),
    ('matching/ranker.cc', '#include "services/features/query.h"\n'),
    ('matching/ranker.h', 'struct Person { int age = 0; };\n'),
    ('matching/ranker.h', 'bool IsDisabled(const Person& person);\n'),
    ('matching/ranker.h', 'int birth_country;\n'),
    ('matching/ranker.h', 'enum class Gender { kUnknown };\n'),
    ('matching/ranker.h', 'enum class Ground { kCitizenship };\n'),
    ('matching/taxonomy/concept.h', 'bool citizenship;\n'),
    ('matching/geo/distance.h', 'double sex_weight = 0;\n'),
    ('storage/repository.cc', '#include "matching/ranker.h"\n'),
    ('storage/repository.cc', '#include "services/rpc/serve.h"\n'),
    ('storage/repository.cc', '#include "storage/rocksdb/rocksdb_store.h"\n'),
    ('storage/repository.cc', '#include <rocksdb/db.h>\n'),
    ('storage/memory/memory_store.cc', '#include "rocksdb/slice.h"\n'),
    ('storage/repository.h', '#include "kugge/v1/profile_service.pb.h"\n'),
    ('storage/repository.h', '#include "kugge/v1/profile_service.grpc.pb.h"\n'),
    ('storage/rocksdb/rocksdb_store.cc', '#include <grpcpp/grpcpp.h>\n'),
    ('services/features/query.cc', '#include "kugge/v1/match_service.grpc.pb.h"\n'),
    ('services/features/query.cc', '#include "services/index/index.h"\n'),
    ('services/index/index.cc', '#include "grpcpp/server.h"\n'),
    ('services/rpc/serve.cc', '#include "services/profile/profile_handler.h"\n'),
    ('services/rpc/serve.cc', '#include "storage/repository.h"\n'),
    ('services/rpc/serve.cc', '#include "services/resource/resource_type.h"\n'),
    ('services/resource/resource_handler.cc', '#include "services/profile/profile_service.h"\n'),
    ('services/profile/profile_handler.cc', '#include "services/employer/employer_handler.h"\n'),
    ('services/profile/profile_handler.cc', '#include "services/server/wiring.h"\n'),
    ('services/profile/profile_handler.cc', '#include "storage/rocksdb/rocksdb_store.h"\n'),
    ('services/profile/profile_handler.cc', '#include "kugge/storage/v1/record.pb.h"\n'),
    ('services/profile/profile_handler.cc', '#include "gtest/gtest.h"\n'),
    ('services/server/main.cc', '#include "clients/ctl/table.h"\n'),
    ('services/server/main.cc', '#include <rocksdb/db.h>\n'),
    ('clients/ctl/main.cc', '#include "storage/repository.h"\n'),
    ('clients/ctl/main.cc', '#include "storage/rocksdb/rocksdb_store.h"\n'),
    ('clients/ctl/main.cc', '#include "services/profile/validate.h"\n'),
    ('newfolder/a.cc', '#include <vector>\n'),
    ('storage/keys.cc', '#include <regex>\n'),
    ('storage/keys.cc', 'bool b = std::regex_match(s, r);\n'),
    ('storage/keys.cc', '#include "absl/synchronization/mutex.h"\n'),
    ('storage/keys.cc', 'absl::MutexLock lock(&mutex);\n'),
    ('storage/keys.cc', 'throw std::runtime_error("no");\n'),
    ('services/index/index_test.cc', 'std::this_thread::sleep_for(second);\n'),
    ('matching/ranker.h', '// "quoted\nint age; // the engine must not know it\n'),
    ('matching/ranker.h', 'const char* a = "x\\"y"; int age;\n'),
    ('matching/ranker.h', 'constexpr int kMany = 1\'000\'000; int age;\n'),
)
MUST_PASS = (
    ('matching/ranker.cc', '#include "matching/query.h"\n#include "base/status_macros.h"\n#include <vector>\n'),
    ('matching/ranker_test.cc', '#include "gtest/gtest.h"\n#include <random>\n#include <fstream>\n'),
    ('matching/ranker.h', '// Never throw; age and sex are no input.\nint language = 0, page = 1, coverage = 2;\n'),
    ('matching/ranker.h', 'const char* kText = "throw std::regex at birth";\n'),
    ('matching/ranker.h', '/* a throw\n of age */ int kept;\n'),
    ('matching/taxonomy/concept.h', 'enum class ConceptKind { kCitizenship };\n'),
    ('storage/memory/memory_store.cc', '#include "storage/migrations/migrator.h"\n'),
    ('matching/taxonomy/reader.cc', '#include <simdjson.h>\n#include "matching/taxonomy/graph.h"\n'),
    ('storage/rocksdb/rocksdb_store.cc', '#include <rocksdb/db.h>\n#include "storage/key_value_store.h"\n'),
    ('storage/repository_test.cc', '#include "storage/memory/memory_store.h"\n'),
    ('storage/repository.h', '#include "kugge/storage/v1/record.pb.h"\n#include "kugge/v1/profile.pb.h"\n'),
    ('services/profile/profile_service.cc',
     '#include "kugge/v1/profile_service.grpc.pb.h"\n#include "services/profile/validate.h"\n'
     '#include "services/rpc/serve.h"\n#include "services/resource/service_parts.h"\n#include "storage/repository.h"\n#include "services/index/index.h"\n'),
    ('services/features/query.cc', '#include "matching/query.h"\n#include "kugge/v1/profile.pb.h"\n'),
    ('services/server/wiring.cc', '#include "storage/rocksdb/rocksdb_store.h"\n#include "services/match/match_service.h"\n'
     '#include "kugge/config/v1/server_config.pb.h"\n'),
    ('clients/ctl/main.cc', '#include "kugge/v1/profile_service.grpc.pb.h"\n#include "clients/ctl/table.h"\n'),
    ('tests/contract/store_test.cc', '#include "storage/rocksdb/rocksdb_store.h"\n#include "matching/ranker.h"\n'),
)


def self_test():
    """Returns how many seeded cases were judged right, and the text of those judged wrong."""
    wrong = [f'a seeded fault went unnoticed: {path}: {text.strip()}'
             for path, text in MUST_FAIL if not list(faults_of(path, text))]
    wrong += [f'refused without reason: {path}: {text.strip()}: {list(faults_of(path, text))}'
              for path, text in MUST_PASS if list(faults_of(path, text))]
    return len(MUST_FAIL) + len(MUST_PASS) - len(wrong), wrong


# --- the tree --------------------------------------------------------------------------------------------------------

def sources(root):
    """C++ files that are tracked or about to be."""
    listed = subprocess.run(
        ['git', '-C', str(root), 'ls-files', '-co', '--exclude-standard', '--', '*.cc', '*.h'],
        check=True, capture_output=True, text=True).stdout.splitlines()
    return sorted(path for path in set(listed) if (root / path).is_file())


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    passed, wrong = self_test()
    paths = sources(root)
    if not paths:
        wrong.append(f'no C++ file found under {root}')
    for path in paths:
        faults = list(faults_of(path, (root / path).read_text(encoding='utf-8')))
        passed += not faults
        wrong += [f'{path}:{line}: {fault}' for line, fault in faults]
    for line in wrong:
        print(line)
    print(f'layers: {len(MUST_FAIL)} seeded faults, {len(MUST_PASS)} good cases, {len(paths)} files')
    print(f'{passed} passed, {len(wrong)} failed')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
