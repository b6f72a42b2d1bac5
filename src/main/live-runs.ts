import type {Emit, Event} from '../core/event.ts';
import {textAt} from '../core/kube/json-at.ts';
import type {RolloutPicture} from '../core/rollout-picture.ts';
import {rolloutAfter} from '../tui/rollout/rollout.ts';

/** What the runs of this process told of the rollouts that they carry out: it is newer than what their records keep for others. */
export type LiveRuns = {
	/** Hears a run along with `emit`. */
	readonly heard: (emit: Emit) => Emit;
	/** As a run tells it now; undefined where no run of this process carries out a rollout of this workload. */
	readonly of: (workload: {readonly name: string; readonly namespace: string}) => RolloutPicture | undefined;
	/** Calls back after each event of any run, until the answer is called. */
	readonly subscribe: (changed: () => void) => () => void;
};

type Run = {readonly place: string; picture: RolloutPicture};

const bare: RolloutPicture = {summary: '', target: '', state: 'running', weights: [], metrics: [], tree: [], told: []};

const placeOf = ({namespace, name}: {readonly namespace: string; readonly name: string}) => `${namespace}/${name}`;

/** Plans say the workload by its bare name. */
const bareName = (name: string) => name.slice(name.lastIndexOf('/') + 1);

export function liveRuns(): LiveRuns {
	const runs = new Set<Run>();
	const listeners = new Set<() => void>();

	function follow(run: Run | undefined, planned: string | undefined, event: Event): Run | undefined {
		// A plan that nobody approved carries nothing out.
		if (event.kind === 'approved' && planned !== undefined) {
			const begun: Run = {place: planned, picture: bare};
			runs.add(begun);
			return begun;
		}
		if (run === undefined) return undefined;
		if (event.kind === 'ended') runs.delete(run);
		else run.picture = rolloutAfter(run.picture, event);
		return run;
	}

	return {
		heard(emit) {
			let planned: string | undefined;
			let run: Run | undefined;
			return event => {
				if (event.kind === 'planned') {
					const [name, namespace] = [textAt(event.plan.input, 'name'), textAt(event.plan.input, 'namespace')];
					planned = name === undefined || namespace === undefined ? undefined : placeOf({name, namespace});
				}
				run = follow(run, planned, event);
				emit(event);
				for (const changed of listeners) changed();
			};
		},
		of: ({name, namespace}) => [...runs].findLast(({place}) => place === placeOf({name: bareName(name), namespace}))?.picture,
		subscribe(changed) {
			listeners.add(changed);
			return () => void listeners.delete(changed);
		},
	};
}
