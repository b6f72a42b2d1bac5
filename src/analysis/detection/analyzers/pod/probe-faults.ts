import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {patienceOf, startupRemedy} from '../../../diagnosis/liveness-cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {probePortCause, probes, strayProbes} from '../../../diagnosis/probe-port.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/**
 * A name must be one of the container's own. A number need not be declared: it is told where pods are not well, or where the probe or the ports
 * were changed lately so that they part.
 */
function ports({workload, change, fresh, gravity, isWell}: Subject): readonly Cause[] {
	return strayProbes(workload)
		.filter(
			({port, placed, probe}) =>
				typeof port === 'string' || !isWell || [...fresh([...placed.place, probe]), ...fresh([...placed.place, 'ports'])].length > 0,
		)
		.map(asked => ({...probePortCause(asked, workload, change()), severity: gravity('high')}));
}

/** Fewer seconds than this no program is asked to come up in. */
const shortestPatienceS = 3;

/** A liveness probe that gives up before the readiness probe has even asked once, or within a moment, ends every start. */
function eager({workload, given, change, gravity, isWell, fresh}: Subject, placed: PlacedContainer): readonly Cause[] {
	const {name, container, place} = placed;
	const [liveness, readiness] = [valueAt(container, 'livenessProbe'), valueAt(container, 'readinessProbe')];
	if (liveness === undefined || valueAt(container, 'startupProbe') !== undefined) return [];
	const patience = patienceOf(liveness);
	const readyFrom = numberAt(readiness, 'initialDelaySeconds') ?? 0;
	if (patience > readyFrom && patience > shortestPatienceS) return [];
	// Pods that have come up with it for days show that the program is quick enough.
	if (isWell && fresh([...place, 'livenessProbe']).length === 0 && fresh([...place, 'readinessProbe']).length === 0) return [];
	const changed = changesAt(change(), [...place, 'livenessProbe']);
	const back = backRemedy(given(), change(), changed);
	const at = changed.length === 1 ? changed[0]?.path : undefined;
	return [
		{
			id: 'liveness-before-start',
			resource: refOf(workload),
			path: fieldPath(workload, at ?? [...place, 'livenessProbe', 'initialDelaySeconds']),
			severity: gravity('medium'),
			cause: {
				en: `The liveness probe of container ${name} gives up after ${patience}s${readyFrom >= patience ? `, before its readiness probe first asks (${readyFrom}s)` : ''}: whatever takes longer to start is ended again and again`,
				ko: `컨테이너 ${name}의 liveness 프로브가 ${patience}초 만에 포기합니다${readyFrom >= patience ? `(readiness 프로브는 ${readyFrom}초부터 확인)` : ''}: 더 오래 걸리는 시작은 계속 중단됩니다`,
			},
			evidence: [
				{
					source: refText(refOf(workload)),
					detail: `livenessProbe initialDelaySeconds ${numberAt(liveness, 'initialDelaySeconds') ?? 0}, periodSeconds ${numberAt(liveness, 'periodSeconds') ?? 10}, failureThreshold ${numberAt(liveness, 'failureThreshold') ?? 3}`,
				},
				...changeEvidence(given(), change(), changed),
			],
			remedies: back.length > 0 ? back : [startupRemedy(workload, placed)],
		},
	];
}

/** A wait for the network cannot be longer than the whole start may take. */
function shortStart(
	{workload, given, change, gravity, isWell, fresh}: Subject,
	{name, container, place}: PlacedContainer,
): readonly Cause[] {
	const probe = valueAt(container, 'startupProbe');
	const patience = patienceOf(probe);
	if (probe === undefined || patience > shortestPatienceS || (isWell && fresh([...place, 'startupProbe']).length === 0)) return [];
	const changed = changesAt(change(), [...place, 'startupProbe']);
	return [
		{
			id: 'startup-probe-gives-up',
			resource: refOf(workload),
			path: fieldPath(workload, changed.length === 1 ? (changed[0]?.path ?? place) : [...place, 'startupProbe', 'failureThreshold']),
			severity: gravity('medium'),
			cause: {
				en: `The startup probe of container ${name} gives up after ${patience}s: whatever takes longer to start is ended again and again`,
				ko: `컨테이너 ${name}의 startup 프로브가 ${patience}초 만에 포기합니다: 더 오래 걸리는 시작은 계속 중단됩니다`,
			},
			evidence: [
				{source: refText(refOf(workload)), detail: `startupProbe fails for good after ${patience}s`},
				...changeEvidence(given(), change(), changed),
			],
			remedies: backRemedy(given(), change(), changed),
		},
	];
}

/** Two probes of one port that speak to it differently. */
const partingProbes = oncePerObject(({container, place}: PlacedContainer) => {
	const asked = probes.flatMap(probe => {
		const port = valueAt(container, probe, 'httpGet', 'port');
		return port === undefined
			? []
			: [{probe, port, scheme: textAt(container, probe, 'httpGet', 'scheme') ?? 'HTTP', at: [...place, probe, 'httpGet', 'scheme']}];
	});
	return asked.flatMap(a => asked.filter(b => a.port === b.port && a.scheme !== b.scheme && a.probe < b.probe).map(b => [a, b]))[0] ?? [];
});

/** Of two probes that disagree one is never answered: the one that was changed is wrong. */
function disagreeing({workload, given, change, gravity, fresh}: Subject, placed: PlacedContainer): readonly Cause[] {
	const {name, container} = placed;
	const [one, other] = partingProbes(placed);
	if (one === undefined || other === undefined) return [];
	const wrong =
		[one, other].find(({at}) => fresh(at).length > 0) ??
		[one, other].find(({port, scheme}) => /^http$/.test(String(port)) && scheme === 'HTTPS');
	if (wrong === undefined) return [];
	const changed = changesAt(change(), wrong.at);
	const to = wrong.scheme === 'HTTP' ? 'HTTPS' : 'HTTP';
	return [
		{
			id: 'probes-disagree',
			resource: refOf(workload),
			path: fieldPath(workload, wrong.at),
			severity: gravity('medium'),
			cause: {
				en: `The ${one.probe} of container ${name} asks port ${String(one.port)} over ${one.scheme}, and its ${other.probe} over ${other.scheme}: one of them is never answered`,
				ko: `컨테이너 ${name}의 ${one.probe}는 ${String(one.port)} 포트를 ${one.scheme}로, ${other.probe}는 ${other.scheme}로 확인합니다: 둘 중 하나는 응답을 받지 못합니다`,
			},
			evidence: [
				{source: refText(refOf(workload)), detail: `${one.probe} ${one.scheme}, ${other.probe} ${other.scheme}`},
				...changeEvidence(given(), change(), changed),
			],
			remedies:
				changed.length > 0
					? backRemedy(given(), change(), changed)
					: [
							exchange(workload, [{path: wrong.at, from: textAt(container, wrong.probe, 'httpGet', 'scheme'), to}], {
								side: 'workload',
								sure: true,
								text: {
									en: `Let the ${wrong.probe} of container ${name} ask over ${to}`,
									ko: `컨테이너 ${name}의 ${wrong.probe}가 ${to}로 묻게 합니다`,
								},
							}),
						],
		},
	];
}

/** Probes that are wrong as they stand in the template. */
export const probeFaults = (subject: Subject): readonly Cause[] => [
	...ports(subject),
	...subject.containers.flatMap(placed => [...eager(subject, placed), ...shortStart(subject, placed), ...disagreeing(subject, placed)]),
];
