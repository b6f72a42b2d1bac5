import type {Key} from 'ink';

/** One press: a name such as `down`, `escape` or `ctrl+c`, or the letter itself. Pasted text arrives as one press of several letters. */
export type KeyPress = {readonly name: string; readonly text: string};

const named = [
	['escape', 'escape'],
	['return', 'enter'],
	['tab', 'tab'],
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['home', 'home'],
	['end', 'end'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['backspace', 'backspace'],
	// Terminals send what the Backspace key sends on others.
	['delete', 'backspace'],
] as const;

/** What ink reports, by one name. */
export function keyPress(text: string, key: Key): KeyPress {
	if (key.ctrl) return {name: `ctrl+${text}`, text: ''};
	if (key.meta && key.return) return {name: 'alt+enter', text: ''};
	// Ctrl-J, which terminals send as a line feed of its own.
	if (text === '\n') return {name: 'newline', text: ''};
	const known = named.find(([flag]) => key[flag]);
	return known === undefined ? {name: text, text} : {name: known[1], text: ''};
}
