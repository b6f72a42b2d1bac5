import {createInterface} from 'node:readline/promises';
import type {Decision} from '../core/decision.ts';
import {nameToType} from '../core/name-to-type.ts';
import {planLines} from '../core/text/plan-lines.ts';
import {lineText} from '../core/text/styled.ts';
import type {Question} from './review-layout.ts';

type Terminal = {readonly input: NodeJS.ReadableStream; readonly output: {write(text: string): unknown; readonly columns?: number}};

/** What a typed line means. Words that are neither yes nor no are a no with these words. */
function decisionOf(answer: string, name: string | undefined): Decision {
	const word = answer.trim();
	if (name === undefined ? /^y(?:es)?$/i.test(word) : word.normalize() === name.normalize()) return {kind: 'approve'};
	return {kind: 'reject', feedback: /^(?:no?|y|yes)?$/i.test(word) ? '' : word};
}

/** Prints the plan as lines of text and reads one line: for screen readers, and terminals without a movable cursor. */
export async function plainReview({plan, digest, why}: Question, {input, output}: Terminal, signal: AbortSignal): Promise<Decision> {
	const name = nameToType(plan);
	const asked = why === '' ? '' : `\nAsked because: ${why}\n`;
	const question = name === undefined ? 'Apply this plan? [y/N] ' : `This cannot be undone. To apply it, type ${name}: `;
	const lines = planLines(plan, digest, output.columns ?? 80).map(lineText);
	output.write(`${lines.join('\n')}\n${asked}\n${question}`);
	const reader = createInterface({input, terminal: false});
	try {
		// The end of the input closes the iterator without a line: nobody said yes.
		const answer = await new Promise<string>(resolve => {
			reader.once('line', resolve);
			reader.once('close', () => resolve(''));
			signal.addEventListener('abort', () => resolve(''), {once: true});
		});
		const decision = signal.aborted ? decisionOf('', name) : decisionOf(answer, name);
		output.write(decision.kind === 'approve' ? 'Approved.\n' : 'Not approved.\n');
		return decision;
	} finally {
		reader.close();
	}
}
