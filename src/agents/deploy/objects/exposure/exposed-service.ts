import {MkcoaError} from '../../../../core/error.ts';
import {numberAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/** The Service that requests are to reach. @throws `no-such-service`, with the way to make one */
export async function liveService(cluster: Cluster, namespace: string, name: string): Promise<KubeObject> {
	const service = await cluster.get({apiVersion: 'v1', kind: 'Service', namespace, name});
	if (service !== undefined) return service;
	throw refusal(
		'no-such-service',
		`There is no Service ${namespace}/${name}`,
		'requests are sent to Services, not to workloads',
		`Make one first: mkcoa deploy service WORKLOAD -n ${namespace}`,
	);
}

/**
 * The port of a Service by its number or name, or its only one.
 * @throws `which-port`, `no-such-port`
 */
export function servicePort(service: KubeObject, asked: string | undefined): number {
	const ports = objectsAt(service, 'spec', 'ports').map(port => ({number: numberAt(port, 'port') ?? 0, name: wordAt(port, 'name')}));
	const words = ports.map(({number, name}) => (name === '' ? String(number) : `${number} (${name})`)).join(', ') || 'none';
	const named = refText(refOf(service));
	const [only, ...others] = ports;
	if (asked === undefined && (only === undefined || others.length > 0))
		throw refusal('which-port', `${named} has ${ports.length} ports`, `they are ${words}`, 'Name one: --port NUMBER or NAME');
	const found = asked === undefined ? only : ports.find(({number, name}) => String(number) === asked || name === asked);
	if (found !== undefined) return found.number;
	throw refusal('no-such-port', `${named} has no port ${asked}`, `its ports are ${words}`, 'Name one of these');
}
