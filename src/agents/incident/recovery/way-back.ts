import {MkcoaError} from '../../../core/error.ts';
import {type KubeObject, type Ref, refKey, refText} from '../../../core/kube/kube-object.ts';
import {mergePatchBetween} from '../../../core/patch/merge-patch.ts';
import type {Draft, Step, Write} from '../../../core/plan.ts';
import {localAfter} from '../../../mcp/kubernetes/plan/local-after.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

/** The write that sets an object back; undefined where nothing would. */
function reverseOf({op, ref}: Write, before: KubeObject | undefined, after: KubeObject | null): Write | undefined {
	if (op === 'exec' || op === 'evict' || after === null) return undefined;
	if (before === undefined) return {op: 'delete', ref, propagation: 'Background'};
	return {op: 'patch', ref, type: 'merge', patch: mergePatchBetween(after, before)};
}

/**
 * The steps that take a plan back by itself, the last write first; each is bound to the object as the run left it, so that nobody's later change is undone.
 * @throws MkcoaError `not-reversible` for what cannot be set back by one write each
 */
export async function wayBack(cluster: Cluster, {steps}: Draft): Promise<readonly Step[]> {
	const {kubeSchema} = await import('../../../mcp/kubernetes/plan/loaded-schema.ts');
	const now = new Map<string, KubeObject | undefined>();
	const seen = async (ref: Ref) => (now.has(refKey(ref)) ? now.get(refKey(ref)) : cluster.get(ref));
	const back: Step[] = [];
	for (const {title, writes, on, outside} of steps) {
		for (const write of writes) {
			const before = await seen(write.ref);
			const after = localAfter(write, before, kubeSchema.kind(write.ref.apiVersion, write.ref.kind));
			const reverse = on === undefined && outside === undefined ? reverseOf(write, before, after) : undefined;
			if (reverse === undefined) throw notReversible(title);
			now.set(refKey(write.ref), after ?? undefined);
			back.unshift({title: titleOf(reverse), writes: [reverse], on: 'failure'});
		}
	}
	return back;
}

const titleOf = ({op, ref}: Write) => `If it got worse: ${op === 'delete' ? `delete ${refText(ref)} again` : `set ${refText(ref)} back`}`;

const notReversible = (title: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-reversible',
		what: 'This remedy cannot take itself back',
		why: `there is no way back of: ${title}`,
		next: 'Leave --undo-if-worse out, and look at it yourself',
	});
