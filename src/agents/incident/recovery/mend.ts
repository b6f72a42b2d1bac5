import {typedKey} from '../../../analysis/detection/incident.ts';
import {DriftError, troubleOf} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {ApprovedPlan} from '../../../core/plan.ts';
import {shellWord} from '../../../core/text/shell-word.ts';
import {type Context, type Effects, StoppedError} from '../../../core/tool.ts';
import {performInOrder} from '../../../mcp/kubernetes/plan/perform-in-order.ts';
import {durationMs} from '../../deploy/duration.ts';
import type {RecoveryPorts} from '../ports.ts';
import {type Recovery, recoveryJson} from '../recovery-output.ts';
import {toldIncident} from '../told-incident.ts';
import {heldPodsFreer} from './held-pods.ts';
import {touchedBy} from './judge-healing.ts';
import {lookAt} from './look.ts';
import {type Watched, watchHealing} from './watch-healing.ts';
import {commandOf, sureWay, waysOf} from './ways-of.ts';

/** What a plan of auto_recovery is resolved to, as far as it is carried out. */
type Mending = {
	readonly incident: string;
	readonly fault: string;
	readonly remedy: string;
	readonly tool?: string | undefined;
	readonly call?: string | undefined;
	readonly namespace?: string | undefined;
	readonly deadline: string;
	readonly undoIfWorse: boolean;
};

/**
 * Carries a remedy out, and looks until the cause is gone.
 * @throws StoppedError where it is still there or got worse, with the way back
 */
export async function mend(plan: ApprovedPlan<Mending>, context: Context<RecoveryPorts>, effects: Effects): Promise<Recovery> {
	const {incident: key, namespace, deadline} = plan.input;
	context.emit({kind: 'progress', text: 'Looking at it once more before anything is changed'});
	const {detection, survey} = await lookAt(namespace, context);
	const incident = detection.incidents.find(each => each.key === key);
	await carryOut(plan, context, effects);
	const watched = await watchHealing(
		{
			key,
			incident,
			before: new Set(detection.incidents.map(each => each.key)),
			unread: new Set(survey.snapshot.unread.map(({kind}) => kind)),
			touched: [...plan.changes.map(({ref}) => ref), ...(incident === undefined ? [] : touchedBy(incident))],
			namespace,
			withinMs: durationMs(deadline),
			between: heldPodsFreer(plan, context, effects),
		},
		context,
	);
	const recovery = told(plan.input, watched, {
		...(incident === undefined ? {} : {incident: toldIncident(incident)}),
		before: detection.incidents.map(each => each.key),
	});
	if (recovery.result === 'healed' || recovery.result === 'healing') return recovery;
	throw notHealed(plan, recovery, recovery.result === 'worse' ? await takenBack(plan, context, effects) : undefined);
}

/** What is set back where a plan takes itself back: each object, or why it stays. Undefined for a plan that does not. */
type TakenBack = {readonly undone: readonly string[]; readonly left: readonly string[]};

async function takenBack({steps}: ApprovedPlan<Mending>, {emit}: Context<RecoveryPorts>, effects: Effects): Promise<TakenBack | undefined> {
	const back = steps.flatMap(({on, title}, index) => (on === 'failure' ? [{title, index}] : []));
	if (back.length === 0) return undefined;
	const undone: string[] = [];
	for (const {title, index} of back) {
		try {
			await effects.performStep(index);
			undone.push(title);
		} catch (error) {
			// Whoever changed it meanwhile keeps what they wrote; the rest is told as left.
			emit({kind: 'note', text: `${title}: ${error instanceof DriftError ? error.message : troubleOf(error).what}`});
			return {undone, left: back.slice(undone.length).map(each => each.title)};
		}
	}
	return {undone, left: []};
}

const results = {healed: 'healed', 'on-its-way': 'healing', there: 'still-there', another: 'still-there', worse: 'worse'} as const;

/** More of the same than this is seen with incident detect. */
const mostAlike = 5;

/** What one cause did to several workloads is mended one by one: each has a plan and a way back of its own. */
const alikeIn = ({detection}: Watched['look'], fault: string, {incident}: Pick<Recovery, 'incident'>): readonly string[] =>
	detection.incidents
		.filter(each => each.cause.id === fault && each.key !== incident?.key)
		.flatMap(each => {
			const ways = waysOf(each);
			const way = sureWay(ways);
			return way === undefined ? [] : [commandOf(each, way, ways)];
		})
		.slice(0, mostAlike);

function told({remedy, fault}: Mending, {sight, look, watchedMs}: Watched, before: Pick<Recovery, 'incident' | 'before'>): Recovery {
	const others = 'others' in sight ? sight.others : [];
	const there = look.detection.incidents.filter(({key}) => key === before.incident?.key);
	return {
		...before,
		remedy,
		result: results[sight.state],
		...('why' in sight ? {why: sight.why} : {}),
		watchedSeconds: Math.round(watchedMs / 1000),
		after: [...there, ...others].map(toldIncident),
		alike: [...alikeIn(look, fault, before)],
		choices: [],
	};
}

/** The tool that the remedy calls does its part as it always does; writes of no tool are sent in their order. */
async function carryOut(plan: ApprovedPlan<Mending>, context: Context<RecoveryPorts>, effects: Effects): Promise<void> {
	const {tool: name, call} = plan.input;
	const steps = plan.steps.filter(({on}) => !plan.input.undoIfWorse || on !== 'failure');
	if (name === undefined || call === undefined) return performInOrder({...plan, steps}, context, effects);
	const tool = await context.ports.changeTool(name);
	if (tool === undefined) throw new Error(`There is no tool ${name} any more`);
	await tool.apply({...plan, steps, tool: name, input: JSON.parse(call)}, context, effects);
}

function notHealed(
	{input: {fault, incident: key}, undo, changes}: ApprovedPlan<Mending>,
	recovery: Recovery,
	back: TakenBack | undefined,
): StoppedError {
	const {result, why, after, watchedSeconds} = recovery;
	const others = after.filter(each => each.key !== key);
	const what =
		result === 'worse'
			? `It got worse: ${others[0]?.cause ?? after[0]?.cause}`
			: others.length > 0
				? `${fault} is gone, and something else is wrong now: ${others[0]?.cause}`
				: `${fault} is still there after ${watchedSeconds} seconds`;
	const isBack = back !== undefined && back.left.length === 0;
	const way = (journal: string) =>
		isBack
			? 'It was taken back. See what is wrong with: mkcoa incident detect'
			: undo.possible
				? `Take it back with: mkcoa undo ${journal}`
				: undo.how;
	const onward =
		result === 'still-there' && others[0] !== undefined ? `Go on with: mkcoa incident fix ${shellWord(typedKey(others[0].key))}. ` : '';
	return new StoppedError({
		trouble: {kind: 'environment', code: result, what, ...(why === undefined ? {} : {why})},
		undone: back?.undone ?? [],
		left: back?.left ?? changes.map(({ref}) => `${refText(ref)} as the remedy left it`),
		output: recoveryJson(recovery),
		wayOn: journal => `${onward}${way(journal)}`,
	});
}
