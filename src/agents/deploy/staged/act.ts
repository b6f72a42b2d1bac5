import * as z from 'zod';
import type {Ref} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';

/**
 * A workload keeps up with another one that serves: as many pods as the autoscaler gave that one, by the least number of its own autoscalers. They
 * stand in the plan.
 */
export type Along = {readonly of: Ref; readonly scalers: readonly Ref[]};

/** What must hold before the next act. */
export type Wait =
	/**
	 * Rolled out, with at least so many pods ready. Ends early on pods that cannot run. `frees` are pods of a StatefulSet that may be deleted where
	 * they are of another version than it wants and not ready: it waits for them for ever. They stand in the plan.
	 */
	| {
			readonly kind: 'ready';
			readonly ref: Ref;
			readonly pods: number;
			readonly withinMs: number;
			/** Its pods run for so long without a restart then. */
			readonly steadyMs?: number | undefined;
			readonly frees?: readonly Ref[] | undefined;
			/** It must have as many pods as this one has by then. */
			readonly along?: Along | undefined;
	  }
	/** So many pods of the present template are ready, of a rollout that is held before its end. */
	| {readonly kind: 'batch'; readonly ref: Ref; readonly pods: number; readonly withinMs: number}
	| {readonly kind: 'gone'; readonly ref: Ref; readonly withinMs: number}
	/** One stage, for the interval of the rollout, by its metrics. `weight` and `share` as people read them, per cent and 0 to 1. */
	| {readonly kind: 'judge'; readonly weight: number; readonly share: number; readonly pods: number}
	/** A GET of the path answers with success, through the API server's proxy of the Service. */
	| {readonly kind: 'check'; readonly service: Ref; readonly port: string; readonly path: string; readonly withinMs: number}
	/** Until somebody promotes. */
	| {readonly kind: 'hold'; readonly why: string}
	/**
	 * So long. Nobody may end it where it is `fixed`, nor before `leastMs` are over: what comes next is safe after that alone. An abort is heard in
	 * any case.
	 */
	| {
			readonly kind: 'keep';
			readonly ms: number;
			readonly along?: Along | undefined;
			readonly fixed?: true | undefined;
			readonly leastMs?: number | undefined;
	  };

/** Waits that a person may end by promoting. */
export const mayBeEnded = (wait: Wait | undefined) =>
	wait !== undefined && ['judge', 'hold', 'keep', 'check'].includes(wait.kind) && !(wait.kind === 'keep' && wait.fixed === true);

/** Autoscalers whose least number of pods moves while this is waited for. */
export const grownBy = (wait: Wait | undefined): readonly Ref[] =>
	wait?.kind === 'ready' || wait?.kind === 'keep' ? (wait.along?.scalers ?? []) : [];

/**
 * One step of a rollout. Its writes are idempotent: done twice they leave the same, so patches set values and never count up, and
 * each may be the last thing that the client ever did.
 */
export type Act = {
	/** For people; stands in `plan.steps`. */
	readonly title: string;
	readonly writes: readonly Write[];
	readonly wait?: Wait | undefined;
	/** What the cluster looks like if the client dies in or after this act: a sentence without its subject, such as `web-canary serves 25 %`. */
	readonly ifDies: string;
	/** Of the way back: left out where the way forward did not reach the act of this number. */
	readonly after?: number | undefined;
	/** Of the way back: what the next act without one needs while it replaces pods that serve. It never holds the rest up. */
	readonly standIn?: StandIn | undefined;
};

/**
 * A copy that serves instead of a workload. An act that needs it is left out where there are no pods to replace, or the copy has not so many ready
 * pods, as many as `of` wants where it is given.
 */
export type StandIn = {readonly copy: Ref; readonly pods: number; readonly of?: Ref | undefined};

/** A whole rollout: the way forward, and the way from any point of it back to what was before. */
export type Script = {readonly acts: readonly Act[]; readonly wayBack: readonly Act[]};

const ref: z.ZodType<Ref> = z.object({apiVersion: z.string(), kind: z.string(), namespace: z.string().optional(), name: z.string()});
const along: z.ZodType<Along | undefined> = z.object({of: ref, scalers: z.array(ref)}).optional();

export const standInSchema: z.ZodType<StandIn> = z.object({copy: ref, pods: z.number(), of: ref.optional()});

export const waitSchema: z.ZodType<Wait> = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('ready'),
		ref,
		pods: z.number(),
		withinMs: z.number(),
		steadyMs: z.number().optional(),
		frees: z.array(ref).optional(),
		along,
	}),
	z.object({kind: z.literal('batch'), ref, pods: z.number(), withinMs: z.number()}),
	z.object({kind: z.literal('gone'), ref, withinMs: z.number()}),
	z.object({kind: z.literal('judge'), weight: z.number(), share: z.number(), pods: z.number()}),
	z.object({kind: z.literal('check'), service: ref, port: z.string(), path: z.string(), withinMs: z.number()}),
	z.object({kind: z.literal('hold'), why: z.string()}),
	z.object({kind: z.literal('keep'), ms: z.number(), along, fixed: z.literal(true).optional(), leastMs: z.number().optional()}),
]);

/** Writes are looked at by the server; here only what tells one from another. */
const write = z.looseObject({
	op: z.enum(['apply', 'create', 'replace', 'patch', 'delete']),
	ref,
}) as z.ZodType as z.ZodType<Write>;

const act: z.ZodType<Act> = z.object({
	title: z.string(),
	writes: z.array(write),
	wait: waitSchema.optional(),
	ifDies: z.string(),
	after: z.number().optional(),
	standIn: standInSchema.optional(),
});

/** Judges a script that comes from a cluster. */
export const scriptSchema: z.ZodType<Script> = z.object({acts: z.array(act), wayBack: z.array(act)});
