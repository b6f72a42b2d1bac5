import {calledCommand, chatCommands, completions, opensScreen} from './chat-commands.ts';
import {added, settled} from './chat-events.ts';
import {type Chat, type Step, still} from './chat-state.ts';
import {edited, emptyComposer, sent, withText} from './composer.ts';

const hinted = (chat: Chat, hint: string): Step => still({...chat, hint});

/** Something printed outside of a turn: nothing changes it any more. */
export const printed = (chat: Chat, text: string): Chat => settled(added(chat, {kind: 'said', text}));

/** Sends a request: a new turn begins. */
export function requested(chat: Chat, request: string, at: number): Step {
	if (chat.turn !== undefined) return hinted(chat, 'One request is still going on: Ctrl-C cancels it');
	const begun: Chat = {
		...chat,
		scrolled: [...chat.scrolled, ...chat.open, {kind: 'request', text: request}],
		open: [],
		calls: [],
		choices: [],
		panel: undefined,
		turn: {state: 'running', startedAt: at, usages: [], hasWords: false},
	};
	return {chat: begun, effects: [{kind: 'send', request}]};
}

/** A command: what the screen can do itself, it does. */
function commanded(chat: Chat, text: string): Step {
	const called = calledCommand(text);
	if (called === undefined) return still(chat);
	if ('unknown' in called) {
		const near = called.near.length === 0 ? '/help lists them' : `did you mean ${called.near.map(name => `/${name}`).join(' or ')}?`;
		return hinted(chat, `/${called.unknown} is no command; ${near}`);
	}
	const isWaiting = chat.turn !== undefined && !['help', 'quit'].includes(called.name) && !opensScreen(called);
	if (isWaiting) return hinted(chat, 'One request is still going on: Ctrl-C cancels it');
	const cleared: Chat = {...chat, composer: sent(chat.composer), completion: 0};
	switch (called.name) {
		case 'help':
			return still({...cleared, panel: {kind: 'help', scroll: 0}});
		case 'quit':
			return {chat: cleared, effects: [{kind: 'leave'}]};
		case 'clear':
			return {chat: {...printed(cleared, 'A new conversation begins.'), choices: [], calls: []}, effects: [{kind: 'command', called}]};
		default:
			return {chat: cleared, effects: [{kind: opensScreen(called) ? 'visit' : 'command', called}]};
	}
}

/** Takes the chosen completion: a command without a word of its own runs at once where `isRun`. */
export function completed(chat: Chat, isRun: boolean): Step {
	const chosen = completions(chat.composer.text, chat.agents)[chat.completion];
	if (chosen === undefined) return still(chat);
	const {whole, goesOn} = chosen;
	const filled: Chat = {...chat, composer: withText(chat.composer, goesOn ? `${whole} ` : whole), completion: 0};
	return isRun && whole.startsWith('/') && (!goesOn || chat.composer.text === whole) ? commanded(filled, whole) : still(filled);
}

/** What Enter does with the text that is written. */
export function submitted(chat: Chat, at: number): Step {
	const {composer, choices} = chat;
	const text = composer.text.trim();
	if (text === '') return still(chat);
	if (composer.text.endsWith('\\') && composer.cursor === composer.text.length) {
		const shorter = withText(composer, composer.text.slice(0, -1));
		return still({...chat, composer: edited(shorter, {name: 'newline', text: ''}) ?? shorter});
	}
	if (completions(composer.text, chat.agents).length > 0) return completed(chat, true);
	if (calledCommand(text) !== undefined) return commanded(chat, text);
	const choice = /^[1-9]$/.test(text) ? choices[Number(text) - 1] : undefined;
	if (chat.turn !== undefined) return requested(chat, text, at);
	return requested(
		{...chat, composer: choice === undefined ? sent(composer) : emptyComposer(composer.history)},
		choice?.request ?? text,
		at,
	);
}

/** Names of all commands, for the help. */
export const commandRows = chatCommands.map((command): readonly [string, string] => [
	`/${command.name}${'takes' in command ? ` [${command.takes}]` : ''}`,
	command.does,
]);
