import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastWriteOf} from '../../../diagnosis/changed-by.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {isChangedSinceMade, writeText} from '../../../diagnosis/last-write.ts';
import type {Survey} from '../../survey.ts';

const dayMs = 24 * 60 * 60_000;

const timeOf = (event: KubeObject) => Date.parse(textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? '') || 0;

/** `Scaled down replica set web-5b8 from 4 to 1`, or `delete Pod web-3 in StatefulSet web successful` */
function podsTold(message: string, start: number): number {
	const from = /^Scaled down replica set \S+ from (\d+) to \d+/.exec(message)?.[1];
	if (from !== undefined) return Number(from);
	const ordinal = /^delete Pod \S+-(\d+) in StatefulSet/.exec(message)?.[1];
	return ordinal === undefined ? 0 : Number(ordinal) - start + 1;
}

type Former = {readonly pods: number; readonly detail: string};

/** How many pods workloads had within a day, by what their controllers said of those that they took away. */
function formerPods(survey: Survey): (workload: KubeObject) => Former | undefined {
	const told = survey
		.all('Event')
		.filter(event => /^(?:Scaled down|delete Pod) /.test(textAt(event, 'message') ?? '') && survey.nowMs - timeOf(event) < dayMs);
	const byObject = Map.groupBy(
		told,
		event => `${textAt(event, 'involvedObject', 'kind')} ${event.metadata.namespace} ${textAt(event, 'involvedObject', 'name')}`,
	);
	return ({kind, metadata, spec}) => {
		const start = numberAt(spec, 'ordinals', 'start') ?? 0;
		return byObject
			.get(`${kind} ${metadata.namespace} ${metadata.name}`)
			?.map(event => textAt(event, 'message') ?? '')
			.map((detail): Former => ({pods: podsTold(detail, start), detail}))
			.toSorted((a, b) => b.pods - a.pods)[0];
	};
}

const isScaled = (survey: Survey, {kind, metadata}: KubeObject) =>
	survey
		.all('HorizontalPodAutoscaler', metadata.namespace)
		.some(
			each => textAt(each, 'spec', 'scaleTargetRef', 'kind') === kind && textAt(each, 'spec', 'scaleTargetRef', 'name') === metadata.name,
		);

/** A budget that wants more pods than there are to be. */
const wantingMore = (survey: Survey, workload: KubeObject, replicas: number) =>
	survey.all('PodDisruptionBudget', workload.metadata.namespace).find(budget => {
		const least = valueAt(budget, 'spec', 'minAvailable');
		const labels = valueAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');
		return typeof least === 'number' && least > replicas && fitsSelector(valueAt(budget, 'spec', 'selector'), labels);
	});

/** Whether nobody says how many pods there should be: nobody has written the field, or kubectl did, whose manifest says nothing of it. */
function isUnsaid(workload: KubeObject): boolean {
	if (listAt(workload, 'metadata', 'managedFields').length === 0) return false;
	const written = lastWriteOf(workload, ['spec', 'replicas']);
	if (written === undefined) return true;
	const applied = lastApplied(workload);
	return written.by === 'kubectl-client-side-apply' && applied !== undefined && numberAt(applied, 'spec', 'replicas') === undefined;
}

/**
 * A release that leaves `replicas` out takes it away from whoever had set it, and the server puts in 1: then nobody has written the field. Whoever scales by
 * hand or by a program has. Where somebody wrote it, a budget that wants more still tells that it was hardly meant.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
 */
export function fellBack(survey: Survey): readonly Cause[] {
	const formerOf = formerPods(survey);
	return ['Deployment', 'StatefulSet']
		.flatMap(kind => survey.all(kind))
		.filter(each => each.metadata.deletionTimestamp === undefined && isChangedSinceMade(each))
		.flatMap((workload): readonly Cause[] => {
			const replicas = numberAt(workload, 'spec', 'replicas') ?? 1;
			const isNobodys = replicas === 1 && isUnsaid(workload);
			const budget = replicas < 1 ? undefined : wantingMore(survey, workload, replicas);
			if ((!isNobodys && budget === undefined) || isScaled(survey, workload)) return [];
			const former = formerOf(workload);
			if (former === undefined || former.pods <= replicas) return [];
			const name = refText(refOf(workload));
			return [
				{
					id: 'replicas-fell-back',
					resource: refOf(workload),
					path: 'spec.replicas',
					cause: {
						en: `${name} had ${former.pods} pods and wants ${replicas}${isNobodys ? ': its last release does not say how many, and nobody else does' : ''}`,
						ko: `${name}의 파드가 ${former.pods}개였는데 이제 ${replicas}개만 원합니다${isNobodys ? ': 마지막 배포에 replicas가 없습니다' : ''}`,
					},
					evidence: [
						{source: `Event ${workload.metadata.name}`, detail: former.detail},
						{source: name, detail: `spec.replicas ${replicas}, ${isNobodys ? 'set by nobody; ' : ''}${writeText(workload)}`},
						...(budget === undefined
							? []
							: [{source: refText(refOf(budget)), detail: `minAvailable ${String(valueAt(budget, 'spec', 'minAvailable'))}`}]),
					],
					remedies: [
						{
							tool: 'workload_scale',
							input: {
								workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`,
								namespace: workload.metadata.namespace ?? 'default',
								replicas: former.pods,
							},
							side: 'workload',
							sure: isNobodys,
							text: {en: `Scale ${name} to ${former.pods}, as it was`, ko: `${name}를 이전처럼 ${former.pods}개로 늘립니다`},
						},
					],
				},
			];
		});
}
