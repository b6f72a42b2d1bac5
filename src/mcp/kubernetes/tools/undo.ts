import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {JournalEntry, JournalReader} from '../../../core/journal.ts';
import {type KubeObject, type Ref, refKey, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Draft, Severity} from '../../../core/plan.ts';
import {isSameCluster} from '../../../core/same-cluster.ts';
import {isConfined} from '../../../core/secrets/confined.ts';
import {isMachine} from '../../../core/this-machine.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {type NetEffect, netEffects} from '../plan/net-effects.ts';
import {performInOrder} from '../plan/perform-in-order.ts';
import type {Prediction} from '../plan/predict.ts';
import {predictInOrder} from '../plan/predict-in-order.ts';
import {settledEffects} from '../plan/settled-effects.ts';
import {takeBack} from '../plan/take-back.ts';
import type {Cluster} from '../port.ts';
import {destroys} from '../tool-input.ts';

export type UndoPorts = {readonly cluster: Cluster; readonly journal: JournalReader};

/** Entries looked through for the latest one that can be taken back. */
const mostEntries = 50;

const titles = {delete: 'Delete', create: 'Make again', patch: 'Set back'} as const;

/** Not part of the Kubernetes toolset: it needs the journal too. `id` of its resolved input tells the journal which entry it takes back. */
export const undo = changeTool({
	name: 'undo',
	summary: 'Takes a change back: deletes what it created, makes again what it deleted, and sets back what nobody changed since',
	effect: 'destructive',
	annotations: destroys,
	command: ['undo'],
	positionals: ['id'],
	input: z.object({
		id: z
			.string()
			.max(100)
			.regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'expected the id of a journal entry')
			.optional()
			.describe('Journal entry to take back; the latest if left out'),
	}),
	resolved: z.object({id: z.string(), namespace: z.string().optional()}),
	output: z.object({undoes: z.string(), objects: z.array(z.string())}),
	async plan({id}, {ports}: Context<UndoPorts>) {
		const entry = id === undefined ? await latestEntry(ports) : await namedEntry(ports, id);
		const {predictions, goes, left, stays} = await wayBack(ports, entry);
		// A plan whose effect is beside the cluster left nothing here that could be taken back.
		const {steps, undo: back} = entry.plan;
		if (!back.possible && steps.every(({writes}) => writes.length === 0)) throw nothingLeft(entry, [back.how]);
		if (predictions.length === 0 && left.length > 0) throw nothingLeft(entry, left);
		if (!entry.plan.undo.possible) left.push(entry.plan.undo.how);
		// Undo often comes while a rollout is on its way: with pods counted, its plan would differ from one second to the next.
		const surroundings = await consequencesFor(ports.cluster, predictions, ['pods', 'replicaSets']);
		return undoDraft(entry, predictions, [
			...notes('warning', 'goes-with-it', goes),
			...notes('warning', 'left-as-it-is', left),
			...notes('info', 'snapshot-stays', stays),
			...surroundings,
		]);
	},
	async apply(plan, context, effects) {
		await performInOrder(plan, context, effects);
		return {undoes: plan.input.id, objects: [...new Set(plan.changes.map(({ref}) => refText(ref)))]};
	},
	text: ({undoes, objects}) => [`Took back ${undoes}`, ...objects].join('\n'),
});

const notes = (severity: Severity, id: string, texts: readonly string[]) => texts.map((text): Consequence => ({id, severity, text}));

function undoDraft(entry: JournalEntry, predictions: readonly Prediction[], consequences: readonly Consequence[]) {
	const {namespace} = entry.plan.target;
	const draft: Draft<{readonly id: string; readonly namespace?: string}> = draftOf({
		effect: 'destructive',
		input: {id: entry.id, ...(namespace === undefined ? {} : {namespace})},
		summary: `Take back ${entry.id}: ${entry.plan.summary}`,
		steps: predictions.map(prediction => ({title: titleOf(prediction), predictions: [prediction]})),
		consequences,
		verify: [...new Set(predictions.map(({write}) => `${refText(write.ref)} is as it was before`))],
		undo: {possible: true, how: 'Undo this entry to do the change again'},
	});
	return draft;
}

const titleOf = ({write}: Prediction) =>
	`${write.op === 'delete' || write.op === 'create' ? titles[write.op] : titles.patch} ${refText(write.ref)}`;

