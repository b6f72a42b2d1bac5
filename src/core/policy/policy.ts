import * as z from 'zod';
import {fitsGlob} from './glob.ts';
import {isWithinHours, parseHours} from './hours.ts';
import {effectOf, isProduction, type PolicyQuestion, recoveryOf, type Touched} from './policy-question.ts';

const glob = z.string().min(1).max(253);
const patterns = z.union([glob, z.array(glob).min(1)]).optional();
const span = z
	.string()
	.max(200)
	.refine(text => parseHours(text) !== undefined, 'expected hours such as 22:00-06:00 Europe/Berlin, or Mon-Fri 09:00-17:00 UTC');

/** One rule as people write it. Patterns know `*` and `?`; several in a list mean any of them; what is left out does not matter. */
const ruleSchema = z.strictObject({
	tool: patterns,
	/** What the tool does to the world. */
	toolEffect: z.enum(['read', 'change', 'destructive']).optional(),
	/** `apply`, `create`, `replace`, `patch`, `delete`, `evict`, `exec`, `update`, `run`. */
	op: patterns,
	kind: patterns,
	namespace: patterns,
	context: patterns,
	identity: patterns,
	/** Only contexts or clusters that are called production (or only the others). */
	production: z.boolean().optional(),
	/** Classes of faults that auto_recovery mends; other tools mend none. */
	faults: patterns,
	/** When: days, a span, or both, and the time zone (UTC if left out). */
	hours: z.union([span, z.array(span).min(1)]).optional(),
	/** Only plans of auto_recovery that take themselves back where it got worse (or only the others). */
	undoIfWorse: z.boolean().optional(),
	effect: z.enum(['allow', 'ask', 'deny']),
	/** With `allow`: plans of a higher risk are asked about. */
	maxRisk: z.enum(['low', 'medium', 'high']).optional(),
	/** With `ask`: whether `--yes` may answer. */
	yes: z.boolean().optional(),
	/** With `ask`: whether a yes counts that was given in the MCP client which asked. */
	client: z.boolean().optional(),
	why: z.string().min(1).max(500).optional(),
});

/** A policy file. The rules of the user come before those of mkcoa. */
export const policySchema = z.strictObject({version: z.literal(1).default(1), rules: z.array(ruleSchema).max(500).default([])});

export type PolicyRule = z.output<typeof ruleSchema>;
export type Policy = z.output<typeof policySchema>;

/** What holds where the user says nothing: reading passes, changing asks, and production is not changed before the user says otherwise. */
export const defaultRules: readonly PolicyRule[] = [
	{toolEffect: 'read', effect: 'allow', why: 'Reading is allowed'},
	{production: true, effect: 'deny', why: 'This is a production cluster by its name, and nothing says that it may be changed'},
	{effect: 'ask', why: 'Every change is asked about'},
];

const listOf = (value: string | readonly string[] | undefined) => (value === undefined || typeof value !== 'string' ? value : [value]);

const fits = (wanted: string | readonly string[] | undefined, ...words: readonly (string | undefined)[]) => {
	const globs = listOf(wanted);
	return globs === undefined || words.some(word => word !== undefined && word !== '' && globs.some(one => fitsGlob(one, word)));
};

/** Whether a rule speaks of one touched object of a call. */
export function ruleApplies(rule: PolicyRule, question: PolicyQuestion, {ops, kind, namespace, itself}: Touched): boolean {
	return (
		// What is forbidden to a tool is so too where a remedy calls it.
		fits(rule.tool, question.tool, rule.effect === 'allow' ? undefined : recoveryOf(question)?.tool) &&
		(rule.toolEffect === undefined || rule.toolEffect === effectOf(question)) &&
		fits(rule.faults, recoveryOf(question)?.fault) &&
		(rule.undoIfWorse === undefined || rule.undoIfWorse === recoveryOf(question)?.undoIfWorse) &&
		(rule.hours === undefined || [rule.hours].flat().some(hours => isWithinHours(hours, question.nowMs))) &&
		fits(rule.context, question.context, question.plan?.target.cluster) &&
		fits(rule.identity, question.identity) &&
		fits(rule.op, ...ops) &&
		fits(rule.kind, kind) &&
		fits(rule.namespace, namespace, rule.effect === 'allow' ? undefined : itself) &&
		(rule.production === undefined || rule.production === isProduction(question))
	);
}
