// What the schema of the Kubernetes API can't say: that the objects fit together, and that the pod is hardened.

const CONTROLLED = ['StatefulSet', 'Deployment', 'DaemonSet', 'Job'];

const selects = (selector, labels) => Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);
const isLoopback = (address) => /^(127\.|localhost:|\[::1\])/.test(address ?? '127.0.0.1');
const portOf = (address) => Number((address ?? '').split(':').pop());

function* containerFaults(container) {
  const security = container.securityContext ?? {};
  if (security.readOnlyRootFilesystem !== true) yield 'readOnlyRootFilesystem must be true';
  if (security.allowPrivilegeEscalation !== false) yield 'allowPrivilegeEscalation must be false';
  if (!security.capabilities?.drop?.includes('ALL') || security.capabilities.add) {
    yield 'capabilities must drop ALL and add none';
  }
  for (const what of ['cpu', 'memory']) {
    if (container.resources?.requests?.[what] === undefined) yield `resources.requests.${what} is missing`;
  }
  if (container.resources?.limits?.memory === undefined) yield 'resources.limits.memory is missing';
  if (!/[:@]/.test(container.image) || container.image.endsWith(':latest')) {
    yield `image ${container.image} names no version (or latest)`;
  }
  const open = (container.ports ?? []).map(({containerPort}) => containerPort);
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const port = container[probe]?.grpc?.port;
    if (port === undefined) yield `${probe} must ask over gRPC`;
    else if (!open.includes(port)) yield `${probe} asks port ${port}, which the container does not open`;
  }
}

function* podFaults(workload, objects) {
  const {spec, metadata} = workload.spec.template;
  if (!selects(workload.spec.selector?.matchLabels, metadata.labels)) yield 'its selector selects no pod of its own';
  if (spec.securityContext?.runAsNonRoot !== true) yield 'runAsNonRoot must be true';
  if (spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault') yield 'seccompProfile must be RuntimeDefault';
  if (spec.automountServiceAccountToken !== false) yield 'automountServiceAccountToken must be false';
  const named = (kind, name) => objects.some((object) => object.kind === kind && object.metadata.name === name);
  const volumes = [
    ...(spec.volumes ?? []).map(({name}) => name),
    ...(workload.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name),
  ];
  for (const {configMap} of spec.volumes ?? []) {
    if (configMap && !named('ConfigMap', configMap.name)) yield `there is no ConfigMap ${configMap.name}`;
  }
  for (const container of spec.containers) {
    yield* containerFaults(container);
    for (const mount of container.volumeMounts ?? []) {
      if (!volumes.includes(mount.name)) yield `container ${container.name} mounts no volume '${mount.name}'`;
    }
  }
  const headless = objects.find(({kind, metadata: {name}}) => kind === 'Service' && name === workload.spec.serviceName);
  if (workload.kind === 'StatefulSet' && headless?.spec.clusterIP !== 'None') {
    yield `serviceName ${workload.spec.serviceName} is no headless Service`;
  }
}

function portNames(workload) {
  return workload.spec.template.spec.containers.flatMap(({ports}) => (ports ?? []).map(({name}) => name));
}

function* serviceFaults(service, workloads) {
  const behind = workloads.filter(({spec}) => selects(service.spec.selector, spec.template.metadata.labels));
  if (behind.length === 0) yield 'selects no pod';
  for (const {targetPort} of service.spec.ports) {
    for (const workload of behind) {
      if (!portNames(workload).includes(targetPort)) yield `the pods name no port '${targetPort}'`;
    }
  }
}

function* policyFaults(policy, workloads) {
  const {podSelector, ingress = [], policyTypes = []} = policy.spec;
  const behind = workloads.filter(({spec}) => selects(podSelector.matchLabels, spec.template.metadata.labels));
  if (behind.length === 0) yield 'selects no pod';
  if (!policyTypes.includes('Ingress') || !policyTypes.includes('Egress')) yield 'must speak of both directions';
  for (const {from = [], ports = []} of ingress) {
    if (from.length === 0) yield `lets callers from anywhere in`;
    if (ports.length === 0) yield 'opens every port';
    for (const {port} of ports) {
      if (behind.some((workload) => !portNames(workload).includes(port))) yield `the pods name no port '${port}'`;
    }
    // A caller that must carry the server's own labels is no caller.
    for (const {podSelector: callers} of from) {
      if (callers?.matchLabels?.['app.kubernetes.io/name'] === podSelector.matchLabels?.['app.kubernetes.io/name']) {
        yield 'lets only the server itself in';
      }
    }
  }
}

function* configFaults(configMap, workloads) {
  const text = configMap.data?.['server.json'];
  if (text === undefined) return;
  const config = JSON.parse(text);
  if (!isLoopback(config.listenAddress) && config.allowInsecure !== true) {
    yield `listenAddress ${config.listenAddress} is open to others without allowInsecure: the server won't start`;
  }
  for (const workload of workloads) {
    const {containers} = workload.spec.template.spec;
    const ports = containers.flatMap((container) => container.ports ?? []);
    const portNamed = (name) => ports.find((port) => port.name === name)?.containerPort;
    const listeners = {grpc: 'listenAddress', health: 'healthAddress', metrics: 'metricsAddress'};
    for (const [name, field] of Object.entries(listeners)) {
      if (portOf(config[field]) !== portNamed(name)) yield `${field} is not the port ${name} of the pod`;
      if (name !== 'grpc' && isLoopback(config[field])) yield `${field} is out of reach of the node and the scraper`;
    }
    const mounts = containers.flatMap(({volumeMounts}) => volumeMounts ?? []);
    const claims = (workload.spec.volumeClaimTemplates ?? []).map(({metadata}) => metadata.name);
    if (!mounts.some(({name, mountPath}) => claims.includes(name) && mountPath === config.dataDir)) {
      yield `dataDir ${config.dataDir} is on no volume`;
    }
  }
}

// The faults of a whole rendered set of objects, in words; empty if there are none.
export function rulesBroken(objects) {
  const workloads = objects.filter(({kind}) => CONTROLLED.includes(kind));
  const faults = [];
  const note = (object, found) => {
    for (const fault of found) faults.push(`${object.kind} ${object.metadata.name}: ${fault}`);
  };
  if (workloads.length === 0) faults.push('nothing runs');
  for (const workload of workloads) note(workload, podFaults(workload, objects));
  for (const object of objects) {
    if (object.kind === 'Service') note(object, serviceFaults(object, workloads));
    if (object.kind === 'NetworkPolicy') note(object, policyFaults(object, workloads));
    if (object.kind === 'ConfigMap') note(object, configFaults(object, workloads));
  }
  return faults;
}
