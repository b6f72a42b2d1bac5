import type {AnyOutcome} from '../../core/outcome.ts';
import type {ChatEvent, EmitChat} from './event.ts';

/** What a turn has told so far. */
export type Heard = {
	/** Its words, Markdown: the answer, a question with its choices, a refusal. */
	readonly answer: () => string;
	/** What became of each change that was asked for, one clause each. Reads and plans alone are not among them. */
	readonly changes: () => readonly string[];
};

/** Listens to the events of one turn. */
export function listening(): {readonly heard: Heard; readonly listen: EmitChat} {
	const words: string[] = [];
	const changes: string[] = [];
	return {
		heard: {answer: () => words.join('').trim(), changes: () => [...changes]},
		listen(event) {
			words.push(wordsOf(event));
			if (event.kind === 'result') changes.push(...changeOf(event.outcome));
		},
	};
}

function wordsOf(event: ChatEvent): string {
	switch (event.kind) {
		case 'text':
			return event.delta;
		case 'question':
			return `\n\n${event.question}\n${event.choices.map(({text}, index) => `${index + 1}. ${text}`).join('\n')}`;
		case 'refused':
			return `\n\n${event.why}`;
		default:
			return '';
	}
}

function changeOf(outcome: AnyOutcome): readonly string[] {
	switch (outcome.kind) {
		case 'done':
			return outcome.plan === undefined ? [] : [`${outcome.plan.summary}: done, journal ${outcome.journal ?? 'unknown'}`];
		case 'waiting':
			return [`${outcome.plan.summary}: waits for approval as ${outcome.id}`];
		case 'failed':
			return outcome.journal === undefined
				? []
				: [`${outcome.tool} failed half way, journal ${outcome.journal}; done: ${outcome.done.join(', ') || 'nothing'}`];
		default:
			return [];
	}
}
