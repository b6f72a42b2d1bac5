import * as z from 'zod';
import type {Ran} from '../../support/host.ts';
import type {Finding} from './judging/finding.ts';

const found = z.object({
	incidents: z.array(
		z.object({
			severity: z.string(),
			resource: z.object({kind: z.string(), namespace: z.string().optional(), name: z.string()}),
			path: z.string().optional(),
		}),
	),
});
const outcome = z.object({
	kind: z.string(),
	output: z.unknown().optional(),
	plan: z.object({summary: z.string()}).optional(),
	error: z.object({what: z.string(), why: z.string().optional()}).optional(),
	feedback: z.string().optional(),
});

/** What a call of mkcoa with `--json` answered: its incidents, where it has any to tell, and in one line how it ended. */
export function readAnswer({code, out, err}: Ran): {readonly findings?: readonly Finding[]; readonly told: string} {
	const {data: answer} = outcome.safeParse(jsonIn(out));
	if (answer === undefined) return {told: `failed with exit code ${code}: ${oneLine(err || out)}`};
	const {kind, output, plan, error, feedback} = answer;
	const words = [error?.what, error?.why, feedback, plan?.summary].filter(text => text !== undefined);
	const told = oneLine([kind, ...words].join(': '));
	const {data: incidents} = found.safeParse(output);
	if (incidents === undefined) return {told};
	return {told, findings: incidents.incidents.map(({severity, resource, path}) => ({severity, ...resource, path}))};
}

function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, 300);
