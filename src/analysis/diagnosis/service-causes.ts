import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {declaredPorts} from '../coherence/workload-set.ts';
import {type Case, isReady, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {ingressCauses} from './ingress-causes.ts';
import {exchange, merge} from './patch-remedy.ts';

/** `app=web,tier=front` */
export const labelText = (labels: Json | undefined) =>
	Object.entries(isJsonObject(labels) ? labels : {})
		.map(([key, value]) => `${key}=${value}`)
		.join(',');

const selects = (service: KubeObject) => Object.keys(objectAt(service, 'spec', 'selector')).length > 0;

/** The labels that a selector was meant to name: its own keys with the values of the pods, or what the workload itself selects by. */
function meantSelector(service: KubeObject, {workload, labels}: Case): {readonly [key: string]: string} | undefined {
	const keys = Object.keys(objectAt(service, 'spec', 'selector'));
	if (workload === undefined) return undefined;
	const own = valuesOf(keys, labels);
	const selected = objectAt(workload, 'spec', 'selector', 'matchLabels');
	return keys.length === Object.keys(own).length ? own : valuesOf(Object.keys(selected), selected);
}

const valuesOf = (keys: readonly string[], labels: Json): {readonly [key: string]: string} =>
	Object.fromEntries(
		keys.flatMap(key => {
			const value = textAt(labels, key);
			return value === undefined ? [] : [[key, value]];
		}),
	);

function selectorCause(service: KubeObject, given: Case): readonly Cause[] {
	const {workload, labels, scene} = given;
	const selector = objectAt(service, 'spec', 'selector');
	if (!selects(service) || fitsMap(selector, labels) || isUnread(scene, 'Pod')) return [];
	if (ofKind(scene, 'Pod').some(pod => fitsMap(selector, pod.metadata.labels))) return [];
	const name = refText(refOf(service));
	const meant = meantSelector(service, given);
	const dropped = Object.fromEntries(Object.keys(selector).map(key => [key, meant?.[key] ?? null]));
	const remedies: readonly Remedy[] =
		meant === undefined
			? []
			: [
					merge(
						service,
						{spec: {selector: {...dropped, ...meant}}},
						{
							side: 'service',
							sure: true,
							text: {
								en: `Make ${name} select ${labelText(meant)}`,
								ko: `${name}의 셀렉터를 ${labelText(meant)}(으)로 바꿉니다`,
							},
						},
					),
				];
	return [
		{
			id: 'selector-fits-no-pod',
			resource: refOf(service),
			cause: {
				en: `${name} selects ${labelText(selector)}, and no pod has these labels: it has no endpoints`,
				ko: `${name}가 ${labelText(selector)} 라벨을 고르는데 그런 파드가 없어 엔드포인트가 하나도 없습니다`,
			},
			evidence: [
				{source: name, detail: `spec.selector ${labelText(selector)}`},
				...(workload === undefined ? [] : [{source: refText(refOf(workload)), detail: `pod labels ${labelText(labels)}`}]),
			],
			remedies,
		},
	];
}

type Declared = ReturnType<typeof declaredPorts>[number];

/** The port that was meant: the only one, the one of the Service port's name, or the one whose number is the Service's own. */
function meantPort(port: Json, ports: readonly Declared[]): Declared | undefined {
	if (ports.length === 1) return ports[0];
	const name = textAt(port, 'name');
	return ports.find(each => name !== undefined && each.name === name) ?? ports.find(each => each.number === numberAt(port, 'port'));
}

function portCauses(service: KubeObject, {workload, podSpec, labels}: Case): readonly Cause[] {
	const ports = declaredPorts(podSpec);
	if (workload === undefined || ports.length === 0 || !fitsMap(valueAt(service, 'spec', 'selector'), labels)) return [];
	const name = refText(refOf(service));
	const have = ports.map(each => (each.name === '' ? String(each.number) : `${each.number} (${each.name})`)).join(', ');
	return listAt(service, 'spec', 'ports').flatMap((port, index): readonly Cause[] => {
		const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
		if (target === undefined || ports.some(each => each.name === target || each.number === target)) return [];
		const meant = meantPort(port, ports);
		const place = ['spec', 'ports', index, 'targetPort'];
		const from = valueAt(port, 'targetPort');
		return [
			{
				id: 'target-port-not-there',
				resource: refOf(service),
				cause: {
					en: `${name} sends port ${numberAt(port, 'port')} to ${target} of the pods, and their containers listen on ${have}`,
					ko: `${name}가 ${numberAt(port, 'port')} 포트를 파드의 ${target} 포트로 보내는데 컨테이너는 ${have}에서 듣습니다`,
				},
				evidence: [
					{source: name, detail: `targetPort ${target}`},
					{source: refText(refOf(workload)), detail: `containerPort ${have}`},
				],
				remedies:
					meant === undefined
						? []
						: [
								exchange(service, [{path: place, from, to: meant.number}], {
									side: 'service',
									sure: true,
									text: {
										en: `Set the target port of ${name} to ${meant.number}`,
										ko: `${name}의 targetPort를 ${meant.number}(으)로 바꿉니다`,
									},
								}),
							],
			},
		];
	});
}

/** Pods are there and none is ready: what keeps them is told by the other causes. */
function notReadyCause(service: KubeObject, {pods, labels}: Case): readonly Cause[] {
	if (!fitsMap(valueAt(service, 'spec', 'selector'), labels) || pods.some(isReady) || pods.length === 0) return [];
	const name = refText(refOf(service));
	return [
		{
			id: 'no-ready-pod',
			resource: refOf(service),
			cause: {
				en: `None of the ${pods.length} pods behind ${name} is ready, so it has no ready endpoint`,
				ko: `${name} 뒤의 파드 ${pods.length}개 중 준비된 것이 없어 보낼 곳이 없습니다`,
			},
			evidence: pods.slice(0, 3).map(pod => ({source: refText(refOf(pod)), detail: 'Ready=False'})),
			remedies: [],
		},
	];
}

/** Why requests do not reach the pods. */
export const serviceCauses = (given: Case): readonly Cause[] => [
	...given.ingresses.flatMap(ingress => ingressCauses(ingress, given)),
	...given.services.flatMap(service => [...selectorCause(service, given), ...portCauses(service, given), ...notReadyCause(service, given)]),
];
