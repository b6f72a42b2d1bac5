import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {declaredPorts} from '../coherence/workload-set.ts';
import {backendsOf, ofKind, type Scene} from './case.ts';
import {meantName} from './reference-causes.ts';

/** Ports of a Service that may be the one which is asked for, best first, and whether the first is it beyond doubt. */
export type MeantPorts = {readonly ports: readonly Json[]; readonly sure: boolean};

type Asked = {readonly holder: KubeObject; readonly service: string; readonly port: Json};

/** More than these nobody looks through. */
const mostPorts = 3;

/** What such a port is called serves those who look after the program, and not those who use it. */
const isInner = (port: Json) => /metric|prom|health|admin|debug|manage|probe|gossip|raft/i.test(textAt(port, 'name') ?? '');

const serving = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Ports that pods behind a Service declare. */
const podPorts = (service: KubeObject, {objects}: Scene) =>
	objects
		.filter(
			each =>
				serving.has(each.kind) &&
				fitsMap(valueAt(service, 'spec', 'selector'), valueAt(each, ...(templatePath(each) ?? []), 'metadata', 'labels')),
		)
		.flatMap(each => declaredPorts(podSpecOf(each)));

/** Whether a port of a Service leads to the port of the pods that is asked for: whoever sends asked for theirs, or the Service had the same number. */
function leadsTo(port: Json, asked: Json, service: KubeObject, scene: Scene): boolean {
	const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	if (target === asked) return true;
	return podPorts(service, scene).some(
		({name, number}) => (name === target && number === asked) || (number === target && name !== '' && name === asked),
	);
}

type Sent = {readonly holder: KubeObject; readonly port: Json | undefined};

/** The ports at which Ingresses and routes of the scene send to a Service. */
const sentTo = (service: string, scene: Scene): readonly Sent[] => [
	...ofKind(scene, 'Ingress').flatMap(holder =>
		backendsOf(holder).flatMap(each => (each.service === service ? [{holder, port: each.port}] : [])),
	),
	...['HTTPRoute', 'GRPCRoute'].flatMap(kind =>
		ofKind(scene, kind).flatMap(holder =>
			listAt(holder, 'spec', 'rules').flatMap(rule =>
				listAt(rule, 'backendRefs').flatMap(ref => (textAt(ref, 'name') === service ? [{holder, port: numberAt(ref, 'port')}] : [])),
			),
		),
	),
];

const isPort = (port: Json, asked: Json | undefined) => numberAt(port, 'port') === asked || textAt(port, 'name') === asked;

/** `http` and 80 are what most others send to, `metrics` and 9090 hardly anybody. */
function rank(port: Json): number {
	if (isInner(port)) return 2;
	return /^(?:https?|web)\b/i.test(textAt(port, 'name') ?? '') || [80, 443].includes(numberAt(port, 'port') ?? 0) ? 0 : 1;
}

/**
 * Which port of a Service was meant by one that it has not: the only one; the only one that leads to that port of the pods; the only one of nearly its name; or
 * the only one that nobody else sends to, while the others are taken. Otherwise a person chooses, those first that others mostly use.
 */
export function meantPorts({holder, service: name, port: asked}: Asked, service: KubeObject, scene: Scene): MeantPorts {
	const ports = listAt(service, 'spec', 'ports');
	if (ports.length === 1) return {ports, sure: true};
	const leading = ports.filter(port => leadsTo(port, asked, service, scene));
	const names = ports.flatMap(port => textAt(port, 'name') ?? []);
	const near = typeof asked === 'string' ? meantName(asked, names) : undefined;
	const sole = leading.length === 1 ? leading : ports.filter(port => near !== undefined && textAt(port, 'name') === near);
	const sent = sentTo(name, scene).filter(({port}) => ports.some(each => isPort(each, port)));
	const free = ports.filter(port => !sent.some(each => isPort(port, each.port)));
	const [left] = free;
	const isLeft = free.length === 1 && left !== undefined && !isInner(left) && !sent.some(each => each.holder === holder);
	const first = sole.length === 1 ? sole : isLeft ? free : [];
	const others = ports.filter(port => !first.includes(port)).toSorted((one, other) => rank(one) - rank(other));
	return {ports: [...first, ...others].slice(0, mostPorts), sure: first.length === 1};
}
