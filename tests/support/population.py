"""A generated labour market: its rows as written, as messages, and its way into a server."""

import json

from google.protobuf import json_format

import kugge_process

# In the order in which they depend on each other.
KINDS = ('employer', 'requirement', 'provider', 'offering', 'session', 'profile')
TENANT = 'tenants/demo'
# Below a tenant, with `-` for what varies.
PARENTS = {
    'employer': TENANT, 'requirement': TENANT + '/employers/-', 'provider': TENANT,
    'offering': TENANT + '/providers/-', 'session': TENANT + '/providers/-/offerings/-', 'profile': TENANT}
SERVICES = {
    'employer': 'EmployerService', 'requirement': 'EmployerService', 'provider': 'TrainingService',
    'offering': 'TrainingService', 'session': 'TrainingService', 'profile': 'ProfileService'}
# Set by the server, whatever the row says.
OUTPUT_ONLY = ('create_time', 'update_time', 'etag')


class Row:
    """One line of an import file."""

    def __init__(self, line):
        self.line = line
        self.name = json.loads(line)['name']
        self.bytes = None  # what the server should hold


class Population:
    def __init__(self, ctl, folder, taxonomy, people, requirements, offerings, seed):
        ctl.run('generate', '--people', people, '--requirements', requirements, '--offerings', offerings,
                '--seed', seed, '--taxonomy', taxonomy, '--out', folder)
        self.rows = {}
        for kind in KINDS:
            lines = (folder / f'{kind}s.jsonl').read_text(encoding='utf-8').split('\n')
            self.rows[kind] = [Row(line) for line in lines if line]
        self.size = sum(map(len, self.rows.values()))


def load_basics(ctl, taxonomy):
    """What rows refer to: a taxonomy and the tenant."""
    ctl.run('taxonomy', 'import', taxonomy, '--id', 'version-1')
    ctl.run('tenant', 'import', '-', text=json.dumps({'name': TENANT, 'displayName': 'Demo'}) + '\n')


class Reader:
    """Reads whole kinds back over gRPC."""

    def __init__(self):
        import grpc  # pylint: disable=import-outside-toplevel
        self._grpc = grpc
        names = ('common', 'employer_service', 'profile_service', 'training_service', 'employer', 'profile',
                 'requirement', 'provider', 'offering')
        modules = kugge_process.load_stubs(*(f'{name}_pb2' for name in names))
        stubs = kugge_process.load_stubs('employer_service_pb2_grpc', 'profile_service_pb2_grpc',
                                         'training_service_pb2_grpc')
        self._full = modules[0].RESOURCE_VIEW_FULL
        self._types = {name: value for module in modules + stubs for name, value in vars(module).items()}

    def expected(self, kind, row):
        """The bytes of the resource that a row asks for."""
        if row.bytes is None:
            message = json_format.Parse(row.line, self._types[kind.capitalize()]())
            row.bytes = message.SerializeToString(deterministic=True)
        return row.bytes

    def read(self, address, kind):
        """Every resource of a kind: name to bytes, without what the server sets."""
        found, token = {}, ''
        request_type = self._types[f'List{kind.capitalize()}sRequest']
        options = [('grpc.max_receive_message_length', -1), ('grpc.enable_http_proxy', 0)]
        with self._grpc.insecure_channel(address, options=options) as channel:
            stub = self._types[SERVICES[kind] + 'Stub'](channel)
            method = getattr(stub, f'List{kind.capitalize()}s')
            while True:
                page = method(request_type(parent=PARENTS[kind], page_size=1000, page_token=token, view=self._full),
                              timeout=120)
                for message in getattr(page, kind + 's'):
                    for field in OUTPUT_ONLY:
                        message.ClearField(field)
                    found[message.name] = message.SerializeToString(deterministic=True)
                token = page.next_page_token
                if not token:
                    return found
