import {hanging, type Line, lineWidth, span} from '../core/text/styled.ts';
import {padText} from '../core/text/text-width.ts';

/** One key of a screen, for its reducer, its line of keys, its `?` screen and the documents. */
export type KeyBinding<Action extends string, Situation> = {
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

/** In the order of the line of keys: what must stay visible in a narrow terminal comes first. */
export type KeyTable<Action extends string, Situation> = readonly KeyBinding<Action, Situation>[];

const isEnabled = <Situation>({disabled}: KeyBinding<string, Situation>, situation: Situation) => disabled?.(situation) === undefined;

/** What a key does now; undefined for a key that means nothing here. */
export const actionOf = <Action extends string, Situation>(
	table: KeyTable<Action, Situation>,
	key: string,
	situation: Situation,
): Action | undefined => table.find(binding => binding.keys.includes(key) && isEnabled(binding, situation))?.action;

/** The keys that work now in one line; those that do not fit are left to the `?` screen. */
export function keyLine<Situation>(table: KeyTable<string, Situation>, situation: Situation, width: number): Line {
	const line: Line[number][] = [];
	for (const {label, short} of table.filter(binding => isEnabled(binding, situation))) {
		const next = [...(line.length === 0 ? [] : [span('   ')]), span(label, 'accent'), span(` ${short}`, 'dim')];
		if (lineWidth([...line, ...next]) > width) break;
		line.push(...next);
	}
	return line;
}

/** Every key with what it does, and why it does not now. */
export const keyHelp = <Situation>(table: KeyTable<string, Situation>, situation: Situation, width: number): readonly Line[] =>
	table.flatMap(({label, does, disabled}) => {
		const reason = disabled?.(situation);
		const lead = [span(padText(label, 7), reason === undefined ? 'accent' : 'dim')];
		return hanging(lead, reason === undefined ? does : `${does} (not now: ${reason})`, {width});
	});
