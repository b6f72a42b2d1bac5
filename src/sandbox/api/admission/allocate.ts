import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {invalid} from '../errors.ts';
import {fill, within} from './fill.ts';
import {nodePortCauses, nodePorts} from './service-ports.ts';
import {type Causes, invalidValue} from './validate/causes.ts';

/** The usual --service-cluster-ip-range 10.96.0.0/16. */
const isOfNetwork = (ip: string) => ip.startsWith('10.96.');

/**
 * Gives a Service its cluster IP and node ports; the first free ones, so that runs repeat. Other kinds pass.
 * Throws 422 Invalid for one that the author chose and another Service has, or that the cluster cannot give.
 */
export function allocate(cluster: Cluster, object: KubeObject, before: KubeObject | undefined): KubeObject {
	if (object.kind !== 'Service' || object.apiVersion !== 'v1') return object;
	const given = objectAt(object, 'spec');
	const causes = [...clusterIpCauses(cluster, object, given), ...nodePortCauses(cluster, object, given)];
	if (causes.length > 0) throw invalid({group: '', kind: 'Service'}, object.metadata.name, causes);
	// A Service keeps its shape under these changes of its spec.
	return within(object, 'spec', spec => families(nodePorts(cluster, object, clusterIp(cluster, spec, before), before))) as KubeObject;
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

function clusterIpCauses(cluster: Cluster, {metadata}: KubeObject, spec: JsonObject): Causes {
	const ip = textAt(spec, 'clusterIP') ?? '';
	// A change of the address is refused for that alone.
	const own = cluster.store.list('services').find(({metadata: {uid}}) => uid === metadata.uid);
	if (ip === '' || ip === 'None' || own !== undefined) return [];
	const refuse = (why: string) => [invalidValue('spec.clusterIPs', [ip], `failed to allocate IP ${ip}: ${why}`)];
	if (!isOfNetwork(ip)) return refuse('the provided network does not match the current range');
	const isTaken = cluster.store.list('services').some(other => textAt(other, 'spec', 'clusterIP') === ip);
	return isTaken ? refuse('provided IP is already allocated') : [];
}
