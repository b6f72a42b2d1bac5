import type {Decision} from '../../core/decision.ts';
import {changeLines, changeTitle} from '../../core/text/change-lines.ts';
import {emptyLine, hanging, indented, type Line, span} from '../../core/text/styled.ts';
import {callLines} from '../chat/call-lines.ts';
import {runningRollout} from '../chat/running-rollout.ts';
import type {KeyPress} from '../key-press.ts';
import {actionOf, type KeyTable, keyLine} from '../key-table.ts';
import {reviewLayout} from '../review-layout.ts';
import {firstReview, type Review, reduceReview} from '../review-state.ts';
import {rule} from '../rule.ts';
import {spanText} from '../span-text.ts';
import {type Leave, leave, type Seen, type View} from '../view/view.ts';
import type {Change} from './change.ts';

export type ChangeAct =
	| {readonly kind: 'decide'; readonly id: number; readonly decision: Decision}
	| {readonly kind: 'cancel'}
	| {readonly kind: 'watch'; readonly rollout: string}
	| Leave;

/** Where the person is in the plan with this id. */
export type ChangePlace = {readonly id: number; readonly review: Review};

type Seeing = Seen<Change>;

/** Keys pressed this soon after a plan appeared were meant for something else: they are no yes. */
const settleMs = 250;

const isOver = ({call}: Change) => call.outcome !== undefined;

/** Keys beside those of the review. */
export const changeKeys: KeyTable<'cancel' | 'watch' | 'leave', Change> = [
	{
		action: 'cancel',
		keys: ['ctrl+c', 'escape'],
		label: 'Ctrl-C',
		short: 'cancel',
		does: 'Cancels what goes on: no further step begins; so does Escape. Once more leaves',
		disabled: change => (isOver(change) ? 'it is over' : change.isCancelling ? 'it is being cancelled' : undefined),
	},
	{
		action: 'watch',
		keys: ['ctrl+r', 'w'],
		label: 'w',
		short: 'watch',
		does: 'Watches the rollout that this carries out, and comes back; so does Ctrl-R',
		disabled: ({call}) => (runningRollout([call]) === undefined ? 'no rollout goes on here' : undefined),
	},
	{
		action: 'leave',
		keys: ['enter', 'escape', 'q', ' ', 'left', 'ctrl+c', 'ctrl+d'],
		label: 'Enter',
		short: 'back',
		does: 'Goes back when it is over',
		disabled: change => (isOver(change) || change.isCancelling ? undefined : 'it goes on'),
	},
];

const reviewOf = (place: ChangePlace, id: number) => (place.id === id ? place.review : firstReview);

function reviewed(place: ChangePlace, press: KeyPress, {data: {asked}, size, now}: Seeing) {
	if (asked === undefined) return {place};
	const before = reviewOf(place, asked.id);
	if (before.state === 'answered') return {place};
	const review = reduceReview(before, press, reviewLayout(asked.question, before, size).situation);
	if (review.state !== 'answered') return {place: {id: asked.id, review}};
	const {decision} = review;
	if (decision.kind === 'approve' && now - asked.shownAt < settleMs) return {place};
	return {place: {id: asked.id, review}, act: {kind: 'decide', id: asked.id, decision} as const};
}

/** What was changed, by the plan that was carried out. */
function doneLines({call: {outcome}}: Change, width: number): readonly Line[] {
	if (outcome?.kind !== 'done' || outcome.plan === undefined) return [];
	return outcome.plan.changes.flatMap(change => [changeTitle(change), ...indented(changeLines(change, width - 2), 2)]);
}

/** Where nothing plans it anew by itself. */
const againLines = ({call: {outcome}}: Change, width: number): readonly Line[] =>
	outcome?.kind === 'drifted'
		? hanging([span('  ')], 'Go back and ask for it again: that plan is made from what is there by then', {width})
		: [];

function runLines(change: Change, {columns, rows}: Seeing['size'], now: number): readonly Line[] {
	const width = Math.max(20, columns);
	const {call, title} = change;
	const time = `${spanText((call.endedAt ?? now) - call.startedAt)}`;
	const state = call.outcome !== undefined ? `ended after ${time}` : change.isCancelling ? `cancelling, ${time}` : time;
	const below = [rule(width), keyLine(changeKeys, change, width)];
	const head = [
		rule(width, 'Change', state),
		...hanging([], title, {width, tone: 'strong'}),
		...callLines(call, width, now, 'mkcoa undo'),
		...againLines(change, width),
	];
	const told = call.told.flatMap(text => hanging([span('- ', 'dim')], text, {width, tone: 'dim'}));
	const room = Math.max(1, rows - 1 - below.length);
	const shown = head.slice(0, room);
	const rest = room - shown.length - 1;
	const what = doneLines(change, width);
	const body = rest < 1 ? [] : [emptyLine, ...(what.length > 0 ? what.slice(0, rest) : told.slice(-rest))];
	return [...shown, ...body, ...below];
}

/** A change from its request to its end: what goes on, the plan for a yes, how it ended and what takes it back. Everything but a plain yes is a no. */
export const changeView: View<Change, ChangePlace, ChangeAct> = {
	first: {id: 0, review: firstReview},
	press(place, press, seen) {
		if (seen.data.asked !== undefined) return reviewed(place, press, seen);
		const action = actionOf(changeKeys, press.name, seen.data);
		if (action === 'leave') return {place, act: leave};
		const rollout = runningRollout([seen.data.call]);
		if (action === 'watch' && rollout !== undefined) return {place, act: {kind: 'watch', rollout}};
		return action === 'cancel' ? {place, act: {kind: 'cancel'}} : {place};
	},
	lines(place, {data, size, now}) {
		const {asked} = data;
		const review = asked === undefined ? undefined : reviewOf(place, asked.id);
		return asked === undefined || review === undefined || review.state === 'answered'
			? runLines(data, size, now)
			: reviewLayout(asked.question, review, size).lines;
	},
};
