import {riskOf} from '../../../core/consequences/consequences.ts';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import {canonicalJson, type Json, type JsonObject} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf} from '../../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft, FieldChange, Write} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';
import {consequencesFor, unread} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {type Prediction, predict} from '../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {ownerNotes, withOwnerNotes} from '../ownership/owner-notes.ts';
import {ownersOf} from '../ownership/owners-of.ts';
import type {ControlledBackend} from './backend.ts';
import type {Control} from './control.ts';

/** What one controller is told, as a plan: the server computes what changes, the owners of what is written are named. */
export async function draftControl<Resolved extends JsonObject>(
	cluster: Cluster,
	{controller, workload, notChecked}: ControlledBackend,
	{input, control}: {readonly input: Resolved; readonly control: Omit<Control, 'at' | 'until'>},
): Promise<Draft<Resolved>> {
	const {summary, steps, notes, verify, undo} = control;
	const predictions: Prediction[] = [];
	for (const write of steps.flatMap(({writes}) => writes)) predictions.push(await predict(cluster, write));
	const owners = await Promise.all(predictions.map(prediction => notesOfOwners(cluster, prediction)));
	const around = withOwnerNotes(await consequencesFor(cluster, predictions), distinct(owners.flat()));
	const consequences = gravestFirst([...notes, ...around, ...(steps.length === 0 ? [] : unread(notChecked))]);
	const written = new Set(predictions.map(({write}) => refKey(write.ref)));
	const isWritten = workload !== undefined && workload !== controller && written.has(refKey(refOf(workload)));
	return {
		input,
		summary,
		steps,
		changes: predictions.map(changeOf),
		consequences,
		risk: riskOf(consequences, 'change'),
		preconditions: [controller, ...(isWritten ? [workload] : [])].map(conditionOf),
		verify,
		undo,
	};
}

/** An autoscaler may set the number of pods of a Rollout at any moment. */
const conditionOf = (object: KubeObject) => preconditionOf(object, refOf(object), 'all but replicas');

const writesStatus = (write: Write) => write.op === 'patch' && write.subresource === 'status';

async function notesOfOwners(cluster: Cluster, {write, before}: Prediction): Promise<readonly Consequence[]> {
	if (before === undefined) return [];
	return ownerNotes(await ownersOf(cluster, before), write.ref, writesStatus(write) ? 'status' : 'spec');
}

/** One note for each owner and object; where both spec and status are written, the graver one. */
const distinct = (notes: readonly Consequence[]): readonly Consequence[] => [
	...new Map(
		gravestFirst(notes)
			.toReversed()
			.map(note => [canonicalJson({id: note.id, ref: note.ref}), note] as const),
	).values(),
];

/** A status is no part of what people mean by an object, so its difference is told here. */
function changeOf({write, before, after, change}: Prediction): Change {
	return writesStatus(write) ? {...change, fields: statusFields(before, after)} : change;
}

function statusFields(before: KubeObject | undefined, after: KubeObject | null): readonly FieldChange[] {
	const [was, is] = [objectAt(before, 'status'), objectAt(after ?? undefined, 'status')];
	return [...new Set([...Object.keys(was), ...Object.keys(is)])]
		.filter(key => canonicalJson(was[key]) !== canonicalJson(is[key]))
		.map(key => ({path: ['status', key], operation: operationOf(was[key], is[key]), ...sides(was[key], is[key])}));
}

const operationOf = (before: Json | undefined, after: Json | undefined) =>
	before === undefined ? 'add' : after === undefined ? 'remove' : 'replace';

const sides = (before: Json | undefined, after: Json | undefined) => ({
	...(before === undefined ? {} : {before}),
	...(after === undefined ? {} : {after}),
});
