"""A kugged process of one's own, kuggectl against it, and the API's Python stubs, for tests that stand outside the C++.

Needs what deploy/setup installs: python3-grpcio, and of the compilers protoc and grpc_python_plugin.
"""

import functools
import importlib
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STARTER_TAXONOMY = ROOT / 'deploy/demo_data/taxonomy'
# What CTest takes as skipped (SKIP_RETURN_CODE).
SKIPPED = 77
START_TIMEOUT = 120


def shared_data(folder):
    """Where the reference data of this name lies, or None: in $KUGGE_SHARED, else next to the checkout."""
    shared = pathlib.Path(os.environ.get('KUGGE_SHARED') or ROOT.parent / 'shared')
    path = shared / 'data' / folder
    return path if path.is_dir() else None


def free_of_proxies():
    """A proxy of the environment would stand between us and the loopback."""
    return {key: value for key, value in os.environ.items() if not key.lower().endswith('_proxy')}


class Server:
    """kugged on ports of its own choice; a context manager that leaves no process behind."""

    def __init__(self, program, data_dir):
        self.program, self.data_dir = str(program), str(data_dir)
        self.address, self.log, self._process = None, [], None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        """Returns the seconds from the process's birth to its `ready` line."""
        begin = time.monotonic()
        self._process = subprocess.Popen(
            [self.program, '--data_dir=' + self.data_dir, '--listen_address=127.0.0.1:0',
             '--health_address=127.0.0.1:0', '--metrics_address=-'],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=free_of_proxies())
        self.log, self.address, lines = [], None, queue.Queue()
        threading.Thread(target=self._drain, args=(self._process.stdout, self.log, lines), daemon=True).start()
        while True:
            try:
                line = lines.get(timeout=max(0, begin + START_TIMEOUT - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                raise RuntimeError('kugged did not become ready:\n' + ''.join(self.log[-20:]))
            words = line.split()
            if words[2:3] == ['listening'] and 'what=api' in words:
                self.address = next(word for word in words if word.startswith('address=')).removeprefix('address=')
            if words[2:3] == ['ready']:
                return time.monotonic() - begin

    @staticmethod
    def _drain(stream, log, lines):
        for line in stream:
            log.append(line)
            lines.put(line)
        lines.put(None)

    def cpu_seconds(self):
        """What the running process has used so far."""
        fields = pathlib.Path(f'/proc/{self._process.pid}/stat').read_text(encoding='utf-8').rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def _end(self, number):
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.send_signal(number)
        return process.wait(timeout=START_TIMEOUT)

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        """The way an operator stops it; its exit code."""
        return self._end(signal.SIGTERM)


class Ctl:
    """kuggectl, asked about one server."""

    def __init__(self, program, server, tenant='demo'):
        self.program, self.server, self.tenant = str(program), server, tenant

    def command(self, *arguments):
        # An import may begin before the server is there (generate needs none).
        address = ['--address', self.server.address] if self.server.address else []
        return [self.program, *address, '--tenant', self.tenant, *map(str, arguments)]

    def start(self, *arguments):
        return subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                env=free_of_proxies())

    def run(self, *arguments, text=None):
        """Its standard output; raises with its words where it fails."""
        done = subprocess.run(self.command(*arguments), input=text, capture_output=True, text=True, check=False,
                              env=free_of_proxies())
        if done.returncode != 0:
            raise RuntimeError(f'kuggectl {" ".join(map(str, arguments))}: {done.stderr or done.stdout}')
        return done.stdout


@functools.cache
def stub_folder():
    """Python's view of proto/kugge/v1, made from the .proto files; removed at the end of the program."""
    folder = tempfile.TemporaryDirectory(prefix='kugge-stubs.')
    files = sorted(str(path) for path in (ROOT / 'proto/kugge/v1').glob('*.proto'))
    plugin = shutil.which('grpc_python_plugin')
    if plugin is None:
        raise RuntimeError('no grpc_python_plugin: deploy/setup installs it')
    subprocess.run(['protoc', '-I', str(ROOT / 'proto'), '-I', '/usr/include', '--python_out', folder.name,
                    '--grpc_out', folder.name, '--plugin=protoc-gen-grpc=' + plugin, *files], check=True)
    sys.path.insert(0, folder.name)
    return folder


def load_stubs(*names):
    """The modules of kugge.v1, such as 'profile_service_pb2_grpc'."""
    stub_folder()
    return [importlib.import_module('kugge.v1.' + name) for name in names]


def figure(name, unit_of, value, unit, goal, is_met):
    """One figure the way that drills print it; goal may be None."""
    shown = f'{value:.2f}' if isinstance(value, float) else str(value)
    words = '' if goal is None else f' goal {goal} {"met" if is_met else "short"}'
    print(f'{name} {unit_of} {shown} {unit}{words}', flush=True)
