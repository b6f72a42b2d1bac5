import type {Json} from '../../core/json.ts';
import {numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {type PlacedContainer, placedContainers} from './container-place.ts';
import type {ContainerState} from './container-state.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** Seconds from the start of a container until a probe that is never answered has failed for good. */
export const patienceOf = (probe: Json | undefined): number =>
	(numberAt(probe, 'initialDelaySeconds') ?? 0) + (numberAt(probe, 'periodSeconds') ?? 10) * (numberAt(probe, 'failureThreshold') ?? 3);

/** A start probe like the liveness probe that waits five minutes: what never ends by then hangs. */
export function startupRemedy(workload: KubeObject, {name, container, place}: PlacedContainer): Remedy {
	const {httpGet, tcpSocket, exec, grpc} = objectAt(container, 'livenessProbe');
	const asked = Object.fromEntries(Object.entries({httpGet, tcpSocket, exec, grpc}).filter(([, how]) => how !== undefined));
	return exchange(workload, [{path: [...place, 'startupProbe'], to: {...asked, periodSeconds: 10, failureThreshold: 30}}], {
		side: 'workload',
		sure: false,
		amount: '30',
		text: {
			en: `Give container ${name} of ${refText(refOf(workload))} a startup probe that waits up to 5 minutes`,
			ko: `${refText(refOf(workload))}의 컨테이너 ${name}에 최대 5분을 기다리는 startup 프로브를 둡니다`,
		},
	});
}

/** Three times as long is the usual next step. */
function longerStart(workload: KubeObject, name: string, place: readonly (string | number)[], probe: Json): Remedy {
	const from = valueAt(probe, 'failureThreshold');
	const to = (typeof from === 'number' ? from : 3) * 3;
	return exchange(workload, [{path: [...place, 'failureThreshold'], from, to}], {
		side: 'workload',
		sure: false,
		amount: String(to),
		text: {
			en: `Let the startup probe of container ${name} of ${refText(refOf(workload))} fail ${to} times before it gives up`,
			ko: `${refText(refOf(workload))}의 컨테이너 ${name} startup 프로브가 ${to}번 실패할 때까지 기다립니다`,
		},
	});
}

/** A container that the kubelet ends because its liveness probe fails: before it has come up, or later. */
export function livenessCause({pod, name, restarts, beganAt, endedAt}: ContainerState, probe: KubeObject, given: Case): Cause {
	const {workload} = given;
	const placed = workload === undefined ? undefined : placedContainers(workload).find(each => each.name === name);
	const which = /startup probe/i.test(textAt(probe, 'message') ?? '') ? 'startupProbe' : 'livenessProbe';
	const asked = valueAt(placed?.container, which);
	const ranS = (Date.parse(endedAt) - Date.parse(beganAt)) / 1000;
	const grace = (numberAt(given.podSpec, 'terminationGracePeriodSeconds') ?? 30) + 15;
	const isEarly = ranS <= patienceOf(asked) + grace && valueAt(placed?.container, 'startupProbe') === undefined;
	const place = [...(placed?.place ?? []), which];
	const change = changeOf(given);
	const changed = changesAt(change, place);
	const back = backRemedy(given, change, changed);
	const field = changed.length === 1 ? (changed[0]?.path ?? place) : isEarly ? [...place, 'initialDelaySeconds'] : place;
	const evidence = [
		{source: refText(refOf(pod)), detail: `${restarts} restarts${Number.isNaN(ranS) ? '' : `, the last run took ${Math.round(ranS)}s`}`},
		{source: 'Event', detail: shortLine(textAt(probe, 'message') ?? '', 200)},
		...changeEvidence(given, change, changed),
	];
	const owner = workload ?? pod;
	if (which === 'startupProbe')
		return {
			id: 'startup-probe-gives-up',
			resource: refOf(owner),
			path: placed === undefined ? undefined : fieldPath(owner, changed.length === 1 ? field : [...place, 'failureThreshold']),
			cause: {
				en: `Container ${name} is restarted because its startup probe gives up after ${patienceOf(asked)}s`,
				ko: `컨테이너 ${name}의 startup 프로브가 ${patienceOf(asked)}초 만에 포기해 다시 시작됩니다`,
			},
			evidence,
			remedies: back.length > 0 || workload === undefined || asked === undefined ? back : [longerStart(workload, name, place, asked)],
		};
	return {
		id: isEarly ? 'liveness-before-start' : 'liveness-kills',
		resource: refOf(owner),
		path: placed === undefined ? undefined : fieldPath(owner, field),
		cause: isEarly
			? {
					en: `Container ${name} is restarted because its liveness probe fails: after ${patienceOf(asked)}s it gives up, before the program is up`,
					ko: `컨테이너 ${name}가 다 뜨기 전에 liveness 프로브가 ${patienceOf(asked)}초 만에 실패해 다시 시작됩니다`,
				}
			: {
					en: `Container ${name} is restarted because its liveness probe fails`,
					ko: `컨테이너 ${name}의 liveness 프로브가 실패해 다시 시작됩니다`,
				},
		evidence,
		remedies:
			back.length > 0 || !isEarly || workload === undefined || placed === undefined || asked === undefined
				? back
				: [startupRemedy(workload, placed)],
	};
}
