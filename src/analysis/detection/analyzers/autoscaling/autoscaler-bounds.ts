import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {isChangedSinceMade, writeText} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {roomForMore} from './room-for-more.ts';

/** Of what it measures, how many times the target is reached; the largest of all, undefined where nothing was measured. */
function demandOf(scaler: KubeObject): number | undefined {
	const targets = listAt(scaler, 'spec', 'metrics');
	const shares = listAt(scaler, 'status', 'currentMetrics').flatMap((current, index) =>
		['resource', 'containerResource'].flatMap(field => {
			const now = numberAt(current, field, 'current', 'averageUtilization');
			const target = numberAt(targets[index], field, 'target', 'averageUtilization');
			return now === undefined || target === undefined || target === 0 ? [] : [now / target];
		}),
	);
	return shares.length === 0 ? undefined : Math.max(...shares);
}

const full = {
	en: 'Neither nodes nor quotas have room for another pod: that must come first',
	ko: '노드나 쿼터에 파드를 더 둘 자리가 없습니다: 자리부터 늘려야 합니다',
};

/** At its maximum while far more is asked for: pods are short, and nobody may add one. */
export function atMaximum(scaler: KubeObject, workload: KubeObject, survey: Survey): readonly Cause[] {
	const most = numberAt(scaler, 'spec', 'maxReplicas') ?? 0;
	const demand = demandOf(scaler);
	if (numberAt(scaler, 'status', 'currentReplicas') !== most || demand === undefined || demand < 1.2) return [];
	const name = refText(refOf(scaler));
	const room = roomForMore(workload, survey);
	const to = Math.min(Math.ceil(most * demand), most + room);
	return [
		{
			id: 'autoscaler-at-maximum',
			resource: refOf(scaler),
			path: 'spec.maxReplicas',
			severity: 'medium',
			cause: {
				en: `${name} is at its maxReplicas of ${most}, and its pods do ${Math.round(demand * 100)} % of what one should`,
				ko: `${name}가 이미 최대 ${most}개인데 파드마다 목표의 ${Math.round(demand * 100)}%를 처리합니다`,
			},
			evidence: [{source: name, detail: `maxReplicas ${most}, use is ${Math.round(demand * 100)} % of the target`}],
			...(room > 0 ? {} : {noRemedy: full}),
			remedies:
				room === 0
					? []
					: [
							exchange(scaler, [{path: ['spec', 'maxReplicas'], from: most, to}], {
								side: 'autoscaler',
								// Its own measure tells how many would do; that the bound is no longer what it was, that it is not what is wanted.
								sure: isChangedSinceMade(scaler),
								amount: String(to),
								text: {en: `Let ${name} run up to ${to} pods`, ko: `${name}의 최대를 ${to}개로 올립니다`},
							}),
						],
		},
	];
}

/** `Scaled down replica set web-abc from 4 to 2` */
const scaledDown = /^Scaled down .* from (\d+) to \d+/;

/** Pods were taken away because the maximum went below what ran. */
export function maximumLowered(scaler: KubeObject, workload: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace} = scaler.metadata;
	const events = survey.all('Event', namespace);
	const isOf = (object: KubeObject) => (event: KubeObject) =>
		textAt(event, 'involvedObject', 'kind') === object.kind && textAt(event, 'involvedObject', 'name') === object.metadata.name;
	const told = events.filter(isOf(scaler)).find(each => /above Spec\.MaxReplicas/.test(textAt(each, 'message') ?? ''));
	if (told === undefined || !isChangedSinceMade(scaler)) return [];
	const most = numberAt(scaler, 'spec', 'maxReplicas') ?? 0;
	const former = events
		.filter(isOf(workload))
		.flatMap(each => scaledDown.exec(textAt(each, 'message') ?? '')?.[1] ?? [])
		.map(Number);
	const to = Math.max(0, ...former);
	const name = refText(refOf(scaler));
	return [
		{
			id: 'autoscaler-maximum-lowered',
			resource: refOf(scaler),
			path: 'spec.maxReplicas',
			hurts: [refOf(workload)],
			cause: {
				en: `maxReplicas of ${name} was lowered to ${most}, and pods of ${refText(refOf(workload))} were taken away for that`,
				ko: `${name}의 maxReplicas가 ${most}로 낮아져 ${refText(refOf(workload))}의 파드가 줄었습니다`,
			},
			evidence: [
				{source: `Event ${scaler.metadata.name}`, detail: textAt(told, 'message') ?? ''},
				{source: name, detail: writeText(scaler)},
			],
			remedies:
				to <= most
					? []
					: [
							exchange(scaler, [{path: ['spec', 'maxReplicas'], from: most, to}], {
								side: 'autoscaler',
								sure: true,
								text: {en: `Let ${name} run up to ${to} pods again`, ko: `${name}의 최대를 다시 ${to}개로 올립니다`},
							}),
						],
		},
	];
}

/** Somebody forbade it to add pods. Where it was so from its beginning, that is what was wanted. */
export function mayNotGrow(scaler: KubeObject): readonly Cause[] {
	if (textAt(scaler, 'spec', 'behavior', 'scaleUp', 'selectPolicy') !== 'Disabled') return [];
	const name = refText(refOf(scaler));
	const isNew = isChangedSinceMade(scaler);
	return [
		{
			id: 'autoscaler-may-not-grow',
			resource: refOf(scaler),
			path: 'spec.behavior.scaleUp.selectPolicy',
			severity: isNew ? 'medium' : 'low',
			cause: {
				en: `${name} is forbidden to add pods, whatever is asked of them (scaleUp.selectPolicy Disabled)`,
				ko: `${name}는 파드를 늘리지 못하게 되어 있습니다 (scaleUp.selectPolicy Disabled)`,
			},
			evidence: [{source: name, detail: isNew ? `selectPolicy Disabled, ${writeText(scaler)}` : 'selectPolicy Disabled since it was made'}],
			remedies: [
				merge(
					scaler,
					{spec: {behavior: {scaleUp: {selectPolicy: 'Max'}}}},
					{side: 'autoscaler', sure: isNew, text: {en: `Let ${name} add pods again`, ko: `${name}가 다시 파드를 늘리게 합니다`}},
				),
			],
		},
	];
}
