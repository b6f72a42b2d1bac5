import type {Decision} from '../core/decision.ts';
import {oneLine} from '../core/text/one-line.ts';
import type {KeyPress} from './key-press.ts';
import {actionOf} from './key-table.ts';
import {type Action, reviewKeys, type Situation} from './keys.ts';

type Place = {
	/** Index of the change whose difference is shown. */
	readonly selected: number;
	/** First line of it that is shown. */
	readonly scroll: number;
	/** What a rehearsal said, Markdown. */
	readonly rehearsal?: string | undefined;
};

/** What the person is doing. */
export type Review =
	| (Place & {readonly state: 'reading'; readonly help: boolean})
	/** `isWrong` after a name that is not the resource's. */
	| (Place & {readonly state: 'typing-name'; readonly typed: string; readonly isWrong: boolean})
	| (Place & {readonly state: 'typing-feedback'; readonly typed: string})
	/** A rehearsal runs, or an editor has the terminal: no key is a yes. */
	| (Place & {readonly state: 'rehearsing'})
	| (Place & {readonly state: 'editing'})
	| {readonly state: 'answered'; readonly decision: Decision};

export const firstReview: Review = {state: 'reading', selected: 0, scroll: 0, help: false};

/** Every way out that is not a yes. */
export const refused = (feedback = ''): Review => ({state: 'answered', decision: {kind: 'reject', feedback}});

const approved: Review = {state: 'answered', decision: {kind: 'approve'}};

const between = (value: number, last: number) => Math.max(0, Math.min(value, last));

function moved(review: Extract<Review, {state: 'reading'}>, lines: number, {listed, scrollMax}: Situation): Review {
	const isStep = Math.abs(lines) === 1;
	if (isStep && listed > 1) return {...review, selected: between(review.selected + lines, listed - 1), scroll: 0};
	return {...review, scroll: between(review.scroll + lines, scrollMax)};
}

function act(review: Extract<Review, {state: 'reading'}>, action: Action, situation: Situation): Review {
	const {selected, scroll, rehearsal} = review;
	const place = {selected, scroll, ...(rehearsal === undefined ? {} : {rehearsal})};
	switch (action) {
		case 'approve':
			return situation.nameToType === undefined ? approved : {state: 'typing-name', typed: '', isWrong: false, ...place};
		case 'refuse':
			return refused();
		case 'words':
			return {state: 'typing-feedback', typed: '', ...place};
		case 'rehearse':
			return {state: 'rehearsing', ...place};
		case 'edit':
			return {state: 'editing', ...place};
		case 'help':
			return {...review, help: !review.help};
		case 'up':
			return moved(review, -1, situation);
		case 'down':
			return moved(review, 1, situation);
		case 'page-up':
			return moved(review, -situation.page, situation);
		case 'page-down':
			return moved(review, situation.page, situation);
	}
}

const isCancel = ({name}: KeyPress) => name === 'escape' || name === 'ctrl+c' || name === 'ctrl+d';

function typed(text: string, {name, text: more}: KeyPress): string {
	if (name === 'backspace') return [...text].slice(0, -1).join('');
	return name === 'ctrl+u' ? '' : text + oneLine(more);
}

/** Keys that arrived in one piece, as where the terminal is far away: words behind the key that asks for them, and Enter behind words. Never a yes. */
function pressesOf({state}: Review, press: KeyPress): readonly KeyPress[] {
	const {text} = press;
	const letters = [...text];
	if (letters.length < 2) return [press];
	if (state === 'typing-feedback' && text.endsWith('\r')) return [{name: '', text: text.slice(0, -1)}, enter];
	if (state !== 'reading') return [press];
	if (/^([ bjk])\1+$/.test(text)) return letters.map(letter => ({name: letter, text: letter}));
	if (!text.startsWith('r')) return [press];
	const words = text.slice(1).replace(/\r$/, '');
	return [{name: 'r', text: 'r'}, {name: '', text: words}, ...(text.endsWith('\r') ? [enter] : [])];
}

const enter: KeyPress = {name: 'enter', text: ''};

/** The next state after a key. Pure: the same state and key give the same answer. */
export const reduceReview = (review: Review, key: KeyPress, situation: Situation): Review =>
	pressesOf(review, key).reduce((next, press) => reducePress(next, press, situation), review);

function reducePress(review: Review, key: KeyPress, situation: Situation): Review {
	switch (review.state) {
		case 'answered':
			return review;
		case 'reading': {
			const action = actionOf(reviewKeys, key.name, situation);
			// The help covers the plan: nobody says yes to what they do not see.
			if (review.help && action !== 'refuse' && action !== 'help') return {...review, help: false};
			return action === undefined ? review : act(review, action, situation);
		}
		case 'rehearsing':
		case 'editing':
			return isCancel(key) ? refused() : review;
		case 'typing-feedback':
			if (isCancel(key)) return refused();
			return key.name === 'enter' ? refused(review.typed.trim()) : {...review, typed: typed(review.typed, key)};
		case 'typing-name':
			if (isCancel(key)) return refused();
			if (key.name !== 'enter') return {...review, typed: typed(review.typed, key), isWrong: false};
			if (review.typed === '') return refused();
			return review.typed.trim().normalize() === situation.nameToType?.normalize() ? approved : {...review, isWrong: true};
	}
}

/** The review when a rehearsal ended: what it said stands above the difference. An answer given meanwhile stays. */
export const rehearsed = (review: Review, text: string): Review =>
	review.state === 'rehearsing' ? {state: 'reading', selected: review.selected, scroll: 0, help: false, rehearsal: text} : review;

/** The review when the editor closed: with words it is a no that carries the new inputs, without any the plan is read on. */
export function edited(review: Review, words: string | undefined): Review {
	if (review.state !== 'editing') return review;
	const {state: _, ...place} = review;
	return words === undefined ? {...place, state: 'reading', help: false} : refused(words);
}
