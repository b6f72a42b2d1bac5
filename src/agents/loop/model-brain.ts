import type {Clock} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import {fenceData} from '../../core/text/fence-data.ts';
import {stripControl} from '../../core/text/strip-control.ts';
import type {Asked, Brain, ModelChoice, Tools} from '../conversation/brain.ts';
import type {EmitChat, EndReason} from '../conversation/event.ts';
import type {Message, Model} from '../models/model.ts';
import {briefing, type Place} from './briefing.ts';
import {callRunner} from './call-runner.ts';
import {budgetOf, defaultLimits, type Limits} from './limits.ts';
import {pinTools} from './pinned-tools.ts';
import {type Kept, makeRoom} from './room.ts';
import {briefOf, type Specialist} from './specialist.ts';
import {type Answer, type AskedCall, streamOne} from './stream-one.ts';
import {withinTime} from './within-time.ts';

type Parts = {
	readonly model: Model;
	readonly specialist: Specialist;
	readonly place: Place;
	readonly clock: Clock;
	/** Takes secrets out of whatever is sent to the model. */
	readonly redact: (text: string) => string;
	/** A word that no author of foreign text can know, new for each turn. */
	readonly nonce: () => string;
	readonly limits?: Limits;
	/** Shared by brains of one conversation; its own if left out. */
	readonly pin?: ReturnType<typeof pinTools>;
};

/** Tokens of one answer. */
const answerTokens = 8192;

/** Answers without a word and without a call that can be carried out, after which a model is taken for broken. */
const mostNonsense = 3;

/**
 * A brain that is a model in a loop: it calls tools until it has an answer. What the model may do is decided by the tools and the road; this
 * decides how long it may try.
 */
export function modelBrain(parts: Parts): Brain {
	const {pin = pinTools()} = parts;
	return {
		name: `the model ${parts.model.name}`,
		async turn(asked, tools, emit, signal) {
			const {tools: offered, changed} = pin(await tools.list());
			if (changed.length > 0)
				emit({
					kind: 'note',
					text: `Not offered to the model any more, because they describe themselves otherwise now: ${changed.join(', ')}.`,
				});
			return loop({...parts, limits: parts.limits ?? defaultLimits}, {asked, tools, offered, withheld: changed, emit, signal});
		},
	};
}

type Turn = {
	readonly asked: Asked;
	readonly tools: Tools;
	readonly offered: Awaited<ReturnType<Tools['list']>>;
	readonly withheld: readonly string[];
	readonly emit: EmitChat;
	readonly signal: AbortSignal;
};

async function loop(parts: Parts & {readonly limits: Limits}, turn: Turn): Promise<EndReason> {
	const {model, limits} = parts;
	const {emit} = turn;
	const going = begin(parts, turn);
	let messages = going.opening;
	for (;;) {
		const over = going.budget.over();
		if (over !== undefined) return spent(over, emit);
		const fitting = makeRoom(messages, model.contextTokens);
		if (fitting === undefined) return spent('The conversation is longer than what this model can hold. Begin a new one.', emit);
		if (fitting.some((kept, index) => kept !== messages[index])) going.runner.forgetReads();
		const chosen = going.choice();
		const answer = await going.ask(fitting);
		if (answer === 'silent') throw doesNotAnswer(model, limits.silenceMs);
		if (answer === 'too-long') return tooLong(model, going.runner.hasRead(), limits, emit);
		if (answer.calls.length === 0 && (answer.text.trim() !== '' || answer.stop === 'refusal')) return endOf(answer, emit);
		messages = [...fitting, ...(await going.carryOut(answer, chosen))];
	}
}

