// Renders the base and every overlay of deploy/kubernetes with the kubectl that deploy/setup installed, and judges each
// object twice: by the schema of the Kubernetes API itself, closed against unknown fields, and by the few rules of ours
// that a schema can't say. Seeded faults show that each kind of mistake is caught.
//
// Needs $KUGGE_SHARED/data/kubernetes; exits with 77, which CTest reports as skipped, where that is missing.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

import {rulesBroken} from './rules.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const shared = process.env.KUGGE_SHARED || path.join(root, '../shared');
const document = path.join(shared, 'data/kubernetes/openapi-v2-1.32.13.json.xz');
if (!fs.existsSync(document)) {
  console.log(`skipped: the API's schema is not at ${document} (KUGGE_SHARED)`);
  process.exit(77);
}
const tools = path.join(root, 'build/tools');
const require = createRequire(path.join(tools, 'package.json'));
const {default: Ajv} = require('ajv');
const YAML = require('yaml');

const run = (program, ...args) =>
    execFileSync(path.join(tools, 'bin', program), args, {cwd: root, encoding: 'utf8', stdio: 'pipe'});

// --- the API's schema -----------------------------------------------------------------------------------------------

const QUANTITY = '^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|m|k|M|G|T|P|E|[eE][+-]?[0-9]+)?$';

// Where the document's word for a type is narrower or wider than what the API takes.
const REPLACED = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {type: ['integer', 'string']},
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {anyOf: [{type: 'number'}, {type: 'string', pattern: QUANTITY}]},
};

// Closes every object that lists its fields: the API prunes an unknown field in silence, here it is a mistake.
function closed(schema) {
  const copy = {...schema};
  if (schema.items) copy.items = closed(schema.items);
  if (typeof schema.additionalProperties === 'object') copy.additionalProperties = closed(schema.additionalProperties);
  if (schema.properties) {
    copy.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([name, field]) => [name, closed(field)]));
    copy.additionalProperties ??= false;
  }
  return copy;
}

class Api {
  constructor(file) {
    const openapi = JSON.parse(execFileSync('xz', ['-dc', file], {maxBuffer: 1 << 28}));
    const definitions = {};
    this.nameByKind = new Map();
    for (const [name, schema] of Object.entries(openapi.definitions)) {
      definitions[name] = REPLACED[name] ?? closed(schema);
      for (const {group, version, kind} of schema['x-kubernetes-group-version-kind'] ?? []) {
        this.nameByKind.set([group, version, kind].join('/'), name);
      }
    }
    this.ajv = new Ajv({strict: false, allErrors: true, formats: {
      'int32': {type: 'number', validate: (n) => Number.isInteger(n) && Math.abs(n) <= 2147483648},
      'int64': {type: 'number', validate: Number.isInteger},
      'double': true, 'byte': true, 'date-time': true, 'int-or-string': true,
    }});
    this.ajv.addSchema({$id: 'api', definitions});
  }

  // What is wrong with one object, in words; empty if nothing.
  faults(object) {
    const [version, group = ''] = (object.apiVersion ?? '').split('/').reverse();
    const name = this.nameByKind.get([group, version, object.kind].join('/'));
    if (name === undefined) return [`the API has no ${object.apiVersion} ${object.kind}`];
    const key = `api#/definitions/${name}`;
    const validate = this.ajv.getSchema(key);
    if (validate(object)) return [];
    return validate.errors.map((error) => {
      const extra = error.params.additionalProperty ? ` '${error.params.additionalProperty}'` : '';
      return `${object.kind} ${object.metadata?.name}: ${error.instancePath || '/'} ${error.message}${extra}`;
    });
  }
}

// --- rendering ------------------------------------------------------------------------------------------------------

function render(folder) {
  const text = run('kubectl', 'kustomize', folder);
  return YAML.parseAllDocuments(text, {version: '1.1', uniqueKeys: true}).map((entry) => {
    if (entry.errors.length > 0) throw entry.errors[0];
    return entry.toJS();
  });
}

// The fields that the server reads, by the names that JSON has for them.
function configFields() {
  const image = JSON.parse(run('buf', 'build', 'proto', '-o', '-#format=json'));
  const file = image.file.find(({name}) => name === 'kugge/config/v1/server_config.proto');
  return file.messageType.find(({name}) => name === 'ServerConfig').field.map(({jsonName}) => jsonName);
}

// Types and enum values as protobuf's own reader of JSON judges them.
function configFaults(text, fields) {
  const unknown = Object.keys(JSON.parse(text)).filter((key) => !fields.includes(key));
  if (unknown.length > 0) return [`server.json: kugge.config.v1.ServerConfig has no field ${unknown.join(', ')}`];
  const file = path.join(scratch, 'server.json');
  fs.writeFileSync(file, text);
  try {
    run('buf', 'convert', 'proto', '--type', 'kugge.config.v1.ServerConfig', '--from', file, '--to',
        path.join(scratch, 'server.binpb'));
    return [];
  } catch (error) {
    return [`server.json: ${error.stderr.trim()}`];
  }
}

function judge(folder) {
  let objects;
  try {
    objects = render(folder);
  } catch (error) {
    return [`kustomize: ${(error.stderr || error.message).trim()}`];
  }
  if (objects.length === 0) return ['kustomize: nothing rendered'];
  const faults = objects.flatMap((object) => api.faults(object));
  if (faults.length > 0) return faults;
  const configs = objects.filter(({kind, data}) => kind === 'ConfigMap' && data?.['server.json']);
  return [
    ...rulesBroken(objects),
    ...configs.flatMap(({data}) => configFaults(data['server.json'], fields)),
  ];
}

