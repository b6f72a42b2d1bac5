import * as z from 'zod';
import type {Decision} from '../../core/decision.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Emit} from '../../core/event.ts';
import type {JsonObject} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {AnyTool} from '../../core/tool.ts';
import {answerOf} from './answer.ts';
import type {AskingClient} from './asking-client.ts';
import {cardAddress} from './card/card-resource.ts';
import type {PlanCards} from './card/plan-cards.ts';
import {contextField, contextOf} from './context-field.ts';
import type {EdgeCaller, EdgeTool} from './edge-tool.ts';
import type {KeptAnswers} from './kept-answers.ts';
import {answerTokens, listedTools} from './listed-schema.ts';
import {ownerOf} from './may-use.ts';
import type {Needs} from './scopes.ts';
import type {CallTasks} from './tasks/call-tasks.ts';
import type {TaskWays} from './tasks/task-run.ts';
import {toolSearch} from './tool-search.ts';
import {toolWords} from './tool-words.ts';

/** Tokens of the schemas of all tools together. */
export const schemaTokens = 9500;

/** How a call travels. `answerCharacters` is what its answer may hold. */
type OutsideWay = {
	readonly caller: EdgeCaller;
	/** What the tool takes: roles say by this where it may go. */
	readonly needs: Needs;
	readonly emit: Emit;
	readonly signal: AbortSignal;
	readonly answerCharacters: number;
	readonly trace: string | undefined;
	/** Of the kubeconfig; the one of the server where the call names none. */
	readonly context: string | undefined;
};

/** What a call has of the task that it may become. */
type Ways = Pick<TaskWays, 'signal' | 'say'>;

/** The road, for those who call from outside. */
export type OutsideRoad<Ports> = {
	/** `client`: policy lets a yes count that is given in the client. */
	readonly run: (tool: AnyTool<Ports>, input: JsonObject, way: OutsideWay) => Promise<Travelled>;
	/** Answers a plan that waits, if it is still the one of this digest. */
	readonly answer: (
		given: {readonly id: string; readonly digest: string; readonly decision: Decision},
		way: OutsideWay,
	) => Promise<AnyOutcome>;
};

/** `only`: the answer is of these namespaces alone, though it was asked of all. */
type Travelled = {readonly outcome: AnyOutcome; readonly client: boolean; readonly only?: readonly string[] | undefined};

/** A tool and the toolset that it belongs to. */
export type OfferedTool<Ports> = {readonly tool: AnyTool<Ports>; readonly toolset: string};

type Serving<Ports> = {
	readonly offered: readonly OfferedTool<Ports>[];
	readonly road: OutsideRoad<Ports>;
	readonly asking: AskingClient;
	readonly cards: PlanCards;
	readonly kept: KeptAnswers;
	readonly tasks: Pick<CallTasks, 'lasting' | 'waiting'>;
	readonly now: () => number;
	/** Contexts of the kubeconfig that a call may name. */
	readonly contexts?: readonly string[] | undefined;
};

const budget = z.int().min(answerTokens.least).max(answerTokens.most).catch(answerTokens.usual);

/** Tool objects as the edge serves them, in the order in which they are given, and the search of them. */
export function servedTools<Ports>({offered, road, asking, cards, kept, tasks, now, contexts = []}: Serving<Ports>): readonly EdgeTool[] {
	const tools = offered.map(({tool}) => tool);
	const listed = listedTools(tools, schemaTokens, contexts.length === 0 ? {} : {context: contextField});
	const inToolWords = toolWords(tools);
	const served = offered.map(({tool, toolset}, index): EdgeTool => {
		const told = listed[index];
		if (told === undefined) throw new Error('Every tool is listed');
		const needs = {effect: tool.effect, toolset};
		return {
			listed: told,
			needs,
			...(tool.effect === 'read' ? {} : {page: cardAddress}),
			async call({max_tokens: asked, ...fields}, call) {
				const {context, input} = contextOf(fields, contexts);
				const tokens = budget.parse(asked);
				const {caller, trace} = call;
				const wayOf = ({signal, say}: Ways): OutsideWay => ({
					caller,
					needs,
					signal,
					trace,
					context,
					emit: tells(say),
					answerCharacters: tokens * 2,
				});
				const told = (outcome: AnyOutcome, only?: readonly string[]) =>
					answerOf({tool, context, outcome, only, tokens, principal: ownerOf(caller), kept, nowMs: now(), inToolWords});
				const failed = failedAs(tool.name);

				const given = asking.answer(tool.name, call);
				const toldWaiting = async (outcome: AnyOutcome, client: boolean) => {
					if (outcome.kind !== 'waiting') return told(outcome);
					const answer = (await tasks.waiting(outcome.id, call)) ?? told(outcome);
					return call.canShow ? {...answer, _meta: await cards.metaOf({...outcome, place: context}, client, call.context)} : answer;
				};
				if (given !== undefined)
					return tasks.lasting(
						call,
						async ways => toldWaiting(await road.answer(given, {...wayOf(ways), context: given.place}).catch(failed), false),
						given.id,
					);
				const run = (ways: Ways) =>
					road.run(tool, input, wayOf(ways)).catch((error: unknown): Travelled => ({outcome: failed(error), client: false}));
				if (tool.effect === 'read')
					return tasks.lasting(call, async ways => {
						const {outcome, only} = await run(ways);
						return told(outcome, only);
					});
				const {outcome, client} = await run({signal: call.signal, say: call.progress});
				if (outcome.kind === 'waiting' && client && call.canAsk) return asking.ask({...outcome, place: context}, call);
				return toldWaiting(outcome, client);
			},
		};
	});
	return [...served, toolSearch(offered, contexts.length === 0 ? {} : {context: {...contextField, enum: [...contexts]}})];
}

/** A cluster that could not be reached, or a kubeconfig that is missing, is an outcome like any other. */
const failedAs =
	(tool: string) =>
	(error: unknown): AnyOutcome => {
		if (error instanceof MkcoaError) return {kind: 'failed', tool, error: error.trouble, done: [], undone: [], left: []};
		throw error;
	};

const tells =
	(say: Ways['say']): Emit =>
	event => {
		if (event.kind === 'step') say(`Step ${event.index + 1} of ${event.of}: ${event.title}`);
		if (event.kind === 'progress') say(event.text);
		if (event.kind === 'verdict') say(event.text);
	};