/** What taking the entry back means today: the writes, what goes with them, and what stays as it is. */
async function wayBack({cluster, journal}: UndoPorts, entry: JournalEntry) {
	const {id, plan} = entry;
	const {kubeSchema} = await import('../plan/loaded-schema.ts');
	const sealed = () => journal.sealed(id);
	const snapshots = new Set(plan.steps.flatMap(step => (step.snapshots ?? []).map(refKey)));
	// What mkcoa itself wrote there meanwhile is no change of somebody else's.
	const kept = new Set(plan.steps.flatMap(({upkeep = []}) => upkeep.map(refKey)));
	const {effects, lost} = netEffects(await settledEffects(await journal.effects(id), {cluster, schema: kubeSchema, sealed}));
	const predictions: Prediction[] = [];
	const goes: string[] = [];
	const left: string[] = lost.map(text => `${text} cannot be taken back`);
	const stays: string[] = [];
	for (const effect of effects) {
		if (snapshots.has(refKey(effect.ref))) {
			if (effect.after !== null) stays.push(`${refText(effect.ref)} stays: a later rollback brings back what it keeps`);
			continue;
		}
		if (isConfined(plan, effect.ref) && effect.before !== null) {
			// What mkcoa found there of its own and removed at the end.
			if (effect.after === null && effect.unavailable === undefined) continue;
			throw staysThere(entry, effect.ref);
		}
		const live = await cluster.get(effect.ref);
		const back = takeBack(isConfined(plan, effect.ref) ? withValues(effect, live) : effect, live, kubeSchema);
		left.push(...back.left);
		if (back.goes !== undefined && !kept.has(refKey(effect.ref))) goes.push(back.goes);
		const predicted = await predictInOrder(cluster, back.writes);
		predictions.push(...predicted.filter(({write, change}) => write.op !== 'patch' || change.fields.length > 0));
	}
	return {predictions, goes, left, stays};
}

/** The journal has who it made, and the cluster what is in it. */
const withValues = (effect: NetEffect, live: KubeObject | undefined): NetEffect =>
	live !== undefined && live.metadata.uid === effect.after?.metadata.uid ? {...effect, after: live} : effect;

/** Half of it taken back would be a new version with old secrets. */
const staysThere = ({id, outcome, plan: {confined, undo}}: JournalEntry, ref: Ref) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-undoable',
		what: `${id} cannot be taken back from the journal; nothing was changed`,
		why: `the secret values of ${refText(ref)} stay in the cluster, and none of them is kept on this machine`,
		next:
			confined === undefined
				? undo.how
				: `${outcome === undefined ? `It rests half way. Go on with: ${confined.goOn}. Then take` : 'Take'} it back with: ${confined.takeBack}`,
	});

/** The latest change, not the latest undo: whoever types undo twice wants to go further back. Nor a failure that put everything back itself. */
async function latestEntry(ports: UndoPorts): Promise<JournalEntry> {
	const here = await ports.cluster.target(undefined);
	for (const entry of await ports.journal.list(mostEntries)) {
		const {plan, running, undoneBy, undoes, outcome} = entry;
		if (!isSameCluster(plan.target, here) || running || undoneBy || undoes) continue;
		// One that another command takes back for the sake of its secret values is the latest change all the same, and says so.
		const isOtherwise = plan.undo.contrary === true && plan.confined !== undefined && outcome !== 'failed';
		if (!plan.undo.possible && !isOtherwise) continue;
		if (outcome !== 'failed') return entry;
		const {predictions, left} = await wayBack(ports, entry);
		if (predictions.length + left.length > 0) return entry;
	}
	throw usage('nothing-to-undo', 'There is no change to take back', `See what was done on ${here.context} with: mkcoa history`);
}

async function namedEntry({cluster, journal}: UndoPorts, id: string): Promise<JournalEntry> {
	const entry = await journal.entry(id);
	if (entry === undefined) throw usage('no-such-entry', `The journal has no entry ${id}`, 'See the entries with: mkcoa history');
	if (entry.undoneBy !== undefined)
		throw usage('already-undone', `${id} was taken back already, by ${entry.undoneBy}`, `To do it again: mkcoa undo ${entry.undoneBy}`);
	const here = await cluster.target(undefined);
	const {target} = entry.plan;
	if (!isSameCluster(target, here)) {
		if (isMachine(target))
			throw usage('not-in-a-cluster', `${id} changed a machine and no cluster`, `Run mkcoa undo ${id} at a terminal there`);
		const next =
			target.context === here.context ? 'Look at what is there now, and make a new plan here' : `Run it with --context ${target.context}`;
		throw usage('other-cluster', `${id} changed another cluster`, next);
	}
	if (entry.running) throw usage('run-in-progress', `${id} is being carried out right now`, 'Wait for its end');
	return entry;
}

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});

const nothingLeft = ({id}: JournalEntry, left: readonly string[]) =>
	new MkcoaError({
		kind: 'environment',
		code: 'not-undoable',
		what: `Nothing of ${id} can be taken back`,
		why: left.join('; '),
		next: `See what it did with: mkcoa history ${id}. Take back another change with: mkcoa undo ID`,
	});
