import {riskOf} from '../../../core/consequences/consequences.ts';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import {diffObjects} from '../../../core/diff/diff.ts';
import {canonicalJson, type JsonObject} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refKey, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft, Precondition, Step, Write} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {warningsOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import type {Prediction} from '../../../mcp/kubernetes/plan/predict.ts';
import {seeObject} from '../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {Keeping} from '../bundle/keep-now.ts';
import {ownerNotes, withOwnerNotes} from '../ownership/owner-notes.ts';
import {ownersOf} from '../ownership/owners-of.ts';
import {type Act, grownBy, type Script} from './act.ts';
import type {Confines} from './confines.ts';
import {ifDies} from './if-dies.ts';
import {type Opening, type Start, stepsOf} from './layout.ts';
import {commandWords, workloadName} from './lease/held-by.ts';
import {recordData} from './record/record.ts';
import {newKey, sealData} from './record/record-seal.ts';
import type {Leftover} from './record/refuse-rolling.ts';
import {ownObject, type RolloutRefs, rolloutRefs, scriptDigest, scriptSecret} from './record/rollout-objects.ts';
import {predictUnseen, unseenNotes} from './unseen.ts';

/** The beginning of every rollout. */
export const atStart: Start = {phase: 'forward', position: 0, back: 0};

type Parts<Resolved extends JsonObject> = {
	readonly input: Resolved;
	/** `canary`, `blue-green`, … */
	readonly strategy: string;
	readonly workload: KubeObject;
	readonly summary: string;
	readonly script: Script;
	/** All of the script, where a part of it is done already. */
	readonly whole?: Script;
	readonly start: Start;
	/** Left out where the rollout is there already and is taken over. */
	readonly opens?: Leftover | undefined;
	/** What of the rollout's own somebody deleted, where it is taken over. */
	readonly lost?: {readonly record: boolean; readonly lease: boolean} | undefined;
	/** Whether an autoscaler changes the workload's number of pods meanwhile. */
	readonly scaled: boolean;
	/** What stands now, for a later rollback; left out where it was kept before. */
	readonly keeping?: Keeping | undefined;
	readonly notes: readonly Consequence[];
	readonly verify: readonly string[];
	readonly undo: Draft['undo'];
	/** Objects whose values the strategy brings back from the cluster. */
	readonly confines?: Confines | undefined;
};

/** A rollout as a plan: every object that it touches, mkcoa's own included, and what the cluster looks like if the client dies. */
export async function draftRollout<Resolved extends JsonObject>(cluster: Cluster, parts: Parts<Resolved>): Promise<Draft<Resolved>> {
	const {input, workload, script, whole = script, start, opens, summary, keeping, notes, verify, undo} = parts;
	const refs = rolloutRefs(workloadName(workload));
	const opening = opens === undefined ? undefined : await openingOf(cluster, parts, refs, opens);
	const made = parts.lost?.lease === true ? [createWrite(ownObject(refs.lease, workload, {spec: {}}))] : [];
	const steps = stepsOf(script, start, refs, {opening, whole, lease: opening?.lease ?? made, isRecorded: parts.lost?.record !== true});
	const own = new Set([...Object.values(refs), ...(keeping?.writes ?? []).map(({ref}) => ref)].map(refKey));
	const predictions: Prediction[] = [];
	for (const write of shownOf(steps, own)) predictions.push(await predictUnseen(cluster, write));
	const {preconditions, unseen} = await conditionsOf(cluster, steps, refs, parts);
	const consequences = gravestFirst(
		eachOnce([
			...predictions.flatMap(warningsOf),
			...notes,
			...(keeping?.notes ?? []),
			...unseenNotes(unseen),
			...withOwnerNotes(
				await consequencesFor(cluster, predictions),
				ownerNotes(await ownersOf(cluster, workload), refOf(workload), 'spec'),
			),
			...ifDies(script, start, opens !== undefined, workloadName(workload)),
		]),
	);
	return {
		input,
		summary,
		steps,
		changes: [
			...(await shownChanges(workload, withoutReturns(predictions))),
			...ownChanges([...(opening?.lease ?? made), ...(opening?.record ?? [])], keeping),
		],
		consequences,
		risk: riskOf(consequences, 'change'),
		preconditions,
		verify,
		undo,
		confined: confinedOf(parts, refs),
	};
}

/** The script and the snapshots hold values of whatever they keep. */
const confinedOf = ({workload, keeping, confines}: Parts<JsonObject>, {script}: RolloutRefs): Draft['confined'] => ({
	refs: [script, ...(keeping?.writes ?? []).map(({ref}) => ref), ...(confines?.refs ?? [])],
	goOn: `mkcoa deploy resume ${commandWords(workloadName(workload))}`,
	takeBack: confines?.takeBack ?? `mkcoa deploy abort ${commandWords(workloadName(workload))}`,
});

/** Several steps that write the same field have the same to say of it. */
const eachOnce = (consequences: readonly Consequence[]) =>
	consequences.filter(({id, text}, index) => consequences.findIndex(other => other.id === id && other.text === text) === index);

/** A last step that leaves an object as it is now has no difference to show; what it does stands in the steps. */
const withoutReturns = (predictions: readonly Prediction[]) =>
	predictions.filter(
		({change: {ref, operation, fields}}, index) =>
			operation !== 'update' ||
			fields.length > 0 ||
			earlierOf(predictions, index, ref) === undefined ||
			predictions.slice(index + 1).some(({change}) => refKey(change.ref) === refKey(ref)),
	);

/** What the plan does to the same object before. */
const earlierOf = (predictions: readonly Prediction[], index: number, ref: Ref) =>
	predictions.slice(0, index).findLast(({change}) => refKey(change.ref) === refKey(ref));

/** Lease first, record last: a record means that all is there. What an earlier rollout left without a record becomes this one's. */
async function openingOf(
	cluster: Cluster,
	{workload, script, strategy, input, keeping}: Parts<JsonObject>,
	refs: RolloutRefs,
	{lease, script: secret}: Leftover,
): Promise<Opening> {
	const by = (await cluster.target(workload.metadata.namespace)).identity;
	const told = ({ifDies: stands}: Act) => stands;
	const stands = {forward: script.acts.map(told), back: script.wayBack.map(told)};
	const data = recordData({strategy, input, acts: script.acts.length, by, digest: scriptDigest(script), stands});
	const make = (manifest: KubeObject, live: KubeObject | undefined): Write =>
		live === undefined ? createWrite(manifest) : adopt(manifest);
	return {
		lease: [make(ownObject(refs.lease, workload, {spec: {}}), lease)],
		record: [
			...(keeping?.writes ?? []),
			make(scriptSecret(refs.script, workload, script, sealData(newKey(), refs.record, data)), secret),
			make(ownObject(refs.record, workload, {data}), undefined),
		],
		kept: keeping?.words,
		...(keeping === undefined || keeping.writes.length === 0 ? {} : {snapshots: keeping.writes.map(({ref}) => ref)}),
	};
}

const createWrite = (manifest: KubeObject): Write => ({op: 'create', ref: refOf(manifest), manifest});

const adopt = (manifest: KubeObject): Write => {
	const {labels = {}, ownerReferences = []} = manifest.metadata;
	const data = manifest.data === undefined ? {} : {data: manifest.data};
	return {op: 'patch', ref: refOf(manifest), type: 'merge', patch: {...data, metadata: {labels, ownerReferences: [...ownerReferences]}}};
};

const isOwn = (refs: RolloutRefs, {kind, name}: Ref) => Object.values(refs).some(ref => ref.kind === kind && ref.name === name);

/** A patch that sets a number of pods and nothing else: such numbers stand in the steps. */
const isScaling = (write: Write) =>
	write.op === 'patch' && write.type === 'merge' && /^\{"spec":\{"replicas":\d+\}\}$/.test(canonicalJson(write.patch));

/** What a person is shown field by field: of each object the first change, and each change of a template. */
function shownOf(steps: readonly Step[], own: ReadonlySet<string>): readonly Write[] {
	const seen = new Set<string>();
	return steps
		.filter(({on}) => on !== 'failure')
		.flatMap(({writes}) => writes)
		.filter(write => {
			if (own.has(refKey(write.ref)) || isScaling(write) || write.op === 'delete') return false;
			if (write.op === 'patch' && write.type === 'json') return true;
			const isFirst = !seen.has(refKey(write.ref));
			seen.add(refKey(write.ref));
			return isFirst;
		});
}

/**
 * The changes with the differences that a person wants to see: of a copy, in what it differs from the workload, not two hundred lines that are the
 * same; of an object that several steps change, what each of them does after the one before.
 */
async function shownChanges(workload: KubeObject, predictions: readonly Prediction[]): Promise<readonly Change[]> {
	const {kubeSchema} = await import('../../../mcp/kubernetes/plan/loaded-schema.ts');
	const beside = (before: KubeObject | null, {change, after}: Prediction, words: string): Change => ({
		...change,
		fields: diffObjects(before, after, kubeSchema).map(({owner: _, ...field}) => field),
		why: `${change.why === undefined ? '' : `${change.why}; `}${words}`,
	});
	return predictions.map((each, index) => {
		const {change, write} = each;
		if (write.op === 'create' && write.ref.kind === workload.kind)
			return beside(workload, each, `a copy of ${refText(refOf(workload))} that differs in these fields`);
		const earlier = change.operation === 'update' ? earlierOf(predictions, index, change.ref) : undefined;
		return earlier === undefined ? change : beside(earlier.after, each, 'after the update of it above');
	});
}

function ownChanges(own: readonly Write[], keeping: Keeping | undefined): readonly Change[] {
	const kept = new Map((keeping?.writes ?? []).map(write => [write, write.op === 'delete' ? keeping?.stale : keeping?.holds] as const));
	return own.map(write => ({
		ref: write.ref,
		operation: write.op === 'create' || write.op === 'delete' ? write.op : 'update',
		fields: [],
		computed: 'local',
		why: kept.get(write) ?? "mkcoa's own, for as long as the rollout lasts",
	}));
}

/** Copies that the script gives an autoscaler of their own, by kind and name: it changes their number of pods, also for whoever goes on. */
const scaledCopies = ({acts}: Script): ReadonlySet<string> =>
	new Set(
		acts
			.flatMap(({writes}) => writes)
			.flatMap(write => (write.op === 'create' && write.ref.kind === 'HorizontalPodAutoscaler' ? [write.manifest] : []))
			.map(manifest => `${textAt(manifest, 'spec', 'scaleTargetRef', 'kind')}/${textAt(manifest, 'spec', 'scaleTargetRef', 'name')}`),
	);

/**
 * Every object that is written, as it is now. Of mkcoa's own only the identity counts: other terminals write into them. One that may not be read
 * stands as absent, and among the unseen.
 */
async function conditionsOf(
	cluster: Cluster,
	steps: readonly Step[],
	refs: RolloutRefs,
	{workload, script, whole = script, scaled, keeping}: Parts<JsonObject>,
): Promise<{readonly preconditions: readonly Precondition[]; readonly unseen: readonly Ref[]}> {
	const own = refOf(workload);
	const copies = scaledCopies(whole);
	const grown = new Set([...whole.acts, ...whole.wayBack].flatMap(({wait}) => grownBy(wait)).map(refKey));
	const written = new Map(
		[own, ...(keeping?.members ?? []), ...steps.flatMap(({writes}) => writes.map(({ref}) => ref))].map(ref => [refKey(ref), ref] as const),
	);
	const seen = await Promise.all(
		[...written.values()].map(async ref => {
			if (refKey(ref) === refKey(own)) return {ref, condition: preconditionOf(workload, ref, scaled ? 'all but replicas' : 'all')};
			const {object, refused} = await seeObject(cluster, ref);
			const isScaled = copies.has(`${ref.kind}/${ref.name}`) || grown.has(refKey(ref));
			const watched = isOwn(refs, ref) ? 'identity' : isScaled ? 'all but replicas' : 'all';
			return {ref, refused, condition: preconditionOf(object, ref, watched)};
		}),
	);
	return {
		preconditions: seen.map(({condition}) => condition),
		unseen: seen.flatMap(({ref, refused}) => (refused === undefined ? [] : [ref])),
	};
}
