import {LineCounter, parseDocument} from 'yaml';
import * as z from 'zod';
import {MkcoaError} from '../../core/error.ts';
import type {Specialist} from './specialist.ts';

/** Toolsets that a file may name. */
const known = ['k8s', 'deploy'] as const;
const longestBrief = 20_000;

const frontMatter = z.strictObject({
	name: z
		.string()
		.regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens, at most 40')
		.optional(),
	summary: z.string().min(1, 'must not be empty').max(200, 'must have at most 200 letters'),
	toolsets: z
		.array(z.enum(known, `must be some of ${known.join(', ')}`))
		.min(1, 'must name at least one toolset')
		.default(['k8s']),
});

/** A file of the user's: its name without folders, and its text. */
type AgentFile = {readonly name: string; readonly text: string};

/**
 * An agent from a Markdown file: front matter between two lines `---`, then the brief. It reaches the toolsets that it names, and its changes ask
 * like everybody's.
 * @throws MkcoaError `bad-agent` with the line that is wrong and what to write instead
 */
export function customAgent({name: file, text}: AgentFile): Specialist {
	const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
	const end = lines.indexOf('---', 1);
	if (lines[0] !== '---')
		throw bad(file, 1, 'it does not begin with a line ---', 'Put name, summary and toolsets between two lines --- at the top');
	if (end === -1) throw bad(file, lines.length, 'its front matter has no end', 'Close it with a line ---');
	const {name = file.replace(/\.md$/, ''), summary, toolsets} = readFront(file, lines.slice(1, end));
	if (!frontMatter.shape.name.safeParse(name).success)
		throw bad(file, 1, `${name.slice(0, 60)} is no name for an agent`, 'Give it one with name: my-agent');
	const brief = lines
		.slice(end + 1)
		.join('\n')
		.trim();
	if (brief === '') throw bad(file, end + 1, 'it has no brief', 'Write below the second line --- who the agent is and how it works');
	if (brief.length > longestBrief) throw bad(file, end + 2, `its brief has ${brief.length} letters`, `Shorten it to ${longestBrief}`);
	return {name, summary, brief, toolsets, playbooks: []};
}

function readFront(file: string, lines: readonly string[]) {
	const counter = new LineCounter();
	const document = parseDocument(lines.join('\n'), {lineCounter: counter});
	const lineOf = (offset: number) => counter.linePos(offset).line + 1;
	const [error] = document.errors;
	if (error !== undefined) throw bad(file, lineOf(error.pos[0]), 'its front matter is no YAML', 'Write it as lines of word: value');
	const read = frontMatter.safeParse(document.toJS({maxAliasCount: 10}));
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
	const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String);
	// `range` of the node, or of the nearest one around it that the file has.
	const node = path.length === 0 ? undefined : document.getIn(path, true);
	const at = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
	if (unknown !== undefined)
		throw bad(file, lineOf(at), `${unknown.slice(0, 60)} is no word of the front matter`, 'Use name, summary and toolsets');
	const what = path.length === 0 ? 'the front matter' : path[0];
	throw bad(file, lineOf(at), `${what} does not fit: ${issue?.message ?? 'it has another shape'}`, `Correct ${what} in the front matter`);
}

const bad = (file: string, line: number, why: string, next: string) =>
	new MkcoaError({kind: 'usage', code: 'bad-agent', what: `The agent of ${file} was left out`, why: `line ${line}: ${why}`, next, line});

export type CustomAgents = {readonly agents: readonly Specialist[]; readonly troubles: readonly MkcoaError[]};

/** All agents of a folder. Those that cannot be read, or that take a name which is taken, are told and left out. */
export function customAgents(files: readonly AgentFile[], taken: readonly string[]): CustomAgents {
	const agents: Specialist[] = [];
	const troubles: MkcoaError[] = [];
	for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
		try {
			const agent = customAgent(file);
			if ([...taken, ...agents.map(({name}) => name)].includes(agent.name))
				throw bad(file.name, 1, `there is another agent called ${agent.name}`, 'Give it a name of its own with name: my-agent');
			agents.push(agent);
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			troubles.push(error);
		}
	}
	return {agents, troubles};
}
