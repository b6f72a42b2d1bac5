import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, ofKind, type Scene} from './case.ts';
import type {Cause} from './cause.ts';
import {containerStates, onePerContainer} from './container-state.ts';
import {isPresentRun} from './earlier-revision.ts';
import {wayBackOfRun} from './run-remedies.ts';

const failureOf = (job: KubeObject) =>
	listAt(job, 'status', 'conditions').find(each => textAt(each, 'type') === 'Failed' && textAt(each, 'status') === 'True');

/** The newest run of a CronJob; undefined where none is kept. */
const lastRun = ({metadata}: KubeObject, scene: Scene): KubeObject | undefined =>
	ofKind(scene, 'Job')
		.filter(job => job.metadata.ownerReferences?.some(({kind, name}) => kind === 'CronJob' && name === metadata.name))
		.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '', 'en'))[0];

/** A Job that failed for good, or such a last run of a CronJob that has not been changed since. */
export function failedRun(object: KubeObject, scene: Scene): KubeObject | undefined {
	const run = object.kind === 'CronJob' ? lastRun(object, scene) : object.kind === 'Job' ? object : undefined;
	if (run === undefined || failureOf(run) === undefined) return undefined;
	return object.kind === 'CronJob' && !isPresentRun(run, object) ? undefined : run;
}

/** What ends by itself, and ended badly. */
export function runCauses(given: Case): readonly Cause[] {
	const {workload, scene} = given;
	const run = workload === undefined ? undefined : failedRun(workload, scene);
	if (workload === undefined || run === undefined) return [];
	const told = shortLine(textAt(failureOf(run), 'message') ?? textAt(failureOf(run), 'reason') ?? '', 240);
	const name = refText(refOf(run));
	const pods = ofKind(scene, 'Pod').filter(pod =>
		pod.metadata.ownerReferences?.some(owner => owner.kind === 'Job' && owner.name === run.metadata.name),
	);
	const ends = onePerContainer(containerStates(pods).filter(({exitCode}) => exitCode !== undefined && exitCode !== 0));
	const back = wayBackOfRun(given, run);
	return [
		{
			id: 'run-failed',
			resource: refOf(workload),
			path: back?.path,
			cause: {en: `${name} failed${told === '' ? '' : `: ${told}`}`, ko: `${name}이(가) 실패했습니다${told === '' ? '' : `: ${told}`}`},
			evidence: [
				{source: name, detail: `condition Failed is True${told === '' ? '' : `: ${told}`}`},
				...ends.map(({pod, name: container, ended, exitCode}) => ({
					source: refText(refOf(pod)),
					detail: `container ${container} ended with ${ended || 'Error'} (exit code ${exitCode})`,
				})),
				...(back?.evidence ?? []),
			],
			remedies: back?.remedies ?? [],
		},
	];
}
