/** Middle parts of the base64 of a value, as it stands at each of the three places that it can have in a longer text. Short rests would be found by chance. */
function encodings(secret: string): readonly string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].flatMap(shift => {
		const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		// The first and the last characters depend on the neighbours, too.
		const whole = encoded.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1);
		return whole.length < 8 ? [] : [whole];
	});
}

/** The secrets that a text holds, plain or in base64. */
export const leaked = (text: string, secrets: readonly string[]): readonly string[] =>
	secrets.filter(secret => [secret, ...encodings(secret)].some(form => text.includes(form)));
