import type {Command, Option} from 'commander';
import type {ExitCode} from '../../core/outcome.ts';
import type {AnyTool} from '../../core/tool.ts';
import {type InputField, inputFields} from '../input-field.ts';
import {buildProgram, type ProgramWiring} from '../program.ts';
import {isCalled} from '../tool-command.ts';
import {shells} from './completion-script.ts';

/** Which cluster the words name, each as its flag says. */
type Place = {readonly [flag in 'namespace' | 'context' | 'kubeconfig' | 'sandbox']?: string};

/** Goes before a kind as it was typed; `pods` and the like stand alone in the input schemas of tools. */
export const typedKind = 'kind:';

/**
 * Names of a kind (`namespaces`, `contexts`, `pods`, `kind:deploy` …) in the live cluster, for the shell.
 * `signal` aborts when the person has waited long enough.
 */
export type Complete = (kind: string, place: Place, signal: AbortSignal) => Promise<readonly string[]>;

type Candidate = {readonly word: string; readonly summary?: string | undefined};

const patienceMs = 1000;

/** Values of global flags that are names of the cluster or fixed words. */
const globalCompletions: {readonly [flag: string]: {readonly completes?: string; readonly choices?: readonly string[]}} = {
	'--context': {completes: 'contexts'},
	'--namespace': {completes: 'namespaces'},
	'--output': {choices: ['text', 'json', 'yaml']},
};

const visible = (command: Command): readonly Command[] => command.createHelp().visibleCommands(command);

/** The deepest command that the words name, and the words that are left for its arguments. */
function descend(program: Command, words: readonly string[]) {
	let command = program;
	const rest: string[] = [];
	for (let index = 0; index < words.length; index += 1) {
		const word = words[index] ?? '';
		const child = rest.length === 0 ? command.commands.find(each => isCalled(each, word)) : undefined;
		const flag = word.startsWith('-') ? flagOf(command, word) : undefined;
		if (child !== undefined) command = child;
		else if (flag !== undefined && takesValue(flag) && !word.includes('=')) index += 1;
		else if (!word.startsWith('-')) rest.push(word);
	}
	return {command, rest};
}

const takesValue = (flag: Option) => flag.required;

const flagOf = (command: Command, word: string): Option | undefined => {
	const name = word.split('=')[0] ?? word;
	const own = command.options.find(({long, short}) => long === name || short === name);
	return own ?? (command.parent === null ? undefined : flagOf(command.parent, name));
};

function flagCandidates(command: Command): readonly Candidate[] {
	const own = command.options.map(({long, description}) => ({word: long ?? '', summary: description}));
	return command.parent === null ? own : [...own, ...flagCandidates(command.parent)];
}

const valueOfFlag = (words: readonly string[], ...names: readonly string[]) => {
	const at = words.findLastIndex(word => names.some(name => word === name || word.startsWith(`${name}=`)));
	if (at < 0) return undefined;
	const word = words[at];
	return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : words[at + 1];
};

const placeOf = (words: readonly string[]): Place =>
	Object.fromEntries(
		[
			['namespace', valueOfFlag(words, '--namespace', '-n')] as const,
			['context', valueOfFlag(words, '--context')] as const,
			['kubeconfig', valueOfFlag(words, '--kubeconfig')] as const,
			['sandbox', valueOfFlag(words, '--sandbox')] as const,
		].filter(([, value]) => value !== undefined),
	);

/** What may stand for a field: fixed words, or names of the cluster; nothing when the cluster does not answer in time. */
async function fieldCandidates(
	field: {readonly choices?: readonly string[] | undefined; readonly completes?: string | undefined} | undefined,
	words: readonly string[],
	complete: Complete,
): Promise<readonly Candidate[]> {
	if (field?.choices !== undefined) return field.choices.map(word => ({word}));
	if (field?.completes === undefined) return [];
	const {completes} = field;
	try {
		return (await withinPatience(signal => complete(completes, placeOf(words), signal))).map(word => ({word}));
	} catch {
		// A completion that complains would write into the line that is being typed.
		return [];
	}
}

function withinPatience<Value>(ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
	const signal = AbortSignal.timeout(patienceMs);
	return new Promise((resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), {once: true});
		ask(signal).then(resolve, reject);
	});
}

const toolOf = <Ports>(command: Command, tools: readonly AnyTool<Ports>[]) => {
	const path: string[] = [];
	for (let each: Command | null = command; each?.parent; each = each.parent) path.unshift(each.name());
	return tools.find(tool => tool.command.length === path.length && tool.command.every((word, index) => word === path[index]));
};

async function candidates<Ports>(
	finished: readonly string[],
	current: string,
	{command: program, tools, complete}: {readonly command: Command; readonly tools: readonly AnyTool<Ports>[]; readonly complete: Complete},
): Promise<readonly Candidate[]> {
	const {command, rest} = descend(program, finished);
	const tool = toolOf(command, tools);
	const fields: readonly InputField[] = tool === undefined ? [] : inputFields(tool.input);
	const previous = finished.at(-1) ?? '';
	const pending = previous.startsWith('-') ? flagOf(command, previous) : undefined;
	if (pending !== undefined && takesValue(pending)) {
		const field = globalCompletions[pending.long ?? ''] ?? fields.find(({flag}) => `--${flag}` === pending.long);
		return fieldCandidates(field, finished, complete);
	}
	if (current.startsWith('-')) return flagCandidates(command);
	if (rest.length === 0 && command.commands.length > 0)
		return visible(command).flatMap(child => [child.name(), ...child.aliases()].map(word => ({word, summary: child.description()})));
	if (command.name() === 'completion') return rest.length === 0 ? shells.map(word => ({word})) : [];
	const names = tool?.positionals ?? [];
	const field = fields.find(({name}) => name === (names[rest.length] ?? names.at(-1)));
	const isBeyond = rest.length >= names.length && field?.isList !== true;
	if (isBeyond) return [];
	const kind = rest[names.indexOf('kind')];
	const isNameOfKind = field?.name === 'name' && field.completes === undefined && kind !== undefined;
	return fieldCandidates(isNameOfKind ? {completes: `${typedKind}${kind}`} : field, finished, complete);
}

/** `--sandbox shop` as `--sandbox=shop`: a flag whose value may be left out hides which words are arguments. */
const joinedScenario = (words: readonly string[], scenarios: readonly string[]) =>
	words.flatMap((word, index) => {
		const next = words[index + 1] ?? '';
		if (word === '--sandbox') return [scenarios.includes(next) ? `--sandbox=${next}` : '--sandbox='];
		return words[index - 1] === '--sandbox' && scenarios.includes(word) ? [] : [word];
	});

/** Prints what may follow the words; the last of them is unfinished. Prints nothing rather than an error. */
export async function completeWords<Ports>(
	words: readonly string[],
	{
		wiring,
		scenarios,
		complete,
	}: {readonly wiring: ProgramWiring<Ports>; readonly scenarios: readonly string[]; readonly complete: Complete},
): Promise<ExitCode> {
	const current = words.at(-1) ?? '';
	const finished = joinedScenario(words.slice(0, -1), scenarios);
	const group = finished.find(word => wiring.groups.some(({name}) => name === word));
	const {command, tools} = await buildProgram(group, wiring);
	const found = await candidates(finished, current, {command, tools, complete});
	const lines = found
		.filter(({word}) => word.startsWith(current))
		.map(({word, summary}) => (summary === undefined || summary === '' ? word : `${word}\t${summary}`));
	wiring.streams.out(lines.map(line => `${line}\n`).join(''));
	return 0;
}