// --- seeded faults --------------------------------------------------------------------------------------------------

// [what, file below deploy/kubernetes, text there, text instead, what the verdict must say]
const SET = 'base/stateful_set.yaml';
const SEEDED = [
  ['a misspelt field', SET, 'readinessProbe:', 'readynessProbe:', "additional properties 'readynessProbe'"],
  ['a misspelt field inside a probe', SET, 'service: kugge.ready', 'services: kugge.ready', "'services'"],
  ['a field at the wrong level', SET, '  replicas: 1', '  runAsNonRoot: true', "'runAsNonRoot'"],
  ['a string for a number', SET, 'replicas: 1', 'replicas: "1"', '/spec/replicas must be integer'],
  ['a fraction for a whole number', SET, 'replicas: 1', 'replicas: 1.5', '/spec/replicas must be integer'],
  ['a string for a flag', SET, 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: "yes"', 'must be boolean'],
  ['a map for a list', SET, 'accessModes:\n          - ReadWriteOnce', 'accessModes: {}', 'must be array'],
  ['a quantity that is none', SET, 'memory: 2Gi', 'memory: 2GB', '/resources/limits/memory'],
  ['a missing required field', SET, 'serviceName: kugged-peers', 'minReadySeconds: 1', "'serviceName'"],
  ['a probe without its port', SET, 'grpc:\n              port: 7401', 'grpc:', 'must have required property'],
  ['an unknown kind', 'base/service_account.yaml', 'kind: ServiceAccount', 'kind: ServiceAcount', 'ServiceAcount'],
  ['a version that is gone', 'base/network_policy.yaml', 'networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'no networking'],
  ['a patch for nothing', 'overlays/development/small.yaml', 'name: kugged\n', 'name: kuggd\n', 'kustomize:'],
  ['a missing file', 'base/kustomization.yaml', 'services.yaml', 'service.yaml', 'kustomize:'],
  ['a root user', SET, 'runAsNonRoot: true', 'runAsNonRoot: false', 'runAsNonRoot'],
  ['a writable root', SET, 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'readOnlyRootFilesystem'],
  ['kept capabilities', SET, '- ALL', '- NET_RAW', 'capabilities'],
  ['a probe on a port that no one opens', SET, 'port: 7401\n              service: kugge.ready',
    'port: 7411\n              service: kugge.ready', '7411'],
  ['a mount of no volume', SET, '- name: data\n              mountPath', '- name: dat\n              mountPath', "'dat'"],
  ['no memory limit', SET, 'memory: 2Gi', 'cpu: "1"', 'limits.memory'],
  ['a service that selects nothing', 'base/services.yaml', 'name: kugged\n  ports', 'name: kuggd\n  ports', 'selects no pod'],
  ['a service on an unnamed port', 'base/services.yaml', 'targetPort: metrics', 'targetPort: metric', "'metric'"],
  ['a policy for no pod', 'base/network_policy.yaml', 'name: kugged\n  policyTypes', 'name: kuggd\n  policyTypes', 'selects no pod'],
  ['a policy that lets everyone in', 'base/network_policy.yaml', 'from:\n        - podSelector:\n            matchLabels:\n              kugge.access/api: "true"\n      ports', 'ports', 'from anywhere'],
  ['an open listener without the flag', 'base/server.json', '127.0.0.1:7400', '0.0.0.0:7400', 'allowInsecure'],
  ['a listener that probes cannot reach', 'base/server.json', '0.0.0.0:7401', '127.0.0.1:7401', 'healthAddress'],
  ['a data folder beside the volume', 'base/server.json', '/var/lib/kugge', '/var/lib/kuge', 'dataDir'],
  ['a knob that the server has not', 'base/server.json', 'dataDir', 'dataFolder', 'dataFolder'],
  ['a knob of the wrong type', 'base/server.json', 'false', '"maybe"', 'allowInsecure'],
  ['an image without a version', 'base/kustomization.yaml', 'newTag: 0.1.0', 'newTag: latest', 'latest'],
];

function judgeSeeded([what, file, from, to, expected], index) {
  const copy = path.join(scratch, `seed${index}`);
  fs.cpSync(manifests, copy, {recursive: true});
  const target = path.join(copy, file);
  const text = fs.readFileSync(target, 'utf8');
  if (!text.includes(from)) return `${what}: the manifests no longer hold the text that this fault replaces`;
  fs.writeFileSync(target, text.replace(from, to));
  const faults = judge(path.join(copy, file.startsWith('overlays') ? path.dirname(file) : 'base'));
  if (faults.some((fault) => fault.includes(expected))) return null;
  return `${what} went unnoticed (wanted: ${expected}; got: ${faults.join('; ') || 'nothing'})`;
}

// --- the test -------------------------------------------------------------------------------------------------------

const manifests = path.join(root, 'deploy/kubernetes');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'kugge-manifests-'));
process.on('exit', () => fs.rmSync(scratch, {recursive: true, force: true}));
const api = new Api(document);
const fields = configFields();

const overlays = fs.readdirSync(path.join(manifests, 'overlays')).map((name) => `overlays/${name}`);
let passed = 0;
let failed = 0;
const verdict = (name, faults) => {
  if (faults.length === 0) passed += 1;
  else failed += 1;
  console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const fault of faults) console.log(`       ${fault}`);
};
for (const folder of ['base', ...overlays]) verdict(folder, judge(path.join(manifests, folder)));
SEEDED.forEach((seed, index) => {
  const wrong = judgeSeeded(seed, index);
  verdict(`caught: ${seed[0]}`, wrong ? [wrong] : []);
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
