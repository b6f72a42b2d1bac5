import {textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import {placedContainers} from './container-place.ts';
import {type ContainerState, containerStates, presentPods} from './container-state.ts';
import {runsAnother} from './release-to-blame.ts';
import {changeOf, changesAt} from './template-change.ts';

/** Fewer restarts than this happen to the best of programs. */
export const manyRestarts = 3;
const recentMs = 60 * 60_000;

/** Containers that have ended again and again, the last time within an hour, whether or not they run at this moment. */
export const keepEnding = (pods: readonly KubeObject[], nowMs: number): readonly ContainerState[] =>
	containerStates(pods).filter(({restarts, ended, endedAt}) => {
		const agoMs = nowMs - Date.parse(endedAt);
		return restarts >= manyRestarts && ended !== '' && ended !== 'Completed' && agoMs < recentMs;
	});

/** What lasts longer is no failure of a start. */
const shortRunMs = 5 * 60_000;

/** Containers that have ended once or twice, soon after they were started, and have not outlived that by much since. */
const lateEnding = (pods: readonly KubeObject[], nowMs: number): readonly ContainerState[] =>
	containerStates(pods).filter(({restarts, ended, endedAt, beganAt, runsSince}) => {
		const ranMs = Date.parse(endedAt) - Date.parse(beganAt);
		const runsMs = runsSince === '' ? 0 : nowMs - Date.parse(runsSince);
		return restarts > 0 && restarts < manyRestarts && ended !== '' && ranMs < shortRunMs && runsMs < 2 * ranMs + 10_000;
	});

/** Containers that may have to be told of, for who has not looked at their templates yet. */
export const mayKeepEnding = (pods: readonly KubeObject[], nowMs: number): readonly ContainerState[] => [
	...keepEnding(pods, nowMs),
	...lateEnding(pods, nowMs),
];

/** The kubelet ends containers whose liveness or startup probe fails, and then the program is not to blame. */
export const killedByProbe = ({events}: Case) =>
	events.find(event => /failed (liveness|startup) probe|(Liveness|Startup) probe failed/.test(textAt(event, 'message') ?? ''));

/**
 * Containers that a release broke, from their first end on: what the last change of the template is about ends, and did not before. What ends well has done
 * what it was for, unless its probe was why.
 */
export function endSinceRelease(given: Case, nowMs: number): readonly ContainerState[] {
	const {workload} = given;
	const states = workload === undefined ? [] : lateEnding(presentPods(given), nowMs);
	if (workload === undefined || states.length === 0) return [];
	const change = changeOf(given);
	const changed = new Set(
		placedContainers(workload)
			.filter(({place, isInit}) => !isInit && changesAt(change, place).length > 0)
			.map(({name}) => name),
	);
	const isKilled = killedByProbe(given) !== undefined;
	const placed = placedContainers(workload);
	const isOfBefore = ({pod, name}: ContainerState) => placed.some(each => each.name === name && runsAnother(pod, each));
	return states.filter(state => changed.has(state.name) && (state.ended !== 'Completed' || isKilled) && !isOfBefore(state));
}
