import type {AnyOutcome} from '../../core/outcome.ts';
import {shortDigest} from '../../core/plan.ts';
import {changeLines, changeTitle} from '../../core/text/change-lines.ts';
import {count} from '../../core/text/count.ts';
import {inputText} from '../../core/text/input-text.ts';
import {emptyLine, hanging, indented, type Line, lineText, lineWidth, span, type Tone} from '../../core/text/styled.ts';
import {cutText, textWidth} from '../../core/text/text-width.ts';
import {valueLines} from '../../core/text/value-lines.ts';
import {spanText} from '../span-text.ts';
import type {CallItem} from './chat-item.ts';

/** More of an answer is not opened on a screen: the command prints it whole. */
const mostOutput = 200;

const marks: {readonly [kind in AnyOutcome['kind']]: readonly [string, Tone]} = {
	done: ['✓ ', 'good'],
	planned: ['✓ ', 'good'],
	'nothing-to-do': ['✓ ', 'good'],
	rejected: ['✗ ', 'bad'],
	waiting: ['! ', 'warn'],
	drifted: ['! ', 'warn'],
	failed: ['✗ ', 'bad'],
};

/** What an outcome means and what comes next, where the mark alone does not say it. */
function outcomeText(outcome: AnyOutcome): string {
	switch (outcome.kind) {
		case 'done':
			return outcome.plan === undefined ? '' : `Done: ${outcome.plan.summary}`;
		case 'planned':
			return `Planned: ${outcome.plan.summary}`;
		case 'nothing-to-do':
			return `Nothing to do: ${outcome.plan.summary}`;
		case 'rejected':
			return `Not changed: ${outcome.by === 'policy' ? 'the policy refused it' : 'you said no'}${outcome.feedback === '' ? '' : ` (${outcome.feedback})`}`;
		case 'waiting':
			return `Nothing is changed yet: the plan waits for a yes. mkcoa approve ${outcome.id} shows it again`;
		case 'drifted':
			return `Not changed: the cluster moved while you read the plan. ${outcome.moved.join('; ')}`;
		case 'failed': {
			const {what, why, next} = outcome.error;
			return [why === undefined ? what : `${what}: ${why}`, next].filter(text => text !== undefined).join('. ');
		}
	}
}

/** What takes it back. */
const undoText = (outcome: AnyOutcome, undo: string): string =>
	outcome.kind === 'done' && outcome.plan !== undefined && outcome.journal !== undefined ? `${undo} ${outcome.journal} takes it back` : '';

/** How it ended, in one line where there is room: a command that is broken in two is no use to anybody. */
function endLines(outcome: AnyOutcome, undo: string, width: number, tone: Tone): readonly Line[] {
	const [said, back] = [outcomeText(outcome), undoText(outcome, undo)];
	const whole = back === '' ? said : `${said}. ${back}`;
	const parts = back === '' || textWidth(whole) <= width - 2 ? [whole] : [`${said}.`, back];
	return parts.filter(text => text !== '').flatMap(text => hanging([span('  ')], text, {width, tone}));
}

/** What a failure left behind. */
const leftLines = (outcome: AnyOutcome, width: number): readonly Line[] =>
	outcome.kind === 'failed'
		? (['done', 'undone', 'left'] as const).flatMap(part =>
				outcome[part].length === 0 ? [] : hanging([span(`${part}: `, 'dim')], outcome[part].join('; '), {width}),
			)
		: [];

/** At most so many lines of one thing that a run told. */
const mostProgress = 2;

/** The first lines of a text, the last of them cut where more follow. */
function cutLines(text: string, width: number, tone: Tone): readonly Line[] {
	const lines = hanging([span('  ')], text, {width, tone});
	const [last] = lines.slice(mostProgress - 1, mostProgress);
	if (lines.length <= mostProgress || last === undefined) return lines;
	return [...lines.slice(0, mostProgress - 1), [span(`${cutText(lineText(last), width - 2)} …`, tone)]];
}

/** How far a call is: the step that it is at, and what it told last where there is no room for that beside it. */
function progressLines({told}: CallItem, isBeside: boolean, width: number): readonly Line[] {
	const newest = told.at(-1);
	const step = told.findLast(line => line.startsWith('step '));
	return [
		...(step === undefined || step === newest ? [] : cutLines(step, width, 'dim')),
		...(newest === undefined || isBeside ? [] : cutLines(newest, width, 'plain')),
	];
}

/** A call as one line, and below it how far it is, or what a person has to know of how it ended. */
export function callLines(call: CallItem, width: number, now?: number, undo = '/undo'): readonly Line[] {
	const {outcome, tool, input, endedAt, startedAt, askedAt, reviewMs = 0, told} = call;
	const [mark, tone] = outcome === undefined ? (['- ', 'accent'] as const) : marks[outcome.kind];
	const end = askedAt ?? endedAt ?? now;
	const time = end === undefined ? '' : `  ${spanText(end - startedAt - reviewMs)}`;
	const head: Line = [span(mark, tone), span(cutText(tool, width - 2), 'strong')];
	const room = width - lineWidth(head) - time.length - 2;
	const newest = outcome === undefined ? told.at(-1) : undefined;
	const isBeside = newest !== undefined && textWidth(newest) <= room;
	const said = isBeside ? newest : inputText(input);
	const beside = room < 4 || said === '' ? [] : [span(`  ${cutText(said, room)}`, isBeside ? 'plain' : 'dim')];
	const below = outcome === undefined ? [] : endLines(outcome, undo, width, tone === 'bad' ? 'bad' : 'plain');
	const more = outcome === undefined ? progressLines(call, isBeside, width) : indented(leftLines(outcome, width - 2), 2);
	return [[...head, ...beside, ...(room < 0 ? [] : [span(time, 'dim')])], ...below, ...more];
}

/** What a tool answered, at most so many lines of it. */
export function answerLines(lines: readonly string[], width: number): readonly Line[] {
	const rest = lines.length - mostOutput;
	const shown = lines.slice(0, mostOutput).flatMap(line => hanging([], line, {width}));
	return rest <= 0 ? shown : [...shown, [span(`… and ${count(rest, 'more line')}`, 'dim')]];
}

function outputLines({outcome, answer}: CallItem, width: number): readonly Line[] {
	if (answer !== undefined) return answerLines(answer.split('\n'), width);
	if (outcome === undefined || !('output' in outcome) || outcome.output === undefined || outcome.output === null) return [];
	return answerLines(valueLines(outcome.output), width);
}

const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [[span(title, 'dim')], ...indented(lines, 2)];

/** A call opened: its input, what it told, its plan and its answer. */
export function openCallLines(call: CallItem, width: number, now: number): readonly Line[] {
	const {outcome, input, told, agent} = call;
	const inner = width - 4;
	const plan = outcome !== undefined && 'plan' in outcome ? outcome.plan : undefined;
	const digest = outcome !== undefined && 'digest' in outcome && outcome.digest !== undefined ? ` ${shortDigest(outcome.digest)}` : '';
	const changes =
		plan === undefined ? [] : plan.changes.flatMap(change => [changeTitle(change), ...indented(changeLines(change, inner - 2), 2)]);
	return [
		...callLines(call, width, now),
		...indented(
			[
				...section(
					`asked by ${agent}`,
					valueLines(input).flatMap(line => hanging([], line, {width: inner})),
				),
				...section(
					'told',
					told.flatMap(line => hanging([span('- ', 'dim')], line, {width: inner})),
				),
				...section(`plan${digest}`, changes),
				...section('answer', outputLines(call, inner)),
			],
			2,
		),
		emptyLine,
	];
}
