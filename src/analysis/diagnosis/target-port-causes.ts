import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {type DeclaredPort, declaredPorts} from '../coherence/workload-set.ts';
import type {Case, Scene} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {earlierTemplates} from './earlier-revision.ts';
import {changeEvidence, isChangedLater} from './last-write.ts';
import {listensOn, movedPort} from './moved-port.ts';
import {exchange} from './patch-remedy.ts';
import {backRemedy, changeOf} from './template-change.ts';

const protocolOf = (port: Json) => textAt(port, 'protocol') ?? 'TCP';

/**
 * Why the pods do not take what a Service sends: a name must be that of a port of the same protocol, and a number one that they speak of, where they list
 * any. Undefined where they take it.
 */
export function refusalOf(port: Json, podSpec: Json): 'port' | 'protocol' | undefined {
	const ports = declaredPorts(podSpec);
	const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	if (target === undefined || target === 0) return undefined;
	const same = ports.filter(({name, number}) => name === target || number === target);
	if (same.length > 0) return same.some(({protocol = 'TCP'}) => protocol === protocolOf(port)) ? undefined : 'protocol';
	if (typeof target === 'string') return 'port';
	return ports.length === 0 || typeof target !== 'number' || listensOn(podSpec, target) ? undefined : 'port';
}

/** The port that was meant: the only one, the one of the Service port's name, or the one whose number is the Service's own. */
function meantPort(port: Json, ports: readonly DeclaredPort[]): DeclaredPort | undefined {
	if (ports.length === 1) return ports[0];
	const name = textAt(port, 'name');
	return ports.find(each => name !== undefined && each.name === name) ?? ports.find(each => each.number === numberAt(port, 'port'));
}

type Target = {readonly port: Json; readonly index: number; readonly service: KubeObject};

const portName = ({port, index}: Target) => textAt(port, 'name') ?? numberAt(port, 'port') ?? index;

function serviceRemedy({service, port, index}: Target, meant: DeclaredPort | undefined, sure: boolean): readonly Remedy[] {
	if (meant === undefined) return [];
	const name = refText(refOf(service));
	return [
		exchange(service, [{path: ['spec', 'ports', index, 'targetPort'], from: valueAt(port, 'targetPort'), to: meant.number}], {
			side: 'service',
			sure,
			text: {
				en: `Set the target port of ${name} to ${meant.number}`,
				ko: `${name}의 targetPort를 ${meant.number}(으)로 바꿉니다`,
			},
		}),
	];
}

const podSpecIn = (template: Json): Json => valueAt(template, 'spec') ?? {};

/** Where a port of before is now: under its name or number, or else the only one that was not there. */
function placeNow(before: Json, then: readonly Json[], now: readonly Json[]): number {
	const same = now.findIndex(
		each =>
			(textAt(each, 'name') !== undefined && textAt(each, 'name') === textAt(before, 'name')) ||
			numberAt(each, 'containerPort') === numberAt(before, 'containerPort'),
	);
	const fresh = now.filter(each => !then.some(other => numberAt(other, 'containerPort') === numberAt(each, 'containerPort')));
	const [only, ...others] = fresh;
	return same === -1 && only !== undefined && others.length === 0 ? now.indexOf(only) : same;
}

/** The port of a workload's container that an earlier template had under the name or number that the Service asks for. */
function lostPort({port}: Target, given: Case) {
	const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	const {workload} = given;
	if (workload === undefined) return undefined;
	for (const template of earlierTemplates(given))
		for (const container of listAt(template, 'spec', 'containers'))
			for (const before of listAt(container, 'ports')) {
				if (textAt(before, 'name') !== target && numberAt(before, 'containerPort') !== target) continue;
				const name = textAt(container, 'name') ?? '';
				const now = listAt(given.podSpec, 'containers').findIndex(each => textAt(each, 'name') === name);
				const ports = listAt(given.podSpec, 'containers')[now];
				const at = placeNow(before, listAt(container, 'ports'), listAt(ports, 'ports'));
				return {
					workload,
					container: name,
					before,
					moved: movedPort(before, name, podSpecIn(template), given),
					place: [...(templatePath(workload) ?? []), 'spec', 'containers', now, 'ports'],
					at,
					now: listAt(ports, 'ports')[at],
				};
			}
	return undefined;
}

type Lost = NonNullable<ReturnType<typeof lostPort>>;

const lostPath = ({workload, container, before, now}: Lost) => {
	const at = [...(templatePath(workload) ?? []), 'spec', `containers[${container}]`].join('.');
	const name = textAt(before, 'name') ?? String(numberAt(before, 'containerPort'));
	return `${at}.ports[${name}]${now === undefined ? '' : textAt(now, 'name') === textAt(before, 'name') ? '.containerPort' : '.name'}`;
};

/** Only the list of ports is set back: what the image is and does is not touched. Probes that name a port keep a name that is there. */
function workloadRemedy({workload, before, place, at, now}: Lost, podSpec: Json): readonly Remedy[] {
	const renamed = textAt(now, 'name');
	const isAsked = renamed !== undefined && renamed !== textAt(before, 'name') && JSON.stringify(podSpec).includes(`"port":"${renamed}"`);
	if (at === -1 || isAsked) return [];
	const name = refText(refOf(workload));
	return [
		exchange(workload, [{path: [...place, at], from: now, to: before}], {
			side: 'workload',
			sure: false,
			text: {
				en: `Give ${name} its port ${textAt(before, 'name') ?? numberAt(before, 'containerPort')} back`,
				ko: `${name}에 ${textAt(before, 'name') ?? numberAt(before, 'containerPort')} 포트를 되돌립니다`,
			},
		}),
	];
}

