import type {Brain} from '../../agents/conversation/brain.ts';

/** Stands in where nobody understands language: it asks, and does nothing. */
export const noRouter: Brain = {
	name: 'the built-in router',
	async turn(_, __, emit) {
		emit({kind: 'question', question: 'This was not understood. Say it with a command: mkcoa --help', choices: []});
		return 'asked';
	},
};
