import * as z from 'zod';
import {type Clock, sleep} from '../../core/clock.ts';
import type {JournalReader, PlanAnswer, WaitingPlans} from '../../core/journal.ts';
import type {JsonObject} from '../../core/json.ts';
import {fenceData, freshNonce} from '../../core/text/fence-data.ts';
import {outcomeInShort} from '../../core/text/model-answer.ts';
import {checkedInput} from './checked-input.ts';
import type {EdgeTool} from './edge-tool.ts';
import {answerTokens, changeSchema} from './listed-schema.ts';

type Asking = {
	readonly waiting: Pick<WaitingPlans, 'answer'>;
	readonly journal: Pick<JournalReader, 'outcome' | 'entry'>;
	readonly clock: Clock;
};

const mostSeconds = 300;
const input = z.object({id: z.string().min(1).max(100), wait_seconds: z.int().min(0).max(mostSeconds).default(0)});
const lookEveryMs = 500;

type Told = {readonly answer: JsonObject; readonly isFinal: boolean};

/**
 * Tells whoever had a plan made what came of it. The one way to learn that: nothing that a client sends says yes.
 */
export function planResult({waiting, journal, clock}: Asking): EdgeTool {
	const look = async (id: string, principal: string): Promise<Told> => {
		const found = await waiting.answer(id);
		// A plan of somebody else is none at all: ids are short, and its summary would tell what he is about.
		if (found?.maker?.principal !== principal) return {answer: unknown, isFinal: true};
		return told(id, found.answer);
	};
	const told = async (id: string, answer: PlanAnswer | {readonly kind: 'waiting'}): Promise<Told> => {
		switch (answer.kind) {
			case 'waiting':
				return {answer: {kind: 'waiting', id, means: `Nobody has answered yet. A person does with: mkcoa approve ${id}`}, isFinal: false};
			case 'rejected':
				return {answer: {...answer, means: 'Nothing was changed: the person said no, with these words'}, isFinal: true};
			case 'drifted':
				return {
					answer: {...answer, means: 'Nothing was changed: the world moved since the plan. Look again before you plan again'},
					isFinal: true,
				};
			case 'begun':
				return ofRun(answer.journal);
		}
	};
	const ofRun = async (id: string): Promise<Told> => {
		const outcome = await journal.outcome(id);
		if (outcome !== undefined) return {answer: {...outcomeInShort(outcome), journal: id}, isFinal: true};
		const entry = await journal.entry(id);
		if (entry?.running === true)
			return {answer: {kind: 'running', journal: id, means: 'A person said yes, and it is being carried out'}, isFinal: false};
		return {
			answer: {kind: 'interrupted', journal: id, means: `The run died half way. A person goes on with it by: mkcoa resume ${id}`},
			isFinal: true,
		};
	};
	return {
		needs: {effect: 'read'},
		listed: {
			name: 'plan_result',
			title: 'Plan result',
			description:
				'Tells what came of a plan that waited: waiting, running, done, rejected with words, drifted or failed. Waits for an answer if asked to',
			inputSchema: {
				type: 'object',
				properties: {
					id: {type: 'string', description: 'Id that the change answered'},
					wait_seconds: {type: 'integer', default: 0, maximum: mostSeconds, description: 'How long to wait for an answer'},
				},
				required: ['id'],
			},
			outputSchema: changeSchema,
			annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
		},
		async call(given, {caller: {principal}, signal, progress}) {
			const {id, wait_seconds: seconds} = checkedInput(input, given);
			const until = clock.now() + seconds * 1000;
			let seen = await look(id, principal);
			while (!seen.isFinal && clock.now() < until && !signal.aborted) {
				progress(`Plan ${id}: ${seen.answer.kind}`);
				await sleep(clock, lookEveryMs, signal).catch(() => {});
				seen = await look(id, principal);
			}
			return answered(seen.answer);
		},
	};
}

const unknown = {kind: 'unknown', means: 'No plan of yours has this id, or it was answered more than a week ago'};

function answered(answer: JsonObject) {
	const text = JSON.stringify(answer);
	const fits = text.length <= answerTokens.usual * 2;
	const shown = fits ? text : `${text.slice(0, answerTokens.usual * 2)}…`;
	return {
		content: [{type: 'text' as const, text: fenceData({origin: 'plan_result of mkcoa', text: shown}, freshNonce())}],
		structuredContent: fits ? answer : {kind: answer.kind, means: answer.means},
	};
}
