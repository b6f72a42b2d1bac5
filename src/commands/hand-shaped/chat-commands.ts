import type {CommandFamily} from './hand-shaped.ts';

/** Requests in a person's own words. */
export const chatCommands: CommandFamily = {
	commands: [
		{
			words: ['chat'],
			action: 'chat',
			summary: 'Answers a request in your own words',
			arguments: [['[request...]', 'What you want to know or change; standard input if left out']],
			flags: [
				['--model <name>', 'Model to ask, as PROVIDER/NAME; none uses the built-in router'],
				['--no-model', 'Uses the built-in router alone'],
				['--resume [id]', 'Goes on with a conversation; the latest of this cluster if left out'],
				['--sessions', 'Lists the conversations that are kept'],
				['--export <id>', 'Prints a conversation as Markdown'],
			],
		},
	],
};
