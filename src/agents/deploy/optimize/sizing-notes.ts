import {minorOf} from '../../../analysis/api-lifecycle/version-skew.ts';
import type {Observed} from '../../../analysis/right-sizing/observed-use.ts';
import {qosClass} from '../../../analysis/right-sizing/quality-of-service.ts';
import {changedFields, type Sizing} from '../../../analysis/right-sizing/right-size.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {cpuText, memoryText} from '../../../core/kube/quantity.ts';
import type {Consequence, Severity} from '../../../core/plan.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {changeTexts} from './resize-patch.ts';

const note = (id: string, severity: Severity, text: string): Consequence => ({id, severity, text});

const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;

/** What each recommendation rests on: numbers of samples, and how they were taken. */
export function evidenceNotes(
	{source, coveredMs, percentile, containers}: Observed,
	sizings: readonly Sizing[],
	margin: number,
): readonly Consequence[] {
	const method = `Method: memory by its peak, CPU by the ${percentile}th percentile of each pod and of those the largest, ${percent(margin)} more; limits are never lowered; a difference below 10 % is left alone`;
	const used = containers.map(({name, pods, samples, cpuPercentile, cpuPeak, memoryPeak, oomKills, throttled}) =>
		[
			`Container ${name} used ${cpuText(cpuPercentile)} CPU (p${percentile}, peak ${cpuText(cpuPeak)}) and at most ${memoryText(memoryPeak)} of memory`,
			`${count(samples, 'sample')} of ${count(pods, 'pod')} over ${age(coveredMs)}, from ${source}`,
			oomKills === 0 ? 'no kill for memory seen' : `${count(oomKills, 'kill')} for memory`,
			throttled === undefined ? 'throttling not measured' : `throttled ${percent(throttled)} of its periods`,
		].join('; '),
	);
	const why = sizings.flatMap(sizing => sizing.reasons.map(reason => note('sizing-reason', 'info', `Container ${sizing.name}: ${reason}`)));
	return [...used.map(text => note('observed-use', 'info', text)), note('sizing-method', 'info', method), ...why];
}

/** Whom a node evicts first changes with the class. */
export function qosNotes(before: KubeObject, after: KubeObject): readonly Consequence[] {
	const [old, now] = [qosClass(podSpecOf(before)), qosClass(podSpecOf(after))];
	return old === now
		? []
		: [
				note(
					'qos-class',
					old === 'Guaranteed' ? 'warning' : 'info',
					`The pods are ${now} instead of ${old}: that decides whom a node evicts first`,
				),
			];
}

const sumOf = (sizings: readonly Sizing[], when: 'before' | 'after', field: 'cpuRequest' | 'memoryRequest') =>
	sizings.reduce((sum, sizing) => sum + (sizing[when][field] ?? 0), 0);

const rather = (before: number, after: number) =>
	before === after ? `${count(after, 'pod')} as before` : `${count(after, 'pod')} rather than ${before}`;

/** An autoscaler counts a share of the request: another request is another target. */
export function autoscalerNotes(
	scaler: KubeObject | undefined,
	sizings: readonly Sizing[],
	observed: Observed,
	pods: number,
): readonly Consequence[] {
	if (scaler === undefined) return [];
	return listAt(scaler, 'spec', 'metrics').flatMap(metric => {
		const resource = textAt(metric, 'resource', 'name');
		const target = numberAt(metric, 'resource', 'target', 'averageUtilization');
		if (target === undefined || resource !== 'cpu') return [];
		const [before, after] = [sumOf(sizings, 'before', 'cpuRequest'), sumOf(sizings, 'after', 'cpuRequest')];
		if (before === after || after === 0) return [];
		const used = observed.containers.reduce((sum, {cpuMean}) => sum + cpuMean, 0) * pods;
		const within = (wanted: number) =>
			Math.min(Math.max(wanted, numberAt(scaler, 'spec', 'minReplicas') ?? 1), numberAt(scaler, 'spec', 'maxReplicas') ?? wanted);
		const wanted = (request: number) => (request === 0 ? pods : within(Math.ceil(used / ((target / 100) * request) - 1e-9)));
		const same = Math.round((target * before) / after);
		const cores = (request: number) => cpuText((target / 100) * request);
		return [
			note(
				'autoscaler-target-moves',
				'warning',
				`${refText(refOf(scaler))} aims at ${target} % of the CPU request: that was ${cores(before)} a pod and becomes ${cores(after)}; at the mean use of all pods, ${cpuText(used)}, it wants ${rather(wanted(before), wanted(after))}. To keep its target in cores set it to ${same} %`,
			),
		];
	});
}

/** Another owner of the requests sets them back. */
export function vpaNotes(objects: readonly KubeObject[], workload: KubeObject): readonly Consequence[] {
	return objects
		.filter(
			vpa =>
				textAt(vpa, 'spec', 'targetRef', 'kind') === workload.kind && textAt(vpa, 'spec', 'targetRef', 'name') === workload.metadata.name,
		)
		.filter(vpa => textAt(vpa, 'spec', 'updatePolicy', 'updateMode') !== 'Off')
		.map(vpa =>
			note(
				'vpa-owns-requests',
				'warning',
				`${refText(refOf(vpa))} sets the requests of its pods itself: what is written here holds only until it does`,
			),
		);
}

/** From 1.33 on a running pod can be resized without a restart; a workload that changes its template replaces its pods all the same. */
export function inPlaceNotes(version: string, sizings: readonly Sizing[]): readonly Consequence[] {
	const minor = minorOf(version);
	if (minor === undefined || minor < 33 || sizings.every(sizing => changedFields(sizing).length === 0)) return [];
	return [
		note(
			'in-place-resize',
			'info',
			`This server (${version}) can resize running pods without a restart (pods/resize), but only pod by pod: a changed template replaces them, and without it the next pods would have the old sizes`,
		),
	];
}

/** What the change asks of the cluster, all pods together. */
export function totalNote(sizings: readonly Sizing[], pods: number): readonly Consequence[] {
	const texts = (when: 'before' | 'after') =>
		`${cpuText(sumOf(sizings, when, 'cpuRequest') * pods)} CPU and ${memoryText(sumOf(sizings, when, 'memoryRequest') * pods)}`;
	return [note('requests-in-all', 'info', `${count(pods, 'pod')} ask for ${texts('after')} in all; now it is ${texts('before')}`)];
}

/** `web: cpu request 100m → 60m, memory request 128Mi → 96Mi` */
export const sizingText = (sizings: readonly Sizing[]) =>
	sizings.flatMap(sizing => (changedFields(sizing).length === 0 ? [] : [`${sizing.name}: ${changeTexts(sizing).join(', ')}`])).join('; ');
