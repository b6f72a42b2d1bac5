import type {Remedy} from '../../../analysis/diagnosis/cause.ts';
import {riskOf} from '../../../core/consequences/consequences.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import {type KubeObject, type Ref, refKey, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Draft, Write} from '../../../core/plan.ts';
import {parsedInput} from '../../../core/road/parsed-input.ts';
import {someOf} from '../../../core/text/count.ts';
import type {Context} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import type {Prediction} from '../../../mcp/kubernetes/plan/predict.ts';
import {predictInOrder} from '../../../mcp/kubernetes/plan/predict-in-order.ts';
import type {RecoveryPorts} from '../ports.ts';
import {checkedLess, forbidden} from './forbidden.ts';

/** What a remedy would do: the plan of the tool that it calls, or of its own writes in their order. `tool` is undefined for the latter. */
export type RemedyDraft = {readonly tool: string | undefined; readonly draft: Draft};

/**
 * The plan of a remedy. Only reads and dry runs.
 * @throws MkcoaError `not-a-remedy` for one that would delete, scale to zero or loosen something, and whatever its tool refuses
 */
export async function remedyDraft(remedy: Remedy, context: Context<RecoveryPorts>): Promise<RemedyDraft> {
	const made = remedy.writes === undefined ? await draftOfTool(remedy, context) : await draftOfWrites(remedy.writes, context);
	const less = checkedLess(made.draft);
	const why = forbidden(made.draft, made.deleted) ?? (remedy.sure ? less?.text : undefined);
	if (why === undefined) return less === undefined ? made : {...made, draft: withDanger(made.draft, less)};
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-a-remedy',
		what: `This is no way out: ${remedy.text.en}`,
		why,
		next: 'Somebody who knows the application has to decide that, and do it with the command for it',
	});
}

/** What ends every try: no other remedy would fare better. */
const fatal = new Set(['unreachable', 'signed-out', 'not-allowed']);

/**
 * The first way whose plan can be made: a server that refuses one may take the next.
 * @throws MkcoaError of the first one where none can
 */
export async function firstDraft<Chosen extends {readonly way: {readonly remedy: Remedy}}>(
	[chosen, ...others]: readonly [Chosen, ...Chosen[]],
	context: Context<RecoveryPorts>,
): Promise<RemedyDraft & {readonly chosen: Chosen}> {
	try {
		return {...(await remedyDraft(chosen.way.remedy, context)), chosen};
	} catch (error) {
		const [next, ...rest] = others;
		if (!(error instanceof MkcoaError) || fatal.has(error.trouble.code) || next === undefined) throw error;
		return firstDraft([next, ...rest], context).catch(() => Promise.reject(error));
	}
}

function withDanger(draft: Draft, danger: Consequence): Draft {
	const consequences = [danger, ...draft.consequences];
	return {...draft, consequences, risk: riskOf(consequences, 'change')};
}

type Made = RemedyDraft & {readonly deleted: readonly KubeObject[]};

async function draftOfTool({tool: name, input, text}: Remedy, context: Context<RecoveryPorts>): Promise<Made> {
	const tool = await context.ports.changeTool(name);
	if (tool === undefined || name === 'auto_recovery')
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-a-remedy',
			what: `Nothing here can do this: ${text.en}`,
			why: `${name} makes no plan`,
			next: 'Do it by hand, and look again with: mkcoa incident detect',
		});
	const draft = await tool.plan(parsedInput(tool, input), context);
	return {tool: name, draft, deleted: await deletedBy(draft, context)};
}

const deletedBy = async ({steps}: Draft, {ports: {cluster}}: Context<RecoveryPorts>): Promise<readonly KubeObject[]> => {
	const refs = steps.flatMap(({writes}) => writes.flatMap(({op, ref}) => (op === 'delete' ? [ref] : [])));
	return (await Promise.all(refs.map(ref => cluster.get(ref)))).filter(object => object !== undefined);
};

const titles = {
	apply: 'Apply',
	create: 'Create',
	replace: 'Replace',
	patch: 'Change',
	delete: 'Delete',
	evict: 'Evict',
	exec: 'Run in',
} as const;

async function draftOfWrites(writes: readonly Write[], {ports: {cluster}}: Context<RecoveryPorts>): Promise<Made> {
	const predictions = await predictInOrder(cluster, writes);
	const anew = madeAnew(predictions);
	const draft: Draft = draftOf<JsonObject>({
		effect: 'change',
		input: {},
		summary: '',
		steps: predictions.map(prediction => ({
			title: `${titles[prediction.write.op]} ${refText(prediction.write.ref)}`,
			predictions: [prediction],
		})),
		consequences: [
			...anew.map(anewNote),
			...(await consequencesFor(
				cluster,
				predictions.filter(({write}) => !anew.some(ref => refKey(ref) === refKey(write.ref))),
			)),
		],
		verify: [],
		undo: {
			possible: true,
			how:
				anew.length === 0
					? 'Sets the earlier values again, where nobody changed them since'
					: `Makes ${someOf(anew.map(refText))} anew as it was before, and sets back what else was changed`,
		},
	});
	return {
		tool: undefined,
		draft,
		deleted: predictions.flatMap(({write, before}) => (write.op === 'delete' && before !== undefined ? [before] : [])),
	};
}

/** What it means for others that an object is not there for a moment. */
const meanwhile: {readonly [kind: string]: string} = {
	Service: 'it is not reached for a moment, and its address becomes another',
	PersistentVolumeClaim: 'it waits for a volume, so it holds no data yet',
	ConfigMap: 'pods that start in between wait for it',
};

const anewNote = (ref: Ref): Consequence => ({
	id: 'made-anew',
	severity: ref.kind === 'PersistentVolumeClaim' ? 'info' : 'warning',
	text: `${refText(ref)} is deleted and made anew: ${meanwhile[ref.kind] ?? 'whoever needs it does without it for a moment'}`,
	ref,
});

/** What is deleted and made again: what would be told of its deletion is not so. */
const madeAnew = (predictions: readonly Prediction[]): readonly Ref[] =>
	predictions
		.filter(({write}, index) =>
			predictions.some(
				(later, at) => at > index && write.op === 'delete' && later.write.op === 'create' && refKey(later.write.ref) === refKey(write.ref),
			),
		)
		.map(({write}) => write.ref);
