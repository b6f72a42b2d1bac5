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
	// Letters that spell the name of a key are no key.
	return known === undefined ? {name: [...text].length > 1 ? '' : text, text} : {name: known[1], text: ''};
}

const names: {readonly [code: string]: string} = {'\r': 'enter', '\t': 'tab'};

/**
 * The keys of a text that arrived in one piece: letters, and keys such as Ctrl-G between or behind them. Line breaks and tabs inside are text, as in a
 * paste whose terminal does not tell; at the end they are keys.
 */
export function pressesIn(text: string): readonly KeyPress[] {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: Ctrl and a letter is one
	const parts = text.split(/([\u0001-\u0008\u000B\u000C\u000E-\u001A]|[\r\t]$)/).filter(part => part !== '');
	return parts.map(part => {
		const code = part.length === 1 ? part.charCodeAt(0) : 0;
		const known = parts.length > 1 ? names[part] : undefined;
		if (known !== undefined) return {name: known, text: ''};
		const isControl = code > 0 && code <= 26 && names[part] === undefined && part !== '\n';
		return isControl ? {name: `ctrl+${String.fromCharCode(code + 96)}`, text: ''} : {name: part.length === 1 ? part : '', text: part};
	});
}
