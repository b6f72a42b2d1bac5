import * as z from 'zod';
import {MkcoaError, type Trouble} from '../../core/error.ts';
import type {Emit} from '../../core/event.ts';
import type {JsonObject} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {AnyTool} from '../../core/tool.ts';
import {answerOf} from './answer.ts';
import type {EdgeCall, EdgeCaller, EdgeTool} from './edge-tool.ts';
import type {KeptAnswers} from './kept-answers.ts';
import {answerTokens, listedTools} from './listed-schema.ts';
import {toolSearch} from './tool-search.ts';
import {toolWords} from './tool-words.ts';

/** Tokens of the schemas of all tools together. */
const schemaTokens = 9500;

/** Takes one call along the road. `answerCharacters` is what an answer may hold. */
type CarryOutside<Ports> = (
	tool: AnyTool<Ports>,
	input: JsonObject,
	way: {readonly caller: EdgeCaller; readonly emit: Emit; readonly signal: AbortSignal; readonly answerCharacters: number},
) => Promise<AnyOutcome>;

type Serving<Ports> = {
	readonly tools: readonly AnyTool<Ports>[];
	readonly carry: CarryOutside<Ports>;
	readonly kept: KeptAnswers;
	readonly now: () => number;
};

const budget = z.int().min(answerTokens.least).max(answerTokens.most).catch(answerTokens.usual);

/** Tool objects as the edge serves them, in the order in which they are given, and the search of them. */
export function servedTools<Ports>({tools, carry, kept, now}: Serving<Ports>): readonly EdgeTool[] {
	const listed = listedTools(tools, schemaTokens);
	const inToolWords = toolWords(tools);
	const served = tools.map((tool, index): EdgeTool => {
		const told = listed[index];
		if (told === undefined) throw new Error('Every tool is listed');
		return {
			listed: told,
			async call({max_tokens: asked, ...input}, call) {
				const tokens = budget.parse(asked);
				const {caller, signal} = call;
				const way = {caller, emit: tellsProgress(call), signal, answerCharacters: tokens * 2};
				const outcome = await carry(tool, input, way).catch((error: unknown) => failedBy(tool.name, error));
				return answerOf({tool, outcome, tokens, principal: caller.principal, kept, nowMs: now(), inToolWords});
			},
		};
	});
	return [...served, toolSearch(tools)];
}

const unforeseen: Trouble = {
	kind: 'bug',
	code: 'bug',
	what: 'The tool failed in a way that mkcoa did not foresee',
	next: 'Do the same by a command with --verbose and report what it prints',
};

const failedBy = (tool: string, error: unknown): AnyOutcome => ({
	kind: 'failed',
	tool,
	error: error instanceof MkcoaError ? error.trouble : unforeseen,
	done: [],
	undone: [],
	left: [],
});

function tellsProgress({progress}: EdgeCall): Emit {
	return event => {
		if (event.kind === 'step') progress(`Step ${event.index + 1} of ${event.of}: ${event.title}`);
		if (event.kind === 'progress') progress(event.text);
		if (event.kind === 'verdict') progress(event.text);
	};
}
