import {isJsonObject} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import {backendsOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastWriteOf, writtenText} from '../../../diagnosis/changed-by.ts';
import type {Survey} from '../../survey.ts';
import {subjectsOf} from '../subject.ts';

const dayMs = 24 * 60 * 60_000;

const timeOf = (event: KubeObject) => Date.parse(textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? '') || 0;

/** `Scaled down replica set web-5b8 from 3 to 0` */
function scaledFrom(survey: Survey, {kind, metadata, spec}: KubeObject): {readonly from: number; readonly detail: string} | undefined {
	const told = survey
		.all('Event', metadata.namespace)
		.filter(event => textAt(event, 'involvedObject', 'kind') === kind && textAt(event, 'involvedObject', 'name') === metadata.name)
		.toSorted((a, b) => timeOf(b) - timeOf(a));
	const event = told.find(each => / to 0\b/.test(textAt(each, 'message') ?? '') && survey.nowMs - timeOf(each) < dayMs);
	const from = Number(/from (\d+) to 0\b/.exec(textAt(event, 'message') ?? '')?.[1] ?? 0);
	return from > 0 ? {from, detail: textAt(event, 'message') ?? ''} : takenAway(told, survey, numberAt(spec, 'ordinals', 'start') ?? 0);
}

/**
 * `Delete Pod db-2 in StatefulSet db successful`: the highest of its numbers tells how many there were. Whoever writes to the scale of an object leaves no trace
 * among the managers of its fields.
 */
function takenAway(told: readonly KubeObject[], {nowMs}: Survey, start: number): ReturnType<typeof scaledFrom> {
	const gone = told.flatMap(event => {
		const message = textAt(event, 'message') ?? '';
		const number = /^delete Pod \S+-(\d+) in StatefulSet /i.exec(message)?.[1];
		return number === undefined || nowMs - timeOf(event) >= dayMs ? [] : [{from: Number(number) + 1 - start, detail: message}];
	});
	return gone.toSorted((a, b) => b.from - a.from)[0];
}

