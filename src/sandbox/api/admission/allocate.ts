import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {each, fill, within} from './fill.ts';

// The usual ranges: --service-cluster-ip-range 10.96.0.0/16, --service-node-port-range 30000-32767.
const firstNodePort = 30_000;
const lastNodePort = 32_767;

/** Gives a Service its cluster IP and node ports; the first free ones, so that runs repeat. Other kinds pass. */
export function allocate(cluster: Cluster, object: KubeObject, before: KubeObject | undefined): KubeObject {
	if (object.kind !== 'Service' || object.apiVersion !== 'v1') return object;
	// A Service keeps its shape under these changes of its spec.
	return within(object, 'spec', spec => families(nodePorts(cluster, clusterIp(cluster, spec, before), before))) as KubeObject;
}

const families = (spec: JsonObject): JsonObject =>
	textAt(spec, 'type') === 'ExternalName' ? spec : fill(spec, {ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4']});

function clusterIp(cluster: Cluster, spec: JsonObject, before: KubeObject | undefined): JsonObject {
	if (textAt(spec, 'type') === 'ExternalName') return spec;
	const kept = objectAt(before, 'spec');
	const given = textAt(spec, 'clusterIP') ?? '';
	if (given !== '') return fill(spec, {clusterIPs: [given]});
	const {clusterIP: _empty, ...rest} = spec;
	if (kept.clusterIP !== undefined) return fill(rest, {clusterIP: kept.clusterIP, clusterIPs: kept.clusterIPs ?? [kept.clusterIP]});
	const used = new Set(cluster.store.list('services').map(service => textAt(service, 'spec', 'clusterIP')));
	for (let number = 1; ; number += 1) {
		const ip = `10.96.${number >> 8}.${number & 255}`;
		if (!used.has(ip)) return fill(rest, {clusterIP: ip, clusterIPs: [ip]});
	}
}

function nodePorts(cluster: Cluster, spec: JsonObject, before: KubeObject | undefined): JsonObject {
	const type = textAt(spec, 'type');
	if (type !== 'NodePort' && type !== 'LoadBalancer') return spec;
	const kept = listAt(before, 'spec', 'ports');
	const used = new Set(
		cluster.store.list('services').flatMap(service => listAt(service, 'spec', 'ports').map(port => valueAt(port, 'nodePort'))),
	);
	return each(spec, 'ports', port => {
		if (port.nodePort !== undefined) return port;
		const same = kept.find(old => valueAt(old, 'port') === port.port && valueAt(old, 'protocol') === port.protocol);
		const keptPort = valueAt(same, 'nodePort');
		if (keptPort !== undefined) return {...port, nodePort: keptPort};
		for (let number = firstNodePort; number <= lastNodePort; number += 1) {
			if (used.has(number)) continue;
			used.add(number);
			return {...port, nodePort: number};
		}
		return port;
	});
}
