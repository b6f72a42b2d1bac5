import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {each} from './fill.ts';
import {type Causes, invalidValue} from './validate/causes.ts';

// The usual range: --service-node-port-range 30000-32767.
const firstNodePort = 30_000;
const lastNodePort = 32_767;

const isOpen = (spec: JsonObject) => ['NodePort', 'LoadBalancer'].includes(textAt(spec, 'type') ?? '');

/** The ports on nodes that other Services have. */
function taken(cluster: Cluster, {metadata}: KubeObject): Set<unknown> {
	const others = cluster.store.list('services').filter(other => other.metadata.uid !== metadata.uid);
	return new Set(others.flatMap(other => listAt(other, 'spec', 'ports').map(port => valueAt(port, 'nodePort'))));
}

/** Gives the ports of a Service that is open to the nodes a number each, the first free ones; takes them away when it closes. */
export function nodePorts(cluster: Cluster, service: KubeObject, spec: JsonObject, before: KubeObject | undefined): JsonObject {
	const kept = listAt(before, 'spec', 'ports');
	if (!isOpen(spec)) return before === undefined ? spec : closed(spec, kept);
	const used = taken(cluster, service);
	for (const port of listAt(spec, 'ports')) used.add(valueAt(port, 'nodePort'));
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

/** A number that was only carried along with the former type goes with it. */
function closed(spec: JsonObject, kept: readonly Json[]): JsonObject {
	const had = new Set(kept.map(port => valueAt(port, 'nodePort')));
	const bare = each(spec, 'ports', port => {
		const {nodePort, ...rest} = port;
		return nodePort !== undefined && had.has(nodePort) ? rest : port;
	});
	const {externalTrafficPolicy: _policy, ...rest} = bare;
	return bare.externalTrafficPolicy === undefined ? bare : rest;
}

/** Numbers outside the range, or that another Service has. Checked before numbers are given. */
export function nodePortCauses(cluster: Cluster, service: KubeObject, spec: JsonObject): Causes {
	if (!isOpen(spec)) return [];
	const used = taken(cluster, service);
	return listAt(spec, 'ports').flatMap((port, index) => {
		const number = valueAt(port, 'nodePort');
		if (typeof number !== 'number') return [];
		const refuse = (why: string) => [invalidValue(`spec.ports[${index}].nodePort`, number, why)];
		if (number < firstNodePort || number > lastNodePort) {
			return refuse(`provided port is not in the valid range. The range of valid ports is ${firstNodePort}-${lastNodePort}`);
		}
		return used.has(number) ? refuse('provided port is already allocated') : [];
	});
}
