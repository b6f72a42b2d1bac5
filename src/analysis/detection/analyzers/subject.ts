import type {Finding} from '../../../core/finding.ts';
import type {JsonObject} from '../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {type Case, caseOf, isReady} from '../../diagnosis/case.ts';
import {lastWriteOf} from '../../diagnosis/changed-by.ts';
import {type PlacedContainer, placedContainers} from '../../diagnosis/container-place.ts';
import {lastWrite} from '../../diagnosis/last-write.ts';
import type {Exchange} from '../../diagnosis/patch-remedy.ts';
import {changeOf, changesAt, type TemplateChange} from '../../diagnosis/template-change.ts';
import {oncePerSurvey} from '../once-per-survey.ts';
import type {Survey} from '../survey.ts';

type Severity = Finding['severity'];

/** A workload that has pods or will have some, with what it is held against. What costs a look through its namespace is looked up when it is asked for. */
export type Subject = {
	readonly survey: Survey;
	readonly workload: KubeObject;
	readonly podSpec: JsonObject;
	readonly containers: readonly PlacedContainer[];
	readonly pods: readonly KubeObject[];
	readonly given: () => Case;
	/** Against the revision that last ran. */
	readonly change: () => TemplateChange | undefined;
	/** What has changed at a place within a day: what has run for long was meant so. */
	readonly fresh: (place: Exchange['path']) => readonly Exchange[];
	/** Whether somebody wrote to a field of the workload itself within a day, and not only when it was made. */
	readonly isWrittenLately: (path: readonly string[]) => boolean;
	/** Whether every pod that is wanted is ready. */
	readonly isWell: boolean;
	/** Of what keeps pods from running: by how many are left, or as given while all of them are ready. */
	readonly gravity: (whileWell: Severity) => Severity;
};

/** Whose earlier templates a controller keeps. */
const revised = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

const dayMs = 24 * 60 * 60_000;

/** What has ended runs no more pods. */
const isOver = (workload: KubeObject) =>
	listAt(workload, 'status', 'conditions').some(
		each => ['Complete', 'Failed'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') === 'True',
	) || ['Succeeded', 'Failed'].includes(workload.kind === 'Pod' ? (textAt(workload, 'status', 'phase') ?? '') : '');

/** Pods that a workload is to have; undefined where that is not told. */
const wantedOf = (workload: KubeObject): number | undefined => {
	if (workload.kind === 'DaemonSet') return numberAt(workload, 'status', 'desiredNumberScheduled');
	return ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(workload.kind) ? (numberAt(workload, 'spec', 'replicas') ?? 1) : undefined;
};

/** What is asked for more than once is worked out once. */
function once<Value>(work: () => Value): () => Value {
	let known: {readonly value: Value} | undefined;
	return () => {
		known ??= {value: work()};
		return known.value;
	};
}

function madeOf(survey: Survey, workload: KubeObject): Subject {
	const pods = survey.podsOf(workload);
	const given = once(() => caseOf(workload, survey.scene(workload.metadata.namespace ?? '')));
	const change = once(() => (revised.has(workload.kind) ? changeOf(given()) : undefined));
	const wanted = wantedOf(workload);
	const ready = pods.filter(isReady).length;
	// Between two pods of one replica there is none for a moment, and of a CronJob mostly: then the template tells.
	const newest = once(() =>
		pods.length === 0 ? lastWrite(workload).atMs : Math.max(...pods.map(({metadata}) => Date.parse(metadata.creationTimestamp ?? '') || 0)),
	);
	const isYoung = once(() => survey.nowMs - newest() < dayMs);
	return {
		survey,
		workload,
		podSpec: podSpecOf(workload),
		containers: placedContainers(workload),
		pods,
		given,
		change,
		fresh: place => (isYoung() ? changesAt(change(), place) : []),
		isWrittenLately(path) {
			const atMs = lastWriteOf(workload, path)?.atMs ?? 0;
			// The server keeps whole seconds.
			return atMs > (Date.parse(workload.metadata.creationTimestamp ?? '') || 0) + 1000 && survey.nowMs - atMs < dayMs;
		},
		isWell: wanted === undefined ? pods.every(isReady) : ready >= wanted,
		gravity: whileWell => (wanted === undefined || ready >= wanted ? whileWell : ready === 0 ? 'critical' : 'high'),
	};
}

const known = new WeakMap<Survey, readonly Subject[]>();

/** Every workload that runs, or would: not what has ended, goes away, or is scaled to nothing. */
export function subjectsOf(survey: Survey): readonly Subject[] {
	const found =
		known.get(survey) ??
		survey
			.workloads()
			.filter(each => each.metadata.deletionTimestamp === undefined && !isOver(each) && numberAt(each, 'spec', 'replicas') !== 0)
			.map(each => madeOf(survey, each));
	known.set(survey, found);
	return found;
}

const byWorkload = oncePerSurvey((survey: Survey) => new Map(subjectsOf(survey).map(subject => [subject.workload, subject])));

/** One of them; undefined where the workload runs nothing. */
export const subjectOf = (workload: KubeObject, survey: Survey): Subject | undefined => byWorkload(survey).get(workload);
