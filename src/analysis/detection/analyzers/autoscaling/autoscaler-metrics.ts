import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';

/** A metric of an autoscaler that counts a resource of the pods, with its place. */
type Counted = {readonly metric: Json; readonly field: 'resource' | 'containerResource'; readonly index: number; readonly resource: string};

/** Every metric of an autoscaler that counts CPU, memory or another resource of its pods. */
export const countedOf = (scaler: KubeObject): readonly Counted[] =>
	listAt(scaler, 'spec', 'metrics').flatMap((metric, index) =>
		(['resource', 'containerResource'] as const).flatMap(field => {
			const resource = textAt(metric, field, 'name');
			return resource === undefined ? [] : [{metric, field, index, resource}];
		}),
	);

/** What a container is called now that the template before called otherwise: of all names one went, and one came. */
function newName(wanted: string, names: readonly string[], former: Json | undefined): string | undefined {
	const before = listAt(former, 'spec', 'containers').flatMap(each => textAt(each, 'name') ?? []);
	const gone = before.filter(each => !names.includes(each));
	const come = names.filter(each => !before.includes(each));
	return gone.length === 1 && gone[0] === wanted && come.length === 1 ? come[0] : undefined;
}

/**
 * A container that is measured, and that the pods do not have.
 * @param former the pod template before the present one, looked up where it is needed
 */
export function measuredContainer(scaler: KubeObject, podSpec: Json, former: () => Json | undefined): readonly Cause[] {
	const names = listAt(podSpec, 'containers').flatMap(each => textAt(each, 'name') ?? []);
	const name = refText(refOf(scaler));
	return countedOf(scaler).flatMap(({metric, index, resource}): readonly Cause[] => {
		const wanted = textAt(metric, 'containerResource', 'container');
		if (wanted === undefined || names.length === 0 || names.includes(wanted)) return [];
		const told = names.length === 1 ? names[0] : (newName(wanted, names, former()) ?? meantName(wanted, names));
		// The container that is called as the workload is mostly the one that does its work.
		const meant = told ?? names.find(each => each === textAt(scaler, 'spec', 'scaleTargetRef', 'name'));
		const place = ['spec', 'metrics', index, 'containerResource', 'container'];
		return [
			{
				id: 'autoscaler-container-not-there',
				resource: refOf(scaler),
				path: `spec.metrics[${resource}].containerResource.container`,
				cause: {
					en: `${name} measures container ${wanted}, and the pods have ${names.join(', ')}: it never scales`,
					ko: `${name}는 컨테이너 ${wanted}를 재는데 파드에는 ${names.join(', ')}만 있어 동작하지 않습니다`,
				},
				evidence: [{source: name, detail: `containerResource.container ${wanted}`}],
				remedies:
					meant === undefined
						? []
						: [
								exchange(scaler, [{path: place, from: wanted, to: meant}], {
									side: 'autoscaler',
									sure: told !== undefined,
									text: {en: `Make ${name} measure container ${meant}`, ko: `${name}가 컨테이너 ${meant}를 재게 합니다`},
								}),
							],
			},
		];
	});
}

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

/** What the containers may use at most of what they ask for, in percent; undefined where one of them has no limit. */
function mostShare(containers: readonly Json[], resource: string): number | undefined {
	const pairs = containers.map(each => ({
		limit: amount(valueAt(each, 'resources', 'limits', resource)),
		request: amount(valueAt(each, 'resources', 'requests', resource) ?? valueAt(each, 'resources', 'limits', resource)),
	}));
	if (pairs.length === 0 || pairs.some(({limit, request}) => limit === undefined || request === undefined || request === 0))
		return undefined;
	const sum = (field: 'limit' | 'request') => pairs.reduce((total, pair) => total + (pair[field] ?? 0), 0);
	return (sum('limit') / sum('request')) * 100;
}

/** A share of the requests that is waited for, and that the limits never allow. Use above the limit is throttled, or killed. */
export function shareOutOfReach(scaler: KubeObject, podSpec: Json): readonly Cause[] {
	const name = refText(refOf(scaler));
	return countedOf(scaler).flatMap(({metric, field, index, resource}): readonly Cause[] => {
		const target = numberAt(metric, field, 'target', 'averageUtilization');
		const container = textAt(metric, field, 'container');
		const meant = listAt(podSpec, 'containers').filter(each => container === undefined || textAt(each, 'name') === container);
		const most = mostShare(meant, resource);
		// A tenth above the target is what the controller tolerates before it adds pods.
		if (target === undefined || most === undefined || most >= target * 1.1) return [];
		const to = Math.max(1, Math.floor(most * 0.8));
		const place = ['spec', 'metrics', index, field, 'target', 'averageUtilization'];
		return [
			{
				id: 'autoscaler-target-out-of-reach',
				resource: refOf(scaler),
				path: `spec.metrics[${resource}].${field}.target.averageUtilization`,
				cause: {
					en: `${name} adds pods when they use ${target} % of their ${resource} requests, and their limits allow ${Math.round(most)} %: it never does`,
					ko: `${name}는 ${resource} 요청의 ${target}%를 쓸 때 파드를 늘리는데 제한(limit)이 ${Math.round(most)}%까지만 허용해 늘어나지 않습니다`,
				},
				evidence: [{source: name, detail: `averageUtilization ${target}, limits allow ${Math.round(most)} % of the requests`}],
				remedies: [
					exchange(scaler, [{path: place, from: target, to}], {
						side: 'autoscaler',
						sure: true,
						amount: String(to),
						text: {
							en: `Let ${name} add pods at ${to} % of their ${resource} requests`,
							ko: `${name}가 ${resource} 요청의 ${to}%에서 파드를 늘리게 합니다`,
						},
					}),
				],
			},
		];
	});
}