/** What one turn goes on with. */
function begin({model, specialist, place, clock, redact, limits, ...parts}: Parts & {readonly limits: Limits}, turn: Turn) {
	const {asked, tools, offered, withheld, emit, signal} = turn;
	const agent = specialist.name;
	const nonce = parts.nonce();
	const budget = budgetOf(limits);
	const reads = new Set(offered.filter(({annotations}) => annotations.readOnlyHint).map(({name}) => name));
	const origins = new Map(offered.flatMap(({name, origin}) => (origin === undefined ? [] : [[name, origin]])));
	const runner = callRunner({agent, turnId: parts.nonce(), tools, reads, origins, withheld, limits, nonce, emit, signal});
	const request = {system: briefing({brief: briefOf(specialist), place, nonce}), tools: offered.map(toolOf), maxTokens: answerTokens};
	const said = asked.said ?? [...asked.earlier.map(each => each.request), asked.request].join('\n');
	// An earlier turn may hold what others wrote, also one that was kept on disk, and piped text is theirs altogether.
	const cameTainted = asked.context !== undefined || asked.earlier.length > 0;
	const isUsable = ({tool, broken}: AskedCall) => broken !== true && offered.some(({name}) => name === tool);
	let [nonsense, goesOn] = [0, false];
	return {
		budget,
		runner,
		opening: openingOf(asked, nonce, redact),
		/** Of an answer that is given now: what it chooses, it chooses after what it has read so far. */
		choice: (): ModelChoice => ({tainted: cameTainted || runner.hasRead(), said}),
		ask: (messages: readonly Kept[]) =>
			withinTime({clock, ms: budget.leftMs(), silenceMs: limits.silenceMs, signal, worked: budget.worked}, (until, alive) => {
				const around = {agent, budget, emit, signal: until, goesOn, alive};
				return streamOne(model, {...request, messages: messages.map(({message}) => message)}, around);
			}),
		async carryOut({calls, text, message}: Answer, chosen: ModelChoice): Promise<readonly Kept[]> {
			goesOn ||= text.trim() !== '';
			nonsense = calls.some(isUsable) ? 0 : nonsense + 1;
			if (nonsense >= mostNonsense) throw talksNonsense(model);
			if (calls.length === 0) return [{message: {role: 'user', text: 'Your answer was empty. Answer, or call a tool.'}}];
			const began = clock.now();
			const results = await runner.run(calls, chosen);
			if (calls.every(({tool}) => reads.has(tool))) budget.worked(clock.now() - began);
			return [{message}, ...results];
		},
	};
}

/** The turns before, then what the person says now, then what was piped in. What a person pasted may hold letters that they did not see. */
function openingOf({request, context, earlier}: Asked, nonce: string, redact: (text: string) => string): readonly Kept[] {
	const clean = (text: string) => redact(stripControl(text));
	const before = earlier.flatMap((turn): Message[] => [
		{role: 'user', text: clean(turn.request)},
		{role: 'assistant', text: clean(turn.answer) || `(This turn ended without words: ${turn.reason}.)`, calls: []},
	]);
	const piped = context === undefined ? '' : `\n\n${fenceData({origin: 'standard input', text: clean(context)}, nonce)}`;
	return [...before, {role: 'user' as const, text: `${clean(request)}${piped}`}].map(message => ({message}));
}

const toolOf = ({name, description, inputSchema}: Turn['offered'][number]) => ({name, description, inputSchema});

function spent(why: string, emit: EmitChat): EndReason {
	emit({kind: 'note', text: `The turn ends here: ${why}`});
	return 'budget';
}

/** A model that took all the time before it did anything makes room for who can answer; one that was under way is stopped. */
function tooLong(model: Model, hasRead: boolean, {workMs}: Limits, emit: EmitChat): EndReason {
	if (!hasRead) throw doesNotAnswer(model, workMs);
	return spent(`${Math.round(workMs / 1000)} seconds of work are used up. Ask for less at a time.`, emit);
}

const doesNotAnswer = (model: Model, ms: number) =>
	new MkcoaError({
		kind: 'environment',
		code: 'model-slow',
		what: `The model ${model.name} did not answer within ${Math.round(ms / 1000)} seconds`,
		next: 'Try again, or choose another one with --model',
	});

const talksNonsense = (model: Model) =>
	new MkcoaError({
		kind: 'environment',
		code: 'model-nonsense',
		what: `The model ${model.name} answers nothing that can be used`,
		why: 'its answers were empty, or called tools that do not exist',
		next: 'Choose another one with --model',
	});

function endOf({text, stop}: Answer, emit: EmitChat): EndReason {
	if (stop === 'refusal') {
		emit({kind: 'refused', why: text.trim() === '' ? 'The model declined to answer this.' : 'The model declined to go on.'});
		return 'refused';
	}
	if (stop === 'length') emit({kind: 'note', text: 'The answer was cut where it became too long. Ask for the rest.'});
	return /[?？]["”)*_\s]*$/.test(text) ? 'asked' : 'answered';
}
