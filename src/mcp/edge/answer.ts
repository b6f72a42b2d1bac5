import type {CallToolResult} from '@modelcontextprotocol/server';
import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {textAt} from '../../core/kube/json-at.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import {mapStrings} from '../../core/secrets/map-strings.ts';
import {compactOutcome} from '../../core/text/compact-outcome.ts';
import {cutToFit} from '../../core/text/cut-to-fit.ts';
import {fenceData, freshNonce} from '../../core/text/fence-data.ts';
import {outcomeInShort} from '../../core/text/model-answer.ts';
import {planLines} from '../../core/text/plan-lines.ts';
import {stripControl} from '../../core/text/strip-control.ts';
import {lineText} from '../../core/text/styled.ts';
import type {AnyTool} from '../../core/tool.ts';
import {type KeptAnswers, lines} from './kept-answers.ts';

type Answering<Ports> = {
	readonly tool: AnyTool<Ports>;
	/** That the call named. */
	readonly context?: string | undefined;
	readonly outcome: AnyOutcome;
	/** The namespaces that it is of, where it was asked of all. */
	readonly only?: readonly string[] | undefined;
	/** Of text and structured content together. */
	readonly tokens: number;
	readonly principal: string;
	readonly kept: KeptAnswers;
	readonly nowMs: number;
	/** See `toolWords`. */
	readonly inToolWords: (text: string) => string;
};

/**
 * An outcome as a client gets it: compact text for its model, fenced because others wrote much of it, and structured content for programs.
 * Each takes half of the budget. What did not fit is told, with the address where it goes on.
 */
export function answerOf<Ports>({
	tool,
	context,
	outcome,
	only,
	tokens,
	principal,
	kept,
	nowMs,
	inToolWords,
}: Answering<Ports>): CallToolResult {
	// Four characters a token, half for the text.
	const characters = tokens * 2;
	const full = textOf(tool, told(outcome, inToolWords), nowMs);
	const start = lines(full, 0, characters - 400);
	const rest = start.length < full.length ? kept.keep(principal, full, start.length) : undefined;
	const {value, leftOut} = structured(compactOutcome(tool, outcome), characters - 200);
	const more = [...onlyTold(only), ...leftTold(full.length - start.length, leftOut, rest)];
	return {
		content: [
			{
				type: 'text',
				text: [
					fenceData({origin: `${tool.name} of mkcoa${context === undefined ? '' : ` in ${context}`}`, text: start}, freshNonce()),
					...more,
				].join('\n'),
			},
			...(rest === undefined
				? []
				: [{type: 'resource_link' as const, uri: rest, name: 'rest', title: 'Rest of the answer', mimeType: 'text/plain'}]),
		],
		...(outcome.kind === 'failed'
			? {isError: true}
			: {
					structuredContent: {
						...value,
						...(only === undefined ? {} : {onlyNamespaces: only}),
						...(leftOut.length === 0 ? {} : {notShown: leftOut}),
					},
				}),
	};
}

const onlyTold = (only: readonly string[] | undefined) =>
	only === undefined ? [] : [`Your roles show you these namespaces alone: ${only.join(', ') || 'none'}. There may be more in others.`];

function leftTold(letters: number, leftOut: readonly string[], rest: string | undefined): readonly string[] {
	if (letters === 0 && leftOut.length === 0) return [];
	const how = rest === undefined ? 'ask for less' : `read ${rest}`;
	const what = letters === 0 ? `of the structured content ${leftOut.join('; ')}` : `${letters} characters of the text`;
	return [`Not shown: ${what}. For more, give max_tokens, or ${how}.`];
}

function structured(outcome: AnyOutcome, characters: number) {
	const isAnswer = outcome.kind === 'done' && outcome.plan === undefined;
	const whole = isAnswer ? (outcome.output ?? {}) : outcomeInShort(outcome);
	const {value, leftOut} = cutToFit(mapStrings(whole, stripControl), characters);
	return {value: (isJsonObject(value) ? value : {}) as JsonObject, leftOut};
}

/** A failure in words that the client can follow. Nobody else's words stand in them. */
function told(outcome: AnyOutcome, inToolWords: (text: string) => string): AnyOutcome {
	if (outcome.kind !== 'failed' || outcome.error.next === undefined) return outcome;
	return {...outcome, error: {...outcome.error, next: inToolWords(outcome.error.next)}};
}

function textOf<Ports>(tool: AnyTool<Ports>, outcome: AnyOutcome, nowMs: number): string {
	const answer = (output: Json | undefined) => tool.text(output, {width: Number.POSITIVE_INFINITY, terminal: false, nowMs});
	switch (outcome.kind) {
		case 'failed':
			return failureText(outcome);
		case 'done':
			return outcome.plan === undefined ? answer(outcome.output) : [`Done: ${outcome.plan.summary}`, answer(outcome.output)].join('\n');
		case 'drifted':
			return [meaning(outcome), ...outcome.moved].join('\n');
		default:
			return [meaning(outcome), '', ...planLines(outcome.plan, outcome.digest, Number.POSITIVE_INFINITY).map(lineText)].join('\n');
	}
}

const meaning = (outcome: AnyOutcome) => textAt(outcomeInShort(outcome), 'means') ?? outcome.kind;

const failureText = ({error: {what, why, next, quoted}, done, undone, left}: Extract<AnyOutcome, {kind: 'failed'}>) =>
	[
		what,
		...(why === undefined ? [] : [`Why: ${why}`]),
		...(next === undefined ? [] : [`Next: ${next}`]),
		...(quoted === undefined ? [] : [`Quoted: ${quoted}`]),
		...listed('Done', done),
		...listed('Undone', undone),
		...listed('Left', left),
	].join('\n');

const listed = (label: string, entries: readonly string[]) => (entries.length === 0 ? [] : [`${label}: ${entries.join('; ')}`]);
