import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {groupOf, type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {sharesOf} from '../coherence/autoscaler-check.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {templateBefore} from './earlier-revision.ts';
import {changedLast} from './last-write.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';

/** Usual first requests; how much is right only its use tells. */
const firstRequests: {readonly [resource: string]: readonly string[]} = {cpu: ['100m', '250m'], memory: ['128Mi', '256Mi']};

type Lack = {readonly resource: string; readonly containers: readonly {readonly name: string; readonly index: number}[]};

function lacksOf(scaler: KubeObject, {podSpec}: Case): readonly Lack[] {
	return sharesOf(scaler).flatMap(({resource, container}) => {
		const containers = listAt(podSpec, 'containers').flatMap((each, index) => {
			const name = textAt(each, 'name') ?? '';
			const isMeant = container === undefined || container === name;
			const has = ['requests', 'limits'].some(field => valueAt(each, 'resources', field, resource) !== undefined);
			return isMeant && !has ? [{name, index}] : [];
		});
		return containers.length === 0 ? [] : [{resource, containers}];
	});
}

function requestRemedies(workload: KubeObject, {resource, containers}: Lack, {podSpec}: Case): readonly Remedy[] {
	return (firstRequests[resource] ?? []).map(amount =>
		exchange(
			workload,
			containers.map(({index}) => {
				const container = listAt(podSpec, 'containers')[index];
				const resources = objectAt(container, 'resources');
				const to = {...resources, requests: {...objectAt(resources, 'requests'), [resource]: amount}};
				const from = valueAt(container, 'resources');
				return {path: [...(templatePath(workload) ?? []), 'spec', 'containers', index, 'resources'], from, to};
			}),
			{
				side: 'workload',
				sure: false,
				amount,
				text: {
					en: `Give ${containers.map(({name}) => name).join(', ')} of ${refText(refOf(workload))} a ${resource} request of ${amount}`,
					ko: `${refText(refOf(workload))}의 ${containers.map(({name}) => name).join(', ')}에 ${resource} 요청 ${amount}를 줍니다`,
				},
			},
		),
	);
}

/** The resources of the containers as the revision before had them, where that one made the requests. */
function formerRequests(workload: KubeObject, {resource, containers}: Lack, given: Case): readonly Remedy[] | undefined {
	const before = listAt(templateBefore(given), 'spec', 'containers');
	const former = containers.flatMap(({name, index}) => {
		const had = before.find(each => textAt(each, 'name') === name);
		const amount = valueAt(had, 'resources', 'requests', resource);
		return amount === undefined ? [] : [{index, name, amount}];
	});
	if (former.length < containers.length) return undefined;
	const exchanges = former.map(({index, amount}) => {
		const from = valueAt(listAt(given.podSpec, 'containers')[index], 'resources');
		const to = {...objectAt(from), requests: {...objectAt(from, 'requests'), [resource]: amount}};
		return {path: [...(templatePath(workload) ?? []), 'spec', 'containers', index, 'resources'], from, to};
	});
	const amounts = former.map(({name, amount}) => `${name} ${amount}`).join(', ');
	return [
		exchange(workload, exchanges, {
			side: 'workload',
			sure: true,
			text: {
				en: `Give ${refText(refOf(workload))} the ${resource} requests back that it had (${amounts})`,
				ko: `${refText(refOf(workload))}의 ${resource} 요청을 이전 값(${amounts})으로 되돌립니다`,
			},
		}),
	];
}

/** Whoever brought the contradiction: the workload, if its revision before made the requests or it was changed last, else the autoscaler. */
function placeOfLack(scaler: KubeObject, workload: KubeObject, lack: Lack, given: Case): Pick<Cause, 'resource' | 'path'> {
	const [first] = lack.containers;
	const isWorkload = formerRequests(workload, lack, given) !== undefined || changedLast([scaler, workload]) === workload;
	return isWorkload
		? {resource: refOf(workload), path: `spec.template.spec.containers[${first?.name}].resources.requests.${lack.resource}`}
		: {resource: refOf(scaler), path: 'spec.metrics'};
}

function requestCauses(scaler: KubeObject, given: Case): readonly Cause[] {
	const {workload} = given;
	if (workload === undefined) return [];
	const name = refText(refOf(scaler));
	return lacksOf(scaler, given).map(lack => {
		const who = lack.containers.map(each => each.name).join(', ');
		return {
			id: 'autoscaler-without-requests',
			...placeOfLack(scaler, workload, lack, given),
			hurts: [refOf(scaler)],
			cause: {
				en: `${name} measures a share of the ${lack.resource} requests, and container ${who} of ${refText(refOf(workload))} makes no ${lack.resource} request: no share can be told, so it never scales`,
				ko: `${name}는 ${lack.resource} 요청(request)에 대한 사용률을 재는데 ${refText(refOf(workload))}의 컨테이너 ${who}에 ${lack.resource} 요청이 없어 사용률을 계산할 수 없습니다`,
			},
			evidence: [
				{source: name, detail: `target ${lack.resource} utilization`},
				{source: refText(refOf(workload)), detail: `container ${who}: no resources.requests.${lack.resource}`},
			],
			remedies: formerRequests(workload, lack, given) ?? requestRemedies(workload, lack, given),
		};
	});
}

/** The other kind in which a workload of that name is there. */
const otherKind = (kind: string, name: string, scene: Case['scene']) =>
	['Deployment', 'StatefulSet'].find(other => other !== kind && ofKind(scene, other).some(({metadata}) => metadata.name === name));

/** Kinds of which the API server tells no scale, and those that nobody knows since they are not written as kinds are. */
const scaleless = /^(?:DaemonSet|Job|CronJob|Pod|deployments?|statefulsets?|Deployments|StatefulSets)$/;

/** Kinds are found by their group, whatever the version: `v1` is that of Pods, and `extensions` is gone. */
function groupCause(scaler: KubeObject, kind: string, target: string): Cause | undefined {
	const at = ['spec', 'scaleTargetRef', 'apiVersion'];
	const written = textAt(scaler, ...at);
	if (written?.startsWith('apps/') === true) return undefined;
	const name = refText(refOf(scaler));
	return {
		id: 'autoscaler-target-not-there',
		resource: refOf(scaler),
		path: 'spec.scaleTargetRef.apiVersion',
		cause: {
			en: `${name} scales ${kind} ${target} of ${written ?? 'no API'}, where there is no such kind: it is of apps/v1`,
			ko: `${name}의 대상 ${kind} ${target}의 apiVersion이 ${written ?? '비어 있어'} 잘못되었습니다: apps/v1이어야 합니다`,
		},
		evidence: [{source: name, detail: `scaleTargetRef ${written ?? '(no apiVersion)'} ${kind} ${target}`}],
		remedies: [
			exchange(scaler, [{path: at, from: written, to: 'apps/v1'}], {
				side: 'autoscaler',
				sure: true,
				text: {en: `Make ${name} scale ${kind} ${target} of apps/v1`, ko: `${name}가 apps/v1의 ${kind} ${target}를 조절하게 합니다`},
			}),
		],
	};
}

/** Others have kinds of the same names, as OpenKruise its StatefulSet: of these nothing was read. */
const isOfOthers = (scaler: KubeObject) => {
	const group = groupOf(textAt(scaler, 'spec', 'scaleTargetRef', 'apiVersion') ?? '');
	return group.includes('.') && !group.endsWith('.k8s.io');
};

function targetCause(scaler: KubeObject, {scene}: Case): Cause | undefined {
	if (isOfOthers(scaler)) return undefined;
	const kind = textAt(scaler, 'spec', 'scaleTargetRef', 'kind') ?? '';
	const target = textAt(scaler, 'spec', 'scaleTargetRef', 'name') ?? '';
	const have = ofKind(scene, kind).map(({metadata}) => metadata.name);
	const isScaled = ['Deployment', 'StatefulSet'].includes(kind);
	if (isScaled && have.includes(target)) return groupCause(scaler, kind, target);
	if ((!isScaled && !scaleless.test(kind)) || isUnread(scene, kind)) return undefined;
	const name = refText(refOf(scaler));
	const other = otherKind(kind, target, scene);
	const field = other === undefined && isScaled ? 'name' : 'kind';
	// An autoscaler mostly bears the name of what it scales.
	const to = other ?? (isScaled ? (meantName(target, have) ?? have.find(each => each === scaler.metadata.name)) : undefined);
	const meant = other === undefined ? `${kind} ${to}` : `${other} ${target}`;
	return {
		id: 'autoscaler-target-not-there',
		resource: refOf(scaler),
		path: `spec.scaleTargetRef.${field}`,
		cause: {
			en: `${name} scales ${kind} ${target}, ${have.includes(target) ? 'which has no scale' : 'which is not there'}`,
			ko: `${name}가 조절하는 ${kind} ${target}${have.includes(target) ? '은(는) 조절할 수 없는 종류입니다' : '이(가) 없습니다'}`,
		},
		evidence: [
			{source: name, detail: `scaleTargetRef ${kind} ${target}`},
			...(to === undefined ? [] : [{source: meant, detail: 'is there'}]),
		],
		remedies:
			to === undefined
				? []
				: [
						exchange(scaler, [{path: ['spec', 'scaleTargetRef', field], from: field === 'kind' ? kind : target, to}], {
							side: 'autoscaler',
							sure: true,
							text: {en: `Make ${name} scale ${meant}`, ko: `${name}가 ${meant}를 조절하게 합니다`},
						}),
					],
	};
}

function boundCauses(scaler: KubeObject, {workload}: Case): readonly Cause[] {
	const name = refText(refOf(scaler));
	const [least, most] = [numberAt(scaler, 'spec', 'minReplicas') ?? 1, numberAt(scaler, 'spec', 'maxReplicas') ?? 1];
	const replicas = numberAt(workload, 'spec', 'replicas');
	const say = (id: Cause['id'], en: string, ko: string): Cause => ({
		id,
		resource: refOf(scaler),
		cause: {en: `${name} ${en}`, ko: `${name}: ${ko}`},
		evidence: [{source: name, detail: `minReplicas ${least}, maxReplicas ${most}`}],
		remedies: [],
	});
	if (replicas === 0)
		return [say('autoscaler-switched-off', 'does nothing while its workload has 0 replicas', '워크로드가 0개라 동작하지 않습니다')];
	if (least >= most)
		return [
			say(
				'autoscaler-bounds-equal',
				`may only run ${most}: minReplicas and maxReplicas leave no room`,
				`최소와 최대가 ${most}로 같아 움직일 수 없습니다`,
			),
		];
	if (replicas === most) return [say('autoscaler-at-maximum', `is at its maxReplicas of ${most}`, `이미 최대 ${most}개입니다`)];
	return [];
}

/** What the controller itself says. */
function toldCauses(scaler: KubeObject): readonly Cause[] {
	return listAt(scaler, 'status', 'conditions')
		.filter(each => textAt(each, 'status') === 'False' && ['AbleToScale', 'ScalingActive'].includes(textAt(each, 'type') ?? ''))
		.map(each => ({
			id: 'autoscaler-inactive',
			resource: refOf(scaler),
			path: textAt(each, 'type') === 'AbleToScale' ? 'spec.scaleTargetRef' : 'spec.metrics',
			cause: {
				en: `${refText(refOf(scaler))} is not active (${textAt(each, 'reason')})`,
				ko: `${refText(refOf(scaler))}가 동작하지 않습니다 (${textAt(each, 'reason')})`,
			},
			evidence: [{source: refText(refOf(scaler)), detail: shortLine(textAt(each, 'message') ?? '', 240)}],
			remedies: [],
		}));
}

/** Why an autoscaler does not scale. */
export const autoscalerCauses = (given: Case): readonly Cause[] =>
	given.scalers.flatMap(scaler => {
		const target = targetCause(scaler, given);
		if (target !== undefined) return [target];
		const found = [...requestCauses(scaler, given), ...boundCauses(scaler, given)];
		return found.length > 0 ? found : toldCauses(scaler);
	});
