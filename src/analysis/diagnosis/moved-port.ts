import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type DeclaredPort, declaredPorts} from '../coherence/workload-set.ts';
import type {Case} from './case.ts';

const numberIn = (text: string, number: number) => new RegExp(`(?<!\\d)${number}(?!\\d)`).test(text);

/** What a container asks of its own ports: those of its probes and hooks, by number or by name. */
const askedPorts = (container: Json): readonly Json[] => [
	...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap(probe =>
		['httpGet', 'tcpSocket', 'grpc'].flatMap(how => valueAt(container, probe, how, 'port') ?? []),
	),
	...['postStart', 'preStop'].flatMap(hook => valueAt(container, 'lifecycle', hook, 'httpGet', 'port') ?? []),
];

/** Whether a pod spec speaks of a port number elsewhere than in its list of ports, which is only a remark: a probe, a variable or an argument. */
export function listensOn(podSpec: Json, number: number): boolean {
	return listAt(podSpec, 'containers').some(container => {
		const texts = [
			...listAt(container, 'args'),
			...listAt(container, 'command'),
			...listAt(container, 'env').map(each => valueAt(each, 'value') ?? ''),
		];
		return askedPorts(container).includes(number) || texts.some(text => typeof text === 'string' && numberIn(text, number));
	});
}

const isAskedByName = (podSpec: Json, name: string) =>
	name !== '' && listAt(podSpec, 'containers').some(container => askedPorts(container).includes(name));

/** Whether every pod of the present template is ready: where its probes fail, the port may be what was wrong with it. */
function isRunning({workload}: Case): boolean {
	const [wanted, ready, updated] = [
		numberAt(workload, 'status', 'replicas') ?? numberAt(workload, 'status', 'desiredNumberScheduled') ?? 0,
		numberAt(workload, 'status', 'readyReplicas') ?? numberAt(workload, 'status', 'numberReady') ?? 0,
		numberAt(workload, 'status', 'updatedReplicas') ?? numberAt(workload, 'status', 'updatedNumberScheduled') ?? 0,
	];
	return wanted > 0 && ready >= wanted && updated >= wanted;
}

/**
 * The port that a release has in place of one that it had before, where more than the list of ports says so: a probe, a variable or an argument went with it,
 * or its image did. Then the program has moved, and who sends to the old port is behind.
 * @param before the port as the earlier template had it, in a container of this name
 */
export function movedPort(before: Json, container: string, earlier: Json, given: Case): DeclaredPort | undefined {
	const named = (podSpec: Json) => listAt(podSpec, 'containers').find(each => textAt(each, 'name') === container) ?? {};
	const [was, is] = [named(earlier), named(given.podSpec)];
	const former = declaredPorts(earlier);
	const fresh = declaredPorts({containers: [is]}).filter(
		port => !former.some(each => each.number === port.number && each.name === port.name),
	);
	const [port] = fresh;
	if (port === undefined || fresh.length > 1 || !isRunning(given)) return undefined;
	const isNumberNew = port.number !== numberAt(before, 'containerPort');
	const isImageNew = textAt(was, 'image') !== textAt(is, 'image');
	const isNumberAsked = listensOn(given.podSpec, port.number) && !listensOn(earlier, port.number);
	const isNameAsked = isAskedByName(given.podSpec, port.name) && (isNumberNew || !isAskedByName(earlier, port.name));
	return isNameAsked || (isNumberNew && (isNumberAsked || isImageNew)) ? port : undefined;
}