function appliedReplicas({metadata}: KubeObject): number {
	try {
		const applied: unknown = JSON.parse(metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'] ?? '{}');
		return isJsonObject(applied) ? (numberAt(applied, 'spec', 'replicas') ?? 0) : 0;
	} catch {
		return 0;
	}
}

/** An earlier ReplicaSet remembers how many its Deployment wanted when it last changed it. */
const remembered = (survey: Survey, workload: KubeObject) =>
	Math.max(
		0,
		...survey
			.all('ReplicaSet', workload.metadata.namespace)
			.filter(set => survey.topOf(set) === workload)
			.map(({metadata}) => Number(metadata.annotations?.['deployment.kubernetes.io/desired-replicas'] ?? 0)),
	);

/** Who asks for the pods of a workload: a way in from outside, an autoscaler, or other workloads by the name of its Service. */
function dependents(survey: Survey, workload: KubeObject): readonly Ref[] {
	const namespace = workload.metadata.namespace;
	const labels = objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');
	const services = survey.all('Service', namespace).filter(service => fitsMap(valueAt(service, 'spec', 'selector'), labels));
	const names = services
		.filter(
			service =>
				!survey
					.workloads(namespace)
					.some(
						other =>
							other !== workload &&
							numberAt(other, 'spec', 'replicas') !== 0 &&
							fitsMap(valueAt(service, 'spec', 'selector'), objectAt(other, ...(templatePath(other) ?? []), 'metadata', 'labels')),
					),
		)
		.map(({metadata}) => metadata.name);
	if (names.length === 0) return scalersOf(survey, workload);
	const routes = [
		...survey
			.all('Ingress', namespace)
			.filter(each =>
				[...backendsOf(each).map(({service}) => service), textAt(each, 'spec', 'defaultBackend', 'service', 'name') ?? ''].some(name =>
					names.includes(name),
				),
			),
		...survey
			.all('HTTPRoute', namespace)
			.filter(each =>
				listAt(each, 'spec', 'rules').some(rule => listAt(rule, 'backendRefs').some(back => names.includes(textAt(back, 'name') ?? ''))),
			),
	];
	const called = new RegExp(`(?:^|[/@,\\s=])(?:${names.join('|')})(?:\\.${namespace}(?:\\.svc[\\w.]*)?)?(?::\\d+|/|,|$)`);
	const callers = subjectsOf(survey).filter(
		({workload: other, podSpec}) =>
			other !== workload &&
			other.metadata.namespace === namespace &&
			containersOf(podSpec).some(container => listAt(container, 'env').some(each => called.test(textAt(each, 'value') ?? ''))),
	);
	return [...scalersOf(survey, workload), ...routes.map(refOf), ...callers.map(each => refOf(each.workload))];
}

const autoscalersOf = (survey: Survey, {kind, metadata}: KubeObject): readonly KubeObject[] =>
	survey
		.all('HorizontalPodAutoscaler', metadata.namespace)
		.filter(
			each => textAt(each, 'spec', 'scaleTargetRef', 'kind') === kind && textAt(each, 'spec', 'scaleTargetRef', 'name') === metadata.name,
		);

const scalersOf = (survey: Survey, workload: KubeObject): readonly Ref[] => autoscalersOf(survey, workload).map(refOf);

/**
 * Whether zero is what a controller wants that scales up again by itself: KEDA, which leaves its autoscaler there meanwhile, or one that goes by the hour.
 * @see https://keda.sh/docs/latest/concepts/scaling-deployments/
 */
const comesBack = (survey: Survey, workload: KubeObject, by: string | undefined): boolean =>
	/keda|downscaler/i.test(by ?? '') ||
	autoscalersOf(survey, workload).some(each => each.metadata.ownerReferences?.some(({kind}) => kind === 'ScaledObject'));

/** Something scaled to nothing lately although others lean on it. What has been off for long, or that nobody asks for, is meant so. */
export function scaledAway(survey: Survey): readonly Cause[] {
	return survey
		.workloads()
		.filter(
			each =>
				['Deployment', 'StatefulSet'].includes(each.kind) &&
				numberAt(each, 'spec', 'replicas') === 0 &&
				Object.keys(podSpecOf(each)).length > 0,
		)
		.flatMap((workload): readonly Cause[] => {
			const event = scaledFrom(survey, workload);
			const written = lastWriteOf(workload, ['spec', 'replicas']);
			const bornMs = Date.parse(workload.metadata.creationTimestamp ?? '') || 0;
			const isLate = event !== undefined || (written !== undefined && written.atMs > bornMs + 1000 && survey.nowMs - written.atMs < dayMs);
			if (!isLate || comesBack(survey, workload, written?.by)) return [];
			const hurts = dependents(survey, workload);
			if (hurts.length === 0) return [];
			const former = event?.from ?? (appliedReplicas(workload) || remembered(survey, workload));
			const least = Math.max(
				1,
				...survey
					.all('HorizontalPodAutoscaler', workload.metadata.namespace)
					.filter(each => hurts.some(({kind, name}) => kind === each.kind && name === each.metadata.name))
					.map(each => numberAt(each, 'spec', 'minReplicas') ?? 1),
			);
			const replicas = Math.max(least, former);
			// Zero is also how an autoscaler is paused: only what is known to have run is brought back unasked.
			const isKnown = former > 0;
			const name = refText(refOf(workload));
			const detail = [`spec.replicas 0`, event?.detail, writtenText(workload, ['spec', 'replicas'])].filter(Boolean).join('; ');
			return [
				{
					id: 'no-replicas',
					resource: refOf(workload),
					path: 'spec.replicas',
					severity: hurts.some(({kind}) => kind === 'Ingress' || kind === 'HTTPRoute') ? 'critical' : 'high',
					hurts,
					cause: {
						en: `${name} was scaled to 0 replicas, and ${refText(hurts[0] ?? refOf(workload))} needs it`,
						ko: `${name}의 레플리카가 0개가 되었는데 ${refText(hurts[0] ?? refOf(workload))}에 필요합니다`,
					},
					evidence: [{source: name, detail}],
					remedies: [
						{
							tool: 'workload_scale',
							input: {
								workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`,
								namespace: workload.metadata.namespace ?? 'default',
								replicas,
							},
							side: 'workload',
							sure: isKnown,
							...(isKnown ? {} : {amount: String(replicas)}),
							text: {
								en: `Scale ${name} to ${replicas}${former > 0 ? ', as it was' : ''}`,
								ko: `${name}를 ${former > 0 ? '이전처럼 ' : ''}${replicas}개로 늘립니다`,
							},
						},
					],
				},
			];
		});
}
