import {rolloutState} from '../../agents/deploy/staged/record/rollout-state.ts';
import {systemClock} from '../../core/clock.ts';
import type {JournalEntry, JournalReader} from '../../core/journal.ts';
import {textAt} from '../../core/kube/json-at.ts';
import type {Plan} from '../../core/plan.ts';
import {isSameCluster} from '../../core/same-cluster.ts';
import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';
import {lifeOf} from '../life-of.ts';
import type {Session} from '../session.ts';
import type {SessionOf} from './caller-sessions.ts';

type Around = {
	readonly journal: Pick<JournalReader, 'effects'>;
	readonly sessionOf: SessionOf;
	readonly user: string;
	/** Beside that of the server, contexts for which a plan may have been made here. */
	readonly contexts: readonly string[];
};

/**
 * Where a run is that another process may carry out: a rollout by its record in the cluster, any other change by the writes that the journal has of
 * it.
 */
export const stepUnderWay =
	({journal, sessionOf, user, contexts}: Around) =>
	async ({id, plan}: Pick<JournalEntry, 'id' | 'plan'>, caller: EdgeCaller): Promise<string | undefined> => {
		const said = plan.tool.startsWith('deployment_')
			? await sessionOf(
					caller,
					{effect: 'read', toolset: 'deploy'},
					contexts.find(context => context === plan.target.context),
				)
					.then(session => ofRollout(plan, session, user))
					.catch(() => undefined)
			: undefined;
		return said ?? stepAfter(plan, await journal.effects(id));
	};

/** A cluster that does not answer, or a caller who may not look, leaves the journal to tell. */
async function ofRollout({input, target}: Plan, {cluster, redact}: Session, user: string): Promise<string | undefined> {
	const [name, namespace, kind] = [textAt(input, 'name'), textAt(input, 'namespace'), textAt(input, 'kind')];
	if (name === undefined || namespace === undefined) return undefined;
	// Its context may not be served any more, and another cluster may have a rollout of this name.
	if (!isSameCluster(target, await cluster.target(namespace))) return undefined;
	const watcher = {clock: systemClock(), holderDied: lifeOf(user).holderDied};
	const rollout = await rolloutState(cluster, {name, namespace, kind}, watcher).catch(() => undefined);
	if (rollout === undefined) return undefined;
	const {state, phase, step, of, title, stands, reason} = rollout;
	const back = `Going back${reason === '' ? '' : `, because ${reason}`}`;
	const where = phase === 'back' ? back : `${state === 'paused' ? 'Paused at step' : 'Step'} ${step} of ${of}: ${title}`;
	return String(redact([where, stands].filter(Boolean).join('; ')));
}

/** The step after the last write that is through; the last one where all are. */
function stepAfter({steps}: Plan, effects: Awaited<ReturnType<JournalReader['effects']>>): string | undefined {
	const through = Math.max(-1, ...effects.filter(({state}) => state === 'done').map(({index}) => index));
	let writes = 0;
	const at = steps.findIndex(step => {
		writes += step.writes.length;
		// A step that waits has no writes, and is what comes after those before it.
		return writes > through + 1 || (step.writes.length === 0 && writes === through + 1);
	});
	const index = at < 0 ? steps.length - 1 : at;
	const step = steps[index];
	// Those of the way back stand behind the others, and are no part of the way.
	const of = Math.max(index + 1, steps.filter(({on}) => on !== 'failure').length);
	return step === undefined ? undefined : `Step ${index + 1} of ${of}: ${step.title}`;
}