function portCause(target: Target, given: Case, workload: KubeObject): readonly Cause[] {
	const {port, service} = target;
	const ports = declaredPorts(given.podSpec);
	const refusal = refusalOf(port, given.podSpec);
	if (refusal === undefined) return [];
	const [name, who] = [refText(refOf(service)), refText(refOf(workload))];
	const have =
		ports.map(each => (each.name === '' ? String(each.number) : `${each.number} (${each.name})`)).join(', ') || 'no port that they name';
	const asked = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	const former = refusal === 'port' && !isChangedLater(service, workload) ? lostPort(target, given) : undefined;
	const moved = former?.moved;
	// Where the program went to another port with all that speaks of it, the Service is behind.
	const lost = moved === undefined ? former : undefined;
	const change = moved === undefined ? undefined : changeOf(given, ({template}) => refusalOf(port, podSpecIn(template)) === undefined);
	return [
		{
			id: 'target-port-not-there',
			resource: refOf(lost === undefined ? service : workload),
			path: lost === undefined ? `spec.ports[${portName(target)}].targetPort` : lostPath(lost),
			hurts: [refOf(service), refOf(workload)],
			cause: {
				en: `${name} sends port ${numberAt(port, 'port')} to ${asked} of the pods, and their containers listen on ${have}`,
				ko: `${name}가 ${numberAt(port, 'port')} 포트를 파드의 ${asked} 포트로 보내는데 컨테이너는 ${have}에서 듣습니다`,
			},
			evidence: [
				{source: name, detail: `targetPort ${asked}`},
				{source: who, detail: `containerPort ${have}`},
				...(moved === undefined || change === undefined
					? []
					: [{source: who, detail: `revision ${change.earlier.revision} had port ${asked}`}]),
				...changeEvidence(lost === undefined ? service : workload),
			],
			remedies: [
				...(lost === undefined ? [] : workloadRemedy(lost, given.podSpec)),
				...serviceRemedy(target, moved ?? meantPort(port, ports), true),
				...(moved === undefined ? [] : backRemedy(given, change, change?.exchanges, false)),
			],
		},
	];
}

/** A protocol that differs is no port at all to a name, and to a number one that answers nobody. */
function protocolCause(target: Target, given: Case, workload: KubeObject): readonly Cause[] {
	const {port, service, index} = target;
	const asked = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	const declared = declaredPorts(given.podSpec).find(({name, number}) => name === asked || number === asked);
	if (declared === undefined) return [];
	const name = refText(refOf(service));
	return [
		{
			id: 'service-protocol-differs',
			resource: refOf(service),
			path: `spec.ports[${portName(target)}].protocol`,
			hurts: [refOf(service), refOf(workload)],
			cause: {
				en: `${name} sends port ${numberAt(port, 'port')} by ${protocolOf(port)}, and port ${asked} of the pods speaks ${declared.protocol}`,
				ko: `${name}가 ${numberAt(port, 'port')} 포트를 ${protocolOf(port)}로 보내는데 파드의 ${asked} 포트는 ${declared.protocol}입니다`,
			},
			evidence: [
				{source: name, detail: `protocol ${protocolOf(port)}`},
				{source: refText(refOf(workload)), detail: `${asked}: protocol ${declared.protocol}`},
				...changeEvidence(service),
			],
			remedies: [
				exchange(service, [{path: ['spec', 'ports', index, 'protocol'], from: valueAt(port, 'protocol'), to: declared.protocol ?? 'TCP'}], {
					side: 'service',
					sure: true,
					text: {en: `Make ${name} send ${declared.protocol}`, ko: `${name}의 프로토콜을 ${declared.protocol}로 바꿉니다`},
				}),
			],
		},
	];
}

/** All workloads that a Service selects: tracks of one application, mostly one alone. */
const tracksOf = (service: KubeObject, {objects}: Scene) =>
	objects.filter(
		each =>
			['Deployment', 'StatefulSet', 'DaemonSet'].includes(each.kind) &&
			fitsMap(valueAt(service, 'spec', 'selector'), valueAt(each, ...(templatePath(each) ?? []), 'metadata', 'labels')),
	);

/** Ports of a Service that lead to no port of its pods. Where some of them have it, the Service is right. */
export function targetPortCauses(service: KubeObject, given: Case): readonly Cause[] {
	const {workload, podSpec, labels, scene} = given;
	if (workload === undefined || !fitsMap(valueAt(service, 'spec', 'selector'), labels)) return [];
	return listAt(service, 'spec', 'ports').flatMap((port, index) => {
		const refusal = refusalOf(port, podSpec);
		if (refusal === undefined || tracksOf(service, scene).some(each => refusalOf(port, podSpecOf(each)) === undefined)) return [];
		const target = {port, index, service};
		return refusal === 'port' ? portCause(target, given, workload) : protocolCause(target, given, workload);
	});
}
