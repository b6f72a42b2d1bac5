import type {AnyOutcome} from '../../core/outcome.ts';
import {shortDigest} from '../../core/plan.ts';
import {planLines} from '../../core/text/plan-lines.ts';
import {hanging, indented, type Line, span} from '../../core/text/styled.ts';
import {troubleLines} from './trouble-lines.ts';

type Length = {
	/** File that holds the plan now. */
	readonly planOut?: string | undefined;
	readonly width: number;
	readonly quiet: boolean;
	readonly verbose: boolean;
	readonly error?: unknown;
};

/** What an outcome prints on standard output besides the answer of the tool: the plan, where the plan is all there is. */
export function answerLines(outcome: AnyOutcome, width: number): readonly Line[] {
	switch (outcome.kind) {
		case 'planned':
		case 'waiting':
			return planLines(outcome.plan, outcome.digest, width);
		case 'nothing-to-do':
			return hanging([span('✓ ', 'good')], `Nothing to do: everything is as asked (${outcome.plan.summary})`, {width});
		case 'drifted':
			return outcome.plan === undefined ? [] : planLines(outcome.plan, outcome.digest, width);
		default:
			return [];
	}
}

/** What an outcome says on standard error: what became of the plan, and what to do next. */
export function remarkLines(outcome: AnyOutcome, length: Length): readonly Line[] {
	const {width} = length;
	switch (outcome.kind) {
		case 'done':
			return doneLines(outcome, width);
		case 'planned':
			return plannedLines(length);
		case 'nothing-to-do':
			return [];
		case 'waiting': {
			const text = `Plan ${outcome.id} waits. Nothing was changed.`;
			return [...hanging([span('! ', 'warn')], text, {width}), [span(`  Review it with: mkcoa approve ${outcome.id}`)]];
		}
		case 'rejected':
			return hanging([span('✗ ', 'bad')], rejection(outcome), {width});
		case 'drifted':
			return driftLines(outcome, width);
		case 'failed':
			return failureLines(outcome, length);
	}
}

const plannedLines = ({planOut, width}: Length): readonly Line[] => [
	...hanging([span('- ')], 'Nothing was changed.', {width}),
	...(planOut === undefined ? [] : [[span(`  Apply exactly this plan with: mkcoa apply ${planOut}`)]]),
];

/** The way back stands on a line of its own, so that it can be copied. */
function doneLines({plan, journal}: Extract<AnyOutcome, {kind: 'done'}>, width: number): readonly Line[] {
	if (plan === undefined || journal === undefined) return [];
	const {possible, contrary = false, how} = plan.undo;
	const wayBack = possible ? `Take it back with: mkcoa undo ${journal}` : `${contrary ? 'The way back' : 'It cannot be undone'}: ${how}`;
	return [...hanging([span('✓ ', 'good')], `Done: ${plan.summary}`, {width}), ...hanging([span('  ')], wayBack, {width})];
}

function rejection({by, feedback}: Extract<AnyOutcome, {kind: 'rejected'}>): string {
	const who = by === 'policy' ? 'Policy does not allow this' : 'You said no';
	return `${who}${feedback === '' ? '' : `: ${feedback}`}. Nothing was changed.`;
}

const list = (items: readonly string[], width: number, mark: Line) => items.flatMap(item => hanging(mark, item, {width}));

function driftLines({moved, plan, digest, journal}: Extract<AnyOutcome, {kind: 'drifted'}>, width: number): readonly Line[] {
	const changed = journal === undefined ? 'Nothing was changed.' : `What was done before is in the journal: mkcoa history ${journal}`;
	const next =
		plan === undefined
			? 'Make a new plan by running its command again.'
			: `Above is the new plan, ${shortDigest(digest)}, not yet approved.`;
	return [
		...hanging([span('! ', 'warn')], `The world moved since the plan was made. ${changed}`, {width}),
		...indented(list(moved, width - 2, [span('- ')]), 2),
		...hanging([span('  ')], next, {width}),
	];
}

const headed = (title: string, items: readonly string[], width: number, mark: Line): readonly Line[] =>
	items.length === 0 ? [] : [[span(`  ${title}`, 'strong')], ...indented(list(items, width - 4, mark), 4)];

/** Whether a failed run took back all that it had done: then what it did is nobody's concern any more. */
export const isPutBack = ({undone, left}: {readonly undone: readonly string[]; readonly left: readonly string[]}) =>
	undone.length > 0 && left.length === 0;

function failureLines(outcome: Extract<AnyOutcome, {kind: 'failed'}>, length: Length): readonly Line[] {
	const {error, done, undone, left} = outcome;
	const {width} = length;
	return [
		...troubleLines(error, length),
		...headed('Done', isPutBack(outcome) ? [] : done, width, [span('✓ ', 'good')]),
		...headed('Put back', undone, width, [span('- ')]),
		...headed('Left as it is', left, width, [span('! ', 'warn')]),
	];
}
