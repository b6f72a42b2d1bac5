/** What `/` begins. `takes` names the word after it. */
export type ChatCommand = {
	readonly name: string;
	readonly does: string;
	readonly takes?: string | undefined;
	/** It opens another screen, and leaving that goes back to the conversation, in which a request may go on meanwhile. */
	readonly opens?: true | undefined;
};

/** In the order of the list. The screen itself carries out `help`, `clear` and `quit`; the others are told to the one who opened it. */
export const chatCommands = [
	{name: 'help', does: 'Shows keys and commands'},
	{name: 'clear', does: 'Begins a new conversation'},
	{name: 'model', does: 'Shows or sets the model; off uses none', takes: 'NAME'},
	{name: 'sessions', does: 'Lists saved conversations'},
	{name: 'resume', does: 'Goes on with a saved conversation', takes: 'ID'},
	{name: 'export', does: 'Writes this conversation as Markdown', takes: 'FILE'},
	{name: 'undo', does: 'Plans to take the last change back', takes: 'ID'},
	{name: 'rollout', does: 'Watches a rollout while it goes on', takes: 'NAME', opens: true},
	{name: 'home', does: 'Opens the overview', opens: true},
	{name: 'findings', does: 'Opens what is wrong in the cluster', opens: true},
	{name: 'incident', does: 'Opens what is wrong with one thing', takes: 'NAME', opens: true},
	{name: 'history', does: 'Opens the changes made so far', takes: 'ID', opens: true},
	{name: 'quit', does: 'Leaves'},
] as const satisfies readonly ChatCommand[];

type CommandName = (typeof chatCommands)[number]['name'];

export type Called = {readonly name: CommandName; readonly argument: string};

/** Whether a command opens another screen. */
export const opensScreen = ({name}: Called): boolean => chatCommands.some(command => command.name === name && 'opens' in command);

/** An agent whom a request can name: `@NAME` in front of it. */
export type ChatAgent = {readonly name: string; readonly summary: string};

/** What the typed text may become. `goesOn`: a word follows it. */
export type Completion = {readonly whole: string; readonly does: string; readonly goesOn: boolean};

/** The commands or agents that what is typed may become; none once a word follows. */
export function completions(text: string, agents: readonly ChatAgent[]): readonly Completion[] {
	const all = /^\/[a-z]*$/.test(text)
		? chatCommands.map((command): Completion => ({whole: `/${command.name}`, does: command.does, goesOn: 'takes' in command}))
		: /^@[a-z0-9-]*$/.test(text)
			? agents.map(({name, summary}): Completion => ({whole: `@${name}`, does: summary, goesOn: true}))
			: [];
	return all.filter(({whole}) => whole.startsWith(text));
}

/**
 * A text as a command. A path such as `/etc/hosts` is none: then undefined, and it is a request.
 * A word that is no command, or several, is `unknown` with what it may have meant.
 */
export function calledCommand(text: string): Called | {readonly unknown: string; readonly near: readonly string[]} | undefined {
	const [, word, argument = ''] = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
	if (word === undefined) return undefined;
	const exact = chatCommands.find(({name}) => name === word);
	const starting = chatCommands.filter(({name}) => name.startsWith(word));
	const [found] = exact === undefined ? starting : [exact];
	if (found === undefined || (exact === undefined && starting.length > 1)) return {unknown: word, near: starting.map(({name}) => name)};
	return {name: found.name, argument: argument.trim()};
}
