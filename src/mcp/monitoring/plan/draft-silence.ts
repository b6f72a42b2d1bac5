import {riskOf} from '../../../core/consequences/consequences.ts';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import {diffObjects} from '../../../core/diff/diff.ts';
import {noSchema} from '../../../core/diff/kube-schema.ts';
import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft, Write} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';

type Parts<Resolved extends JsonObject> = {
	readonly input: Resolved;
	readonly summary: string;
	readonly title: string;
	/** A silence is made or ended. One that is there and is to be made needs no step. */
	readonly before: KubeObject | undefined;
	readonly after: KubeObject | undefined;
	readonly ref: Ref;
	readonly consequences: readonly Consequence[];
	readonly verify: string;
	readonly undo: string;
};

/** The plan of one silence. Its server computes nothing beforehand, so the difference is to what was read. */
export function draftSilence<Resolved extends JsonObject>({
	input,
	summary,
	title,
	before,
	after,
	ref,
	consequences,
	verify,
	undo,
}: Parts<Resolved>): Draft<Resolved> {
	const write: Write = after === undefined ? {op: 'delete', ref} : {op: 'create', ref, manifest: after};
	const isThere = before !== undefined && after !== undefined;
	const change: Change = {
		...{ref, operation: after === undefined ? 'delete' : 'create', computed: 'local'},
		fields: diffObjects(before ?? null, after ?? null, noSchema),
		why: 'Alertmanager computes no change beforehand',
	};
	return {
		...{input, summary, consequences: gravestFirst(consequences), risk: riskOf(consequences, 'change')},
		steps: isThere ? [] : [{title, writes: [write]}],
		changes: isThere ? [] : [change],
		preconditions: [preconditionOf(before, ref)],
		verify: [verify],
		undo: {possible: true, how: undo},
	};
}
