import {isNotAllowed} from '../../../core/error.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {ControllerKind} from '../backends/backend.ts';
import {controllers} from '../backends/controllers.ts';
import {controllerTypes, isNamed} from '../backends/find-backend.ts';
import {progressLine} from '../backends/progress-text.ts';
import {workloadName} from '../staged/lease/held-by.ts';
import type {Watcher} from '../staged/lease/lease.ts';
import {isRolloutRecord} from '../staged/record/rollout-objects.ts';
import {rolloutState} from '../staged/record/rollout-state.ts';
import {strategyWords} from '../staged/strategy-words.ts';
import {workloadWord} from '../workload-word.ts';

/** A rollout that is under way, or was left half way. */
export type RunningRollout = {
	readonly namespace: string;
	/** As commands take it: `web`, `statefulset/db`. */
	readonly name: string;
	/** What it does now, one line. */
	readonly text: string;
	/** `running`, `paused`, `stopped: nobody is at it`, `degraded`, … */
	readonly state: string;
	/** ISO 8601; empty where nobody told. */
	readonly startedAt: string;
};

/** More at a time are counted by the tools that list. */
const mostRollouts = 50;

/**
 * Rollouts of all kinds that are not at their end: mkcoa's own by their records, and those of Argo Rollouts, Flagger and OpenKruise.
 * @param namespace all of them if left out; `notChecked` says what could not be looked at, one sentence each
 */
export async function runningRollouts(
	cluster: Pick<Cluster, 'get' | 'each' | 'types' | 'typeOf'>,
	namespace: string | undefined,
	watcher: Watcher,
): Promise<{readonly rollouts: readonly RunningRollout[]; readonly notChecked: readonly string[]}> {
	const types = await cluster.types();
	const known = controllerTypes.flatMap(({kind, type}) => {
		const found = types.find(each => isNamed(each, type));
		return found === undefined ? [] : [{kind, type: found}];
	});
	const configMaps = await cluster.typeOf('configmaps');
	const parts = await Promise.all([
		read(`rollouts of mkcoa's own: configmaps`, () =>
			ownRollouts(cluster, cluster.each({type: configMaps, namespace, labelSelector}), watcher),
		),
		...known.map(({kind, type}) => read(type.plural, () => controlled(kind, cluster.each({type, namespace})))),
	]);
	return {
		rollouts: parts.flatMap(({found}) => found).slice(0, mostRollouts),
		notChecked: parts.flatMap(part => part.notChecked),
	};
}

const labelSelector = 'app.kubernetes.io/managed-by=mkcoa';

async function read(what: string, look: () => Promise<readonly RunningRollout[]>) {
	try {
		return {found: await look(), notChecked: []};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {found: [], notChecked: [`${what} may not be listed`]};
	}
}

async function ownRollouts(
	cluster: Pick<Cluster, 'get'>,
	records: AsyncIterable<KubeObject>,
	watcher: Watcher,
): Promise<readonly RunningRollout[]> {
	const found: RunningRollout[] = [];
	for await (const record of records) {
		const [owner] = record.metadata.ownerReferences ?? [];
		if (owner === undefined || !isRolloutRecord(record.metadata.name)) continue;
		const {namespace = ''} = record.metadata;
		const workload = workloadName({...owner, metadata: {name: owner.name, namespace}});
		const state = await rolloutState(cluster, workload, watcher);
		if (state === undefined) continue;
		const {strategy, phase, step, of, title, startedAt} = state;
		const what = `${capital(strategyWords(strategy))} of ${namespace}/${owner.name}${phase === 'back' ? ' on its way back' : ''}`;
		found.push({
			namespace,
			name: workloadWord({kind: owner.kind, name: owner.name}),
			text: `${what}, step ${step} of ${of}: ${title}`,
			state: state.state === 'stopped' ? 'stopped: nobody is at it' : state.state === 'unknown' ? 'who is at it is not known' : state.state,
			startedAt,
		});
	}
	return found;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

async function controlled(kind: ControllerKind, objects: AsyncIterable<KubeObject>): Promise<readonly RunningRollout[]> {
	const found: RunningRollout[] = [];
	for await (const controller of objects) {
		// What its workload tells beside it is read where somebody opens it.
		const progress = controllers[kind].progress({kind, controller, workload: undefined, notChecked: []});
		if (progress.state === 'healthy') continue;
		const {namespace = '', name} = refOf(controller);
		found.push({namespace, name, text: progressLine(progress), state: progress.state, startedAt: ''});
	}
	return found;
}
