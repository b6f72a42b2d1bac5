import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, isChangedLately} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';

/** Load that lasts so long has done its harm before the first pod comes. */
const longestS = 600;

/** How long it takes by the policies until there is one pod more; undefined where they say nothing. Of several the quickest counts, unless the least is asked for. */
function secondsPerPod(scaler: KubeObject): number | undefined {
	const up = valueAt(scaler, 'spec', 'behavior', 'scaleUp');
	const paces = listAt(up, 'policies').flatMap(policy => {
		const [value, period] = [numberAt(policy, 'value') ?? 0, numberAt(policy, 'periodSeconds') ?? 0];
		// A share of the pods is one pod at the least.
		return value === 0 ? [] : [textAt(policy, 'type') === 'Pods' ? period / value : Math.min(period, (period * 100) / value)];
	});
	if (paces.length === 0) return undefined;
	return textAt(up, 'selectPolicy') === 'Min' ? Math.max(...paces) : Math.min(...paces);
}

/** An autoscaler that was made to wait for very long before it adds a pod, or between one and the next. */
export function slowGrowth(scaler: KubeObject, {nowMs}: Survey): readonly Cause[] {
	const window = numberAt(scaler, 'spec', 'behavior', 'scaleUp', 'stabilizationWindowSeconds') ?? 0;
	const pace = secondsPerPod(scaler) ?? 0;
	// What was so from the beginning somebody wanted.
	if (Math.max(window, pace) < longestS || !isChangedLately(scaler, nowMs)) return [];
	const field = window >= longestS ? 'stabilizationWindowSeconds' : 'policies';
	const place = ['spec', 'behavior', 'scaleUp', field];
	const former = valueAt(lastApplied(scaler), ...place);
	const now = valueAt(scaler, ...place);
	const isKnown = lastApplied(scaler) !== undefined && JSON.stringify(former) !== JSON.stringify(now);
	const name = refText(refOf(scaler));
	const what = field === 'policies' ? `adds one pod in ${age(pace * 1000)}` : `waits for ${age(window * 1000)} before it adds a pod`;
	return [
		{
			id: 'autoscaler-grows-slowly',
			resource: refOf(scaler),
			path: place.join('.'),
			cause: {
				en: `${name} ${what} since a short time ago, however much is asked of its pods`,
				ko: `${name}가 ${field === 'policies' ? `파드를 ${age(pace * 1000)}에 하나씩만 늘립니다` : `${age(window * 1000)} 동안 기다린 뒤에야 파드를 늘립니다`}`,
			},
			evidence: [{source: name, detail: `${place.join('.')} ${JSON.stringify(now)}`}, ...changeEvidence(scaler)],
			remedies: [
				merge(
					scaler,
					{spec: {behavior: {scaleUp: {[field]: isKnown ? (former ?? null) : field === 'policies' ? null : 0}}}},
					{
						side: 'autoscaler',
						sure: isKnown,
						text: {
							en: `Let ${name} add pods as ${isKnown ? 'it did' : 'autoscalers mostly do'}`,
							ko: `${name}가 ${isKnown ? '전처럼' : '보통처럼'} 파드를 늘리게 합니다`,
						},
					},
				),
			],
		},
	];
}

/** Kinds that autoscalers are mostly told to look at. */
const describable = ['Service', 'Ingress', 'Deployment', 'StatefulSet', 'Pod', 'HTTPRoute'];

/** An autoscaler measures by an object that is not there: nobody has a number for it. */
export function describedObject(scaler: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace = ''} = scaler.metadata;
	// An adapter may have a number under the name of what is no object of this cluster.
	const isMeasured = listAt(scaler, 'status', 'conditions').some(
		each => textAt(each, 'type') === 'ScalingActive' && textAt(each, 'status') === 'True',
	);
	if (isMeasured) return [];
	return listAt(scaler, 'spec', 'metrics').flatMap((metric, index): readonly Cause[] => {
		const [kind, wanted] = [
			textAt(metric, 'object', 'describedObject', 'kind') ?? '',
			textAt(metric, 'object', 'describedObject', 'name') ?? '',
		];
		const isKnown = describable.includes(kind) && survey.isRead(kind, namespace);
		if (!isKnown || survey.find(kind, namespace, wanted) !== undefined) return [];
		const place = ['spec', 'metrics', index, 'object', 'describedObject', 'name'];
		const names = survey.all(kind, namespace).map(each => each.metadata.name);
		const former = textAt(listAt(lastApplied(scaler), 'spec', 'metrics')[index], 'object', 'describedObject', 'name');
		const meant = former !== undefined && names.includes(former) ? former : meantName(wanted, names);
		const only = meant ?? (names.length === 1 ? names[0] : undefined);
		const name = refText(refOf(scaler));
		return [
			{
				id: 'autoscaler-object-not-there',
				resource: refOf(scaler),
				path: `spec.metrics[${index}].object.describedObject.name`,
				cause: {
					en: `${name} measures by ${kind} ${wanted}, which is not there (there is: ${names.slice(0, 5).join(', ') || 'none'}): it does not scale`,
					ko: `${name}가 없는 ${kind} ${wanted}(있는 것: ${names.slice(0, 5).join(', ') || '없음'})의 지표를 써서 조절하지 못합니다`,
				},
				evidence: [{source: name, detail: `describedObject ${kind} ${wanted}`}, ...changeEvidence(scaler)],
				remedies:
					only === undefined
						? []
						: [
								exchange(scaler, [{path: place, from: wanted, to: only}], {
									side: 'autoscaler',
									sure: meant !== undefined,
									text: {en: `Make ${name} measure by ${kind} ${only}`, ko: `${name}가 ${kind} ${only}의 지표를 쓰게 합니다`},
								}),
							],
			},
		];
	});
}
