/** What is wrong with JSON text, in the words of the real server's parser, from the error that this one gave. */
export function jsonProblem(text: string, error: unknown): string {
	const position = /at position (\d+)/.exec(String(error))?.[1];
	const found = position === undefined ? /^SyntaxError: Unexpected token '(.)'/.exec(String(error))?.[1] : text[Number(position)];
	return found === undefined ? 'unexpected end of JSON input' : `invalid character '${found}' looking for beginning of value`;
}
