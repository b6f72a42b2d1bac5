/** One key of the chat screen, for its foot, its help and the documents. Keys of editing are told in one row. */
export type ChatKey = {readonly keys: readonly string[]; readonly label: string; readonly does: string};

export const chatKeys = {
	send: {keys: ['enter'], label: 'Enter', does: 'Sends the request; while a command is completed, takes it'},
	newline: {keys: ['newline', 'alt+enter'], label: 'Ctrl-J', does: 'Begins a new line; so do Alt-Enter and \\ before Enter'},
	complete: {keys: ['tab'], label: 'Tab', does: 'Completes the command'},
	earlier: {keys: ['up', 'down'], label: 'Up/Down', does: 'Moves between lines, then between earlier requests'},
	choice: {keys: [], label: '1-9', does: 'With Enter, takes that reading of a question'},
	calls: {keys: ['ctrl+o'], label: 'Ctrl-O', does: 'Opens and closes the tool calls of the last request'},
	watch: {keys: ['ctrl+r'], label: 'Ctrl-R', does: 'Watches the rollout that a call carries out, and comes back'},
	edit: {keys: ['ctrl+g'], label: 'Ctrl-G', does: 'Opens the text in $EDITOR'},
	help: {keys: ['?'], label: '?', does: 'Shows this, where no text is written'},
	cancel: {keys: ['ctrl+c'], label: 'Ctrl-C', does: 'Cancels what goes on; then empties the line; then leaves'},
	leave: {keys: ['ctrl+d'], label: 'Ctrl-D', does: 'Leaves, where no text is written'},
	suspend: {keys: ['ctrl+z'], label: 'Ctrl-Z', does: 'Goes back to the shell until fg, while no request goes on'},
	erase: {keys: [], label: 'Ctrl-U/W/K', does: 'Erases the line, the word, the rest of the line'},
} as const satisfies {readonly [action: string]: ChatKey};

export type ChatAction = keyof typeof chatKeys;

/** What a key means on the chat screen, where it edits no text. */
export function chatAction(key: string): ChatAction | undefined {
	for (const [action, {keys}] of Object.entries(chatKeys)) {
		// The entries of the table carry its own keys.
		if ((keys as readonly string[]).includes(key)) return action as ChatAction;
	}
	return undefined;
}
