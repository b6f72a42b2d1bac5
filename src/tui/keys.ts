import {type Line, lineWidth, span} from '../core/text/styled.ts';
import {padText} from '../core/text/text-width.ts';

/** What the keys of the review depend on. */
export type Situation = {
	/** Resources in the list; 0 where the terminal is too small to show one. */
	readonly listed: number;
	/** Lines that can still be scrolled through, from the first. */
	readonly scrollMax: number;
	/** Lines that one page moves. */
	readonly page: number;
	/** What must be typed to approve a plan that cannot be undone. */
	readonly nameToType?: string | undefined;
};

export type Action = 'approve' | 'refuse' | 'words' | 'up' | 'down' | 'page-down' | 'page-up' | 'help';

/** One key of the review screen, for the reducer, the line of keys, the `?` screen and the documents. */
export type KeyBinding = {
	readonly action: Action;
	/** Names of key presses, as `keyPress` makes them. */
	readonly keys: readonly string[];
	readonly label: string;
	/** One or two words for the line of keys. */
	readonly short: string;
	/** Third-person fragment for the `?` screen. */
	readonly does: string;
	/** Why the key does nothing now; undefined when it works. */
	readonly disabled?: (situation: Situation) => string | undefined;
};

const nothingToScroll = ({scrollMax}: Situation) => (scrollMax === 0 ? 'everything is on the screen' : undefined);

const nothingToMove = (situation: Situation) => (situation.listed > 1 ? undefined : nothingToScroll(situation));

/** In the order of the line of keys: what must stay visible in a narrow terminal comes first. */
export const reviewKeys: readonly KeyBinding[] = [
	{action: 'approve', keys: ['y'], label: 'y', short: 'apply', does: 'Applies the plan; what cannot be undone wants a name typed'},
	{
		action: 'refuse',
		keys: ['n', 'q', 'escape', 'enter', 'ctrl+c', 'ctrl+d'],
		label: 'n',
		short: 'no',
		does: 'Changes nothing; so do Enter, Escape and Ctrl-C',
	},
	{action: 'help', keys: ['?'], label: '?', short: 'keys', does: 'Shows and hides this list'},
	{action: 'page-down', keys: [' ', 'pagedown'], label: 'space', short: 'more', does: 'Shows the next lines', disabled: nothingToScroll},
	{
		action: 'down',
		keys: ['down', 'j'],
		label: '↓',
		short: 'next',
		does: 'Shows the next resource, or the next line',
		disabled: nothingToMove,
	},
	{action: 'up', keys: ['up', 'k'], label: '↑', short: 'back', does: 'Shows the resource or line before', disabled: nothingToMove},
	{action: 'words', keys: ['r'], label: 'r', short: 'say why not', does: 'Changes nothing and tells why, in your words'},
	{action: 'page-up', keys: ['b', 'pageup'], label: 'b', short: 'up', does: 'Shows the lines before', disabled: nothingToScroll},
];

const isEnabled = ({disabled}: KeyBinding, situation: Situation) => disabled?.(situation) === undefined;

/** What a key does now; undefined for a key that means nothing here. */
export const actionOf = (key: string, situation: Situation): Action | undefined =>
	reviewKeys.find(binding => binding.keys.includes(key) && isEnabled(binding, situation))?.action;

/** The keys that work now in one line; those that do not fit are left to the `?` screen. */
export function keyLine(situation: Situation, width: number): Line {
	const line: Line[number][] = [];
	for (const {label, short} of reviewKeys.filter(binding => isEnabled(binding, situation))) {
		const next = [...(line.length === 0 ? [] : [span('   ')]), span(label, 'accent'), span(` ${short}`, 'dim')];
		if (lineWidth([...line, ...next]) > width) break;
		line.push(...next);
	}
	return line;
}

/** Every key with what it does, and why it does not now. */
export const keyHelp = (situation: Situation): readonly (readonly [Line, string])[] =>
	reviewKeys.map(({label, does, disabled}) => {
		const reason = disabled?.(situation);
		const lead = [span(padText(label, 7), reason === undefined ? 'accent' : 'dim')];
		return [lead, reason === undefined ? does : `${does} (not now: ${reason})`];
	});
