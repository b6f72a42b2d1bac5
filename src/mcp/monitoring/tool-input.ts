import * as z from 'zod';
import {checkedText} from '../../core/checked-text.ts';
import {parseSpan} from '../../core/duration.ts';
import type {Target} from '../../core/plan.ts';
import type {Annotations, Context} from '../../core/tool.ts';
import type {Monitoring} from './port.ts';

/** What the tools of this server are given. */
export type OnMonitoring = Context<{
	readonly monitoring: Monitoring;
	readonly cluster: {readonly target: (namespace: string | undefined) => Promise<Target>};
}>;

const isSpan = (text: string) => parseSpan(text) !== undefined;

/** A span of time, such as `30m` or `7d`. */
export const spanField = z.string().max(20).refine(isSpan, 'expected a time such as 30m, 6h or 7d');
/** Milliseconds of what `spanField` has checked. */
export const spanOf = (text: string): number => parseSpan(text) ?? 0;

export const sinceField = spanField.default('1h').describe('How far back to look');
export const limitField = (usual: number, most = 500) => z.number().int().min(1).max(most).default(usual).describe('Rows at most');
export const searchField = checkedText(200, /\S/, 'expected some letters').optional().describe('Part of a name');
export const matchersField = z
	.array(checkedText(1000, /\S/, 'expected a matcher'))
	.max(20)
	.default([])
	.describe('Matchers, such as severity="critical" or alertname=~"Kube.*"');

/** What a server said beside its answer, and what is missing from it. Third parties' words. */
export const remarksSchema = {
	/** Rows there were beside those that are told. */
	leftOut: z.number(),
	/** A part of the server did not answer: there may be more. */
	partial: z.boolean(),
	warnings: z.array(z.string()),
};

export const readOnly: Annotations = {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false};
export const changes: Annotations = {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false};

/** `mkcoa observe …`. */
export const command = (verb: string) => ['observe', verb] as const;
