import type {Json} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {completed, roundedAmount, takes} from '../../../capacity/quota-size.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {neededOf} from '../../../diagnosis/quota-remedies.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {severityOfStart, startingWorkloads} from '../standing.ts';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

/** Of what pods take, what a quota counts. One with scopes counts some pods only. */
const counted = (quota: KubeObject): readonly string[] => {
	const {hard, scopes, scopeSelector} = objectAt(quota, 'spec');
	if (scopes !== undefined || scopeSelector !== undefined) return [];
	return Object.keys(objectAt(hard)).filter(what => /^(?:pods|count\/pods|(?:requests\.|limits\.)?(?:cpu|memory))$/.test(what));
};

/** A quota below what runs already: nothing falls over, and no pod that ends is made anew. */
function belowUse(quota: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace = ''} = quota.metadata;
	return counted(quota).flatMap((what): readonly Cause[] => {
		const [hard, used] = [objectAt(quota, 'spec', 'hard')[what], objectAt(quota, 'status', 'used')[what]];
		const [most, now] = [amount(hard), amount(used)];
		if (most === undefined || now === undefined || now <= most) return [];
		const workloads = startingWorkloads(survey, namespace).filter(({kind}) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind));
		const name = refText(refOf(quota));
		const needed = roundedAmount(what, Math.max(now, neededOf(what, quota, workloads, survey.scene(namespace))));
		return [
			{
				id: 'quota-used-up',
				resource: refOf(quota),
				path: `spec.hard[${what}]`,
				severity: 'medium',
				hurts: workloads.map(refOf),
				cause: {
					en: `${name} allows ${what} ${String(hard)}, and ${String(used)} are in use: a pod that ends is not made anew`,
					ko: `${name}는 ${what}을(를) ${String(hard)}까지 허용하는데 이미 ${String(used)}을(를) 쓰고 있습니다: 끝난 파드는 다시 만들어지지 않습니다`,
				},
				evidence: [
					{source: name, detail: `${what}: ${String(used)} of ${String(hard)} used`},
					...changeEvidence(quota, ['spec', 'hard', what]),
				],
				remedies: [
					merge(
						quota,
						{spec: {hard: {[what]: needed}}},
						{
							side: 'quota',
							sure: true,
							text: {
								en: `Raise ${name} to ${what}=${needed}: enough for what runs, and for a rollout`,
								ko: `${name}를 ${what}=${needed}(으)로 올립니다`,
							},
						},
					),
				],
			},
		];
	});
}

/** Usual first steps for what a container does not name. */
const usual: {readonly [field: string]: string} = {
	'requests.cpu': '100m',
	'requests.memory': '128Mi',
	'limits.cpu': '500m',
	'limits.memory': '256Mi',
};

/** What the container asks for already is the best guess at its limit. */
function stepFor(container: Json, list: string, thing: string): string {
	const other = objectAt(container, 'resources', list === 'limits' ? 'requests' : 'limits')[thing];
	return typeof other === 'string' ? other : (usual[`${list}.${thing}`] ?? '100m');
}

/** A quota that counts what pods do not name: the server refuses them. */
function unnamed(workload: KubeObject, quota: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace} = workload.metadata;
	const ranges = survey.all('LimitRange', namespace);
	return counted(quota).flatMap((what): readonly Cause[] => {
		const [list = 'requests', thing] = what.includes('.') ? what.split('.') : ['requests', what];
		if (thing !== 'cpu' && thing !== 'memory') return [];
		const bare = placedContainers(workload).filter(({container, isInit}) => {
			const spec = completed({containers: [container]}, ranges);
			return !isInit && (takes(spec)[what] ?? 0) === 0;
		});
		const [first] = bare;
		if (first === undefined) return [];
		const isQuota = isChangedLater(quota, workload, {one: ['spec', 'hard', what]});
		const place = [...first.place, 'resources', list, thing];
		const [name, limiter] = [refText(refOf(workload)), refText(refOf(quota))];
		const step = stepFor(first.container, list, thing);
		const exchanges = bare.map(({container, place: at}) => {
			const resources = objectAt(container, 'resources');
			const own = {...objectAt(resources, list), [thing]: stepFor(container, list, thing)};
			const to = {...resources, [list]: own};
			return {path: [...at, 'resources'], from: objectAt(container).resources, to};
		});
		return [
			{
				id: 'quota-wants-resources',
				resource: refOf(isQuota ? quota : workload),
				path: isQuota ? `spec.hard[${what}]` : fieldPath(workload, place),
				severity: severityOfStart(workload, survey),
				hurts: [refOf(workload)],
				cause: {
					en: `${limiter} counts ${what}, and container ${bare.map(each => each.name).join(', ')} of ${name} names no ${list}.${thing}: the server refuses its pods`,
					ko: `${limiter}가 ${what}을(를) 세는데 ${name}의 컨테이너 ${bare.map(each => each.name).join(', ')}에 ${list}.${thing}이(가) 없습니다: 서버가 파드를 거절합니다`,
				},
				evidence: [
					{source: limiter, detail: `spec.hard ${what}=${String(objectAt(quota, 'spec', 'hard')[what])}`},
					...changeEvidence(quota, ['spec', 'hard', what]),
				],
				remedies: [
					exchange(workload, exchanges, {
						side: 'workload',
						sure: false,
						amount: step,
						text: {
							en: `Give container ${bare.map(each => each.name).join(', ')} of ${name} ${list}.${thing} ${step}`,
							ko: `${name}의 컨테이너에 ${list}.${thing} ${step}을(를) 줍니다`,
						},
					}),
				],
			},
		];
	});
}

/** Quotas that refuse pods, or will when the next one is made. What one refuses at this moment the workload tells itself. */
export const quotaFaults: Analyzer = survey =>
	survey.all('ResourceQuota').flatMap(quota => {
		const workloads = startingWorkloads(survey, quota.metadata.namespace ?? '').filter(({kind}) => kind !== 'Pod');
		return [
			...belowUse(quota, survey),
			...(survey.isRead('LimitRange', quota.metadata.namespace) ? workloads.flatMap(each => unnamed(each, quota, survey)) : []),
		];
	});
