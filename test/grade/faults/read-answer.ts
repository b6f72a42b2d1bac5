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
const offered = z.object({choices: z.array(z.object({command: z.string()}))});
const outcome = z.object({
	kind: z.string(),
	output: z.unknown().optional(),
	plan: z.object({summary: z.string()}).optional(),
	error: z.object({what: z.string(), why: z.string().optional()}).optional(),
	feedback: z.string().optional(),
});

export type Answer = {
	readonly findings?: readonly Finding[];
	/** The words after `mkcoa` of the first way that a person is to choose from. */
	readonly choice?: readonly string[];
	/** How it ended, in one line. */
	readonly told: string;
};

/** What a call of mkcoa with `--json` answered: its incidents and the way that it offers first, where it has any to tell, and how it ended. */
export function readAnswer({code, out, err}: Ran): Answer {
	const {data: answer} = outcome.safeParse(jsonIn(out));
	if (answer === undefined) return {told: `failed with exit code ${code}: ${oneLine(err || out)}`};
	const {kind, output, plan, error, feedback} = answer;
	const words = [error?.what, error?.why, feedback, plan?.summary].filter(text => text !== undefined);
	const told = oneLine([kind, ...words].join(': '));
	const {data: incidents} = found.safeParse(output);
	const command = offered.safeParse(output).data?.choices[0]?.command;
	if (command !== undefined) return {told, choice: wordsOf(command).slice(1)};
	if (incidents === undefined) return {told};
	return {told, findings: incidents.incidents.map(({severity, resource, path}) => ({severity, ...resource, path}))};
}

/** The words of a command as mkcoa prints it: a word with signs of the shell stands in single quotes. */
const wordsOf = (command: string) => command.match(/'[^']*'|\S+/g)?.map(word => word.replace(/^'(.*)'$/, '$1')) ?? [];

function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, 300);
